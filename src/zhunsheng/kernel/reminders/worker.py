"""办事员: the process that does the periodic jobs. Any number of them may run; a kill loses nothing."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable
from types import FrameType
from typing import Final

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from zhunsheng.kernel.journal import checks
from zhunsheng.kernel.now import today
from zhunsheng.kernel.reminders import jobs, outbox
from zhunsheng.kernel.reminders.catching_up import catch_up
from zhunsheng.kernel.reminders.delivery import send_due
from zhunsheng.kernel.reminders.steps import sending
from zhunsheng.kernel.reminders.witness import Witness, notes

LOG: Final = logging.getLogger(__name__)
PAUSE: Final = 5.0
"""Seconds between rounds."""
AWAY: Final = (DatabaseError, InterfaceError)


class Worker:
    """Rounds of jobs until told to stop; the message in hand is finished first."""

    def __init__(self, *, pause: float = PAUSE) -> None:
        self.pause = pause
        self.stopping = False
        self.witness = Witness()

    def run(self, *, alone: Callable[[], bool] = lambda: False) -> None:
        """Until SIGTERM or SIGINT, or until ``alone()``: whoever started it has gone."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        with self.witness:
            while not self.stopping and not alone():
                self.round()
                self._rest(alone)

    def round(self) -> int:
        """One look at every job and at the outbox. A database that is away is met with patience."""
        try:
            close_old_connections()
            with jobs.inside():
                done = jobs.run_due(jobs.registered())
                return done + send_due(self.witness, stopping=lambda: self.stopping)
        except AWAY as error:
            LOG.warning("worker: the database is away, trying again: %s", error)
            connections.close_all()
            return 0
        except Exception:
            LOG.exception("worker: a round failed, trying again")
            return 0

    def _rest(self, alone: Callable[[], bool]) -> None:
        ends = time.monotonic() + self.pause
        while time.monotonic() < ends and not self.stopping and not alone():
            time.sleep(min(0.2, self.pause))

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True


def orphaned(parent: int) -> Callable[[], bool]:
    """Whether the process ``parent``, which started this one, has ended since."""
    return lambda: os.getppid() != parent


def register_own() -> None:
    """The engine's own jobs. Sending is no job with a lease: each message has its own, and many may send at once."""
    jobs.register("reminders.catch_up", jobs.Every(10), lambda: catch_up(today()))
    jobs.register("journal.verify", jobs.Every(1), checks.due)
    jobs.register("reminders.sweep", jobs.Every(5), lambda: outbox.recover(notes(), sending()))
