"""The days of a computation as month sheets: each day with its number, or why it does not count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Final, Literal

from zhunsheng.kernel.clock.days import Calendar
from zhunsheng.kernel.clock.results import Due, Mark
from zhunsheng.kernel.clock.rules import UNITS

Kind = Literal["start", "end", "count", "skip", "pause", "plain"]
MOST: Final = 7
"""Months shown whole; of a longer time the first and the last are shown."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a sheet: its kind, the few characters under its number, and the same in full for the ear."""

    day: date
    kind: Kind
    word: str = ""
    said: str = ""
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """One sheet: the weeks that matter, of seven cells, ``None`` outside the month. ``gap``: months before it are left out."""

    year: int
    month: int
    weeks: tuple[tuple[Cell | None, ...], ...]
    gap: bool = False


def months(due: Due, calendar: Calendar) -> list[Month]:
    """The weeks from the trigger to the due date (backwards for N日前); none while a suspension is open."""
    if due.day is None:
        return []
    first, last = sorted((_trigger(due), due.day))
    wanted = list(_between(first, last))
    gap = len(wanted) > MOST or (len(wanted) > 2 and not due.marks)
    if gap:
        wanted = [wanted[0], wanted[-1]]
    marks = {mark.day: mark for mark in due.marks}
    return [
        Month(year, month, tuple(_weeks(year, month, due, marks, calendar)), gap=gap and bool(i))
        for i, (year, month) in enumerate(wanted)
    ]


def _trigger(due: Due) -> date:
    return due.trigger.date() if isinstance(due.trigger, datetime) else due.trigger


def _between(first: date, last: date) -> Iterator[tuple[int, int]]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return ((number // 12, number % 12 + 1) for number in numbers)


def _weeks(
    year: int, month: int, due: Due, marks: Mapping[date, Mark], calendar: Calendar
) -> Iterator[tuple[Cell | None, ...]]:
    first = date(year, month, 1)
    days = takewhile(lambda day: day.month == month, (first + timedelta(days=i) for i in range(31)))
    cells: list[Cell | None] = [None] * first.weekday()
    cells += [_cell(day, due, marks.get(day), calendar) for day in days]
    cells += [None] * (-len(cells) % 7)
    first, last = sorted((_trigger(due), due.day or _trigger(due)))
    for i in range(0, len(cells), 7):
        week = tuple(cells[i : i + 7])
        if any(cell and cell.day >= first for cell in week) and any(cell and cell.day <= last for cell in week):
            yield week


def _cell(day: date, due: Due, mark: Mark | None, calendar: Calendar) -> Cell:
    unit = UNITS[due.rule.unit] if due.rule.unit in {"wd", "d"} else "日"
    number = f"第{mark.number}" if mark and mark.number else ""
    why = (mark.why if mark else "") or calendar.why(day)
    rest = not calendar.works(day)
    if day == due.day:
        return Cell(
            day, "end", "到期" if due.rule.direction == "after" else "最迟", _said(number, unit, why, "到期"), rest
        )
    if day == _trigger(due):
        return Cell(day, "start", "起算" if due.rule.direction == "after" else "当日", "当日不计", rest)
    if mark and mark.number:
        makeup = "班" if "上班" in mark.why else ""
        return Cell(day, "count", f"{mark.number}{makeup}", _said(number, unit, mark.why, ""), rest)
    if mark:
        return Cell(day, "pause" if mark.paused else "skip", _short(mark.why), f"{mark.why}，不计", rest)
    if due.day and due.rule.roll == "yes" and due.marks and due.marks[-1].day < day < due.day:
        return Cell(day, "skip", _short(why), f"{why}，顺延", rest)
    return Cell(day, "plain", "", why, rest)


def _said(number: str, unit: str, why: str, end: str) -> str:
    counted = f"计{number}{unit}" if number else ""
    return "，".join(part for part in (why, counted, end) if part)


def _short(why: str) -> str:
    """Two or three characters for a narrow cell: 国庆节放假 → 国庆."""
    return "休" if why == "周末休息" else why.removesuffix("放假").removesuffix("节")[:3]
