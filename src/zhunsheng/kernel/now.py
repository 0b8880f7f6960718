"""What time it is. Nothing else in the product asks the system clock, so that the demo and the tests can move it.

Instants are aware and stored in UTC; days are those of China Standard Time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.utils import timezone

_SHIFT: ContextVar[timedelta] = ContextVar("shift", default=timedelta())


def now() -> datetime:
    """The present instant, moved by the shift in force (see ``shifted``)."""
    return timezone.now() + _SHIFT.get()


def unmoved() -> datetime:
    """The real instant, whatever shift is in force: for sessions, lock-outs and codes, which a demo must not break."""
    return timezone.now()


def today() -> date:
    """The present day in China Standard Time."""
    return timezone.localdate(now())


def local_day(instant: datetime) -> date:
    """The day of an instant in China Standard Time."""
    return timezone.localdate(instant)


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Inside, time is ``by`` later (earlier, if negative) and goes on from there."""
    token = _SHIFT.set(by)
    try:
        yield
    finally:
        _SHIFT.reset(token)


@contextmanager
def on(day: date | datetime) -> Iterator[None]:
    """Inside, it is that instant, or noon of that day."""
    instant = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - made aware below
    instant = instant if timezone.is_aware(instant) else timezone.make_aware(instant)
    with shifted(instant - timezone.now()):
        yield
