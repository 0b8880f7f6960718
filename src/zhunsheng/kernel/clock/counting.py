"""Counting days: one by one where days are left out, by the calendar for months and years. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from zhunsheng.kernel.clock.days import DAY, Calendar, weekday
from zhunsheng.kernel.clock.results import Mark, Pause, Step


def add_months(day: date, months: int) -> date:
    """The day of the same number so many months later, or the last day of that month (民法典第二百零二条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def left_out(pauses: Sequence[Pause]) -> Mapping[date, str]:
    """The days of the closed suspensions, each with its reason."""
    days: dict[date, str] = {}
    for pause in pauses:
        for i in range((pause.end - pause.start).days + 1 if pause.end else 0):
            days.setdefault(pause.start + timedelta(days=i), pause.reason)
    return days


def walk(
    calendar: Calendar, start: date, n: int, *, working: bool, paused: Mapping[date, str], first: int = 1, step: int = 1
) -> Iterator[Mark]:
    """Every day after ``start`` (before it, for ``step`` -1) until ``n`` of them have counted, numbered from ``first``."""
    day, number = start, first
    while number < first + n:
        day += DAY * step
        if day in paused:
            yield Mark(day, 0, paused[day], paused=True)
        elif working and not calendar.works(day):
            yield Mark(day, 0, calendar.why(day))
        else:
            yield Mark(day, number, calendar.why(day) if working else "")
            number += 1


def told(marks: Sequence[Mark], unit: str, year: int, *, backwards: bool = False) -> Iterator[Step]:
    """The walk in sentences: neighbours of the same kind in one, a make-up day by itself."""
    for _, group in groupby(marks, key=lambda mark: (bool(mark.number), mark.why, mark.paused)):
        yield _step(list(group), unit, year, backwards=backwards)


def _step(marks: Sequence[Mark], unit: str, year: int, *, backwards: bool) -> Step:
    ordered = marks[::-1] if backwards else marks
    first, last = ordered[0], ordered[-1]
    days = span(first.day, last.day, year)
    if first.paused:
        return Step("pause", f"{days}{first.why}，{len(marks)}日不计。", first.day, last.day)
    if not first.number:
        return Step("skip", f"{days}{first.why}，不计。", first.day, last.day)
    numbers = f"第{marks[0].number}" + (f"至第{marks[-1].number}" if len(marks) > 1 else "")
    why = f"{first.why}，" if first.why else ""
    forward = "往前" if backwards else ""
    return Step("count", f"{days}{why}计{forward}{numbers}{unit}。", first.day, last.day)


def span(first: date, last: date, year: int) -> str:
    """One day with its weekday, or first and last with a space behind; the year only where it is not ``year``."""
    return (
        f"{short(first, year)}（{weekday(first)}）" if first == last else f"{short(first, year)}—{short(last, year)} "
    )


def short(day: date, year: int) -> str:
    """Month and day, with the year where it is another."""
    return f"{day:%m-%d}" if day.year == year else f"{day}"


def full(day: date) -> str:
    """Day and weekday: 2026-10-10（周六）."""
    return f"{day}（{weekday(day)}）"
