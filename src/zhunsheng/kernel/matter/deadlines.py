"""The dates of a matter. The one place that asks for working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from zhunsheng.kernel.matter.kinds import Span

_YEARS = frozenset(day.year for day in chinese_calendar.holidays)
"""Years whose holiday notice is known."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day, whether it rests on a year without its holiday notice, and how it was counted, in Chinese."""

    day: date
    provisional: bool
    said: str


def after(start: date, span: Span) -> Deadline:
    """``span`` after ``start``, the day itself not counted. Raises ``ValueError`` for a span without days.

    A calendar span that ends on a day off is carried on to the next working day (民法典 §201, §203).
    """
    if span.days is None:
        raise ValueError("this span has no days of its own")
    last = _working(start, span.days) if span.count == "working" else _calendar(start, span.days)
    provisional = any(not _known(year) for year in range(start.year, last.year + 1))
    unit = "个工作日" if span.count == "working" else "日"
    return Deadline(last, provisional, f"自 {start:%Y-%m-%d} 的次日起 {span.days} {unit}，到 {last:%Y-%m-%d}")


def _working(start: date, days: int) -> date:
    day = start
    while days:
        day += timedelta(days=1)
        days -= works(day)
    return day


def _calendar(start: date, days: int) -> date:
    day = start + timedelta(days=days)
    while not works(day):
        day += timedelta(days=1)
    return day


def working_days(first: date, last: date) -> int:
    """Working days after ``first`` up to and with ``last``; negative where ``last`` is past."""
    if last < first:
        return -working_days(last, first)
    return sum(works(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def works(day: date) -> bool:
    """Whether offices work on ``day``; beyond the last known notice by weekday alone."""
    return bool(chinese_calendar.is_workday(day)) if _known(day.year) else day.weekday() < 5


def _known(year: int) -> bool:
    return year in _YEARS
