"""日常事务: what the worker does once a day for all floors. Here, because it reaches into all of them."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Final

from zhunsheng.kernel.actor import Program

WORKER: Final = Program("办事员")
ATTEMPTS: Final = timedelta(days=30)
"""Failed sign-ins are counted for an hour at most; older rows only take room."""
SIGN_INS: Final = timedelta(days=200)
"""Who signed in when is kept for six months at least (网络安全法第二十一条第三项), here beside the access log."""


def register() -> None:
    """Give the worker the chores; at night, one after another."""
    from zhunsheng.kernel.evidence.sweep import sweep
    from zhunsheng.kernel.reminders.jobs import Daily, register

    register("evidence.sweep", Daily(time(2)), sweep)
    register("sessions.sweep", Daily(time(2)), forget_sessions)
    register("clock.recompute", Daily(), recompute)
    register("journal.close", Daily(time(1)), close_journal)


def forget_sessions() -> None:
    """Sessions that are over, and old counts of sign-ins."""
    from axes.models import AccessAttempt, AccessFailureLog, AccessLog
    from django.core.management import call_command

    from zhunsheng.kernel.now import unmoved

    call_command("clearsessions")
    AccessAttempt.objects.filter(attempt_time__lt=unmoved() - ATTEMPTS).delete()
    for model in (AccessLog, AccessFailureLog):
        model.objects.filter(attempt_time__lt=unmoved() - SIGN_INS).delete()


def recompute() -> None:
    """Dates of running clocks whose rule the county has changed in a pack."""
    from zhunsheng.kernel.clock.actions import recompute

    recompute(by=WORKER, why="规则包有改动")


def close_journal() -> None:
    """Seal what went past the journal, and the accesses of the day; write down the newest block."""
    from zhunsheng.kernel.journal import access, sealing, verifying

    sealing.sweep()
    access.seal()
    verifying.anchor()
