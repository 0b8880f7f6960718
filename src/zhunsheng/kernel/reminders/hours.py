"""At what hour a message may go: the hour of the digest, quiet hours, waiting after a failed attempt."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils import timezone

from zhunsheng.kernel.reminders.models import Mode
from zhunsheng.kernel.reminders.steps import Sending, sending

CREDIBLE: Final = timedelta(hours=25)
"""Nothing is put off for longer than a day. An instant further ahead was written by a clock that has been set back since."""
LEASED: Final = timedelta(hours=2)
"""No lease is longer than an hour. The rest is for machines whose clocks differ."""


def first_try(mode: str, day: date, at: datetime) -> datetime:
    """When a message of ``day`` made at ``at`` may go: a digest at its hour, no message in quiet hours."""
    rules = sending()
    earliest = max(at, _instant(day, rules.digest_at)) if mode == Mode.DIGEST else at
    return after_quiet(earliest, rules)


def after_quiet(at: datetime, rules: Sending) -> datetime:
    """``at``, or the end of the quiet hours in which it lies."""
    local = timezone.localtime(at)
    if not is_quiet(local.time(), rules):
        return at
    end = _instant(local.date(), rules.quiet_until)
    return end if end > at else _instant(local.date() + timedelta(days=1), rules.quiet_until)


def is_quiet(hour: time, rules: Sending) -> bool:
    """Whether nobody wants to be disturbed at this hour of China Standard Time."""
    begins, ends = rules.quiet_from, rules.quiet_until
    if begins <= ends:
        return begins <= hour < ends
    return hour >= begins or hour < ends


def wait(attempts: int, rules: Sending) -> timedelta:
    """How long to wait after so many attempts: twice as long each time, up to a limit."""
    return min(rules.first_wait * float(2 ** min(attempts - 1, 20)), rules.longest_wait)


def _instant(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
