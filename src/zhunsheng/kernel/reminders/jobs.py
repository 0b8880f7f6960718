"""Periodic jobs: each turn of each job is done once, however many workers there are on however many machines.

A turn is named by its time ("2026-03-01", "2026-03-01 09:40"). A job is due when the present turn is not the one that
was last done; a clock that is set back makes a turn come again, which no job minds.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from zhunsheng.kernel.now import now
from zhunsheng.kernel.reminders.models import Job
from zhunsheng.kernel.reminders.outbox import over, who

LOG: Final = logging.getLogger(__name__)
LEASE: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Every:
    """Every so many minutes."""

    minutes: int

    def turn(self, at: datetime) -> str:
        """The name of the turn at that instant."""
        number = int(at.timestamp() // (60 * self.minutes)) * 60 * self.minutes
        return timezone.localtime(datetime.fromtimestamp(number, at.tzinfo)).strftime("%Y-%m-%d %H:%M")


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day, from ``hour`` (China Standard Time) on."""

    hour: time = time(0, 0)

    def turn(self, at: datetime) -> str:
        """The name of the turn at that instant."""
        ago = timedelta(hours=self.hour.hour, minutes=self.hour.minute)
        return (timezone.localtime(at) - ago).date().isoformat()


@dataclass(frozen=True, slots=True)
class Work:
    """A job: ``run`` may be called again for the same turn after a crash, and must not mind."""

    name: str
    schedule: Every | Daily
    run: Callable[[], object]


_WORKS: dict[str, Work] = {}
_INSIDE: list[Callable[[], AbstractContextManager[None]]] = [nullcontext]


def register(name: str, schedule: Every | Daily, run: Callable[[], object]) -> None:
    """Have the worker do this; once, when the applications are ready."""
    _WORKS[name] = Work(name, schedule, run)


def registered() -> list[Work]:
    """All jobs, in the order in which they were registered."""
    return list(_WORKS.values())


def run_inside(context: Callable[[], AbstractContextManager[None]]) -> None:
    """Let each round run inside ``context()``: the demo moves the clock there (``people.simulation.applied``)."""
    _INSIDE[:] = [context]


def inside() -> AbstractContextManager[None]:
    """What a round runs in."""
    return _INSIDE[0]()


def run_due(works: list[Work]) -> int:
    """Do every job whose turn has come and that nobody else has in hand; how many. A job that fails stops no other."""
    done = 0
    for work in works:
        claim = _claimed(work)
        if claim is not None:
            _do(work, *claim)
            done += 1
    return done


def _claimed(work: Work) -> tuple[str, uuid.UUID] | None:
    """The turn and the claim, or ``None`` where it is done or in hand. A look without a lock comes first."""
    at = now()
    turn, token = work.schedule.turn(at), uuid.uuid4()
    if not Job.objects.filter(name=work.name).exists():
        Job.objects.bulk_create([Job(name=work.name)], ignore_conflicts=True)
    if Job.objects.filter(name=work.name, done_slot=turn).exists():
        return None
    free = Job.objects.filter(name=work.name).exclude(done_slot=turn)
    with transaction.atomic():
        taken = (free.filter(token__isnull=True) | free.filter(over(at))).update(
            slot=turn, token=token, leased_by=who(), leased_until=at + LEASE, started_at=at
        )
    return (turn, token) if taken else None


def _do(work: Work, turn: str, token: uuid.UUID) -> None:
    problem = ""
    try:
        work.run()
    except Exception as error:
        LOG.exception("job %s", work.name)
        problem = f"{type(error).__name__}: {error}"[:300]
    Job.objects.filter(name=work.name, token=token).update(
        done_slot=turn, token=None, leased_by="", leased_until=None, ended_at=now(), problem=problem
    )
