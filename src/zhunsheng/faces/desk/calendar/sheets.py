"""A year as twelve month sheets, and its festivals as a table."""

from __future__ import annotations

import calendar as months_of
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final, Literal

from zhunsheng.kernel.clock.days import FRIDAY, TAIL, Calendar, statutory

Kind = Literal["work", "weekend", "rest", "makeup"]
DAY: Final = timedelta(days=1)
NEAR: Final = 60
"""Days within which a make-up day belongs to a festival: 2018-12-29 was worked for the New Year of 2019, not of 2018."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: its kind, the character under its number (休, 班), and all of it in words for the ear."""

    day: date
    kind: Kind
    word: str
    said: str
    today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """One sheet: weeks of seven cells, ``None`` outside the month; how many days are worked."""

    month: int
    weeks: tuple[tuple[Cell | None, ...], ...]
    works: int


@dataclass(frozen=True, slots=True)
class Festival:
    """A run of free days of one name, and the days that are worked for it. ``first`` and ``last`` are both free."""

    name: str
    first: date
    last: date
    makeups: tuple[date, ...]
    source: str

    @property
    def days(self) -> int:
        """How many days are free in a row."""
        return (self.last - self.first).days + 1


def year_of(year: int, calendar: Calendar, today: date) -> tuple[Month, ...]:
    """The twelve months."""
    return tuple(_month(year, month, calendar, today) for month in range(1, 13))


def _month(year: int, month: int, calendar: Calendar, today: date) -> Month:
    days = [date(year, month, day) for day in range(1, months_of.monthrange(year, month)[1] + 1)]
    cells: list[Cell | None] = [None] * days[0].weekday()
    cells += [_cell(day, calendar, today) for day in days]
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7))
    return Month(month, weeks, sum(map(calendar.works, days)))


def _cell(day: date, calendar: Calendar, today: date) -> Cell:
    note, weekend = calendar.note(day), day.weekday() > FRIDAY
    if note is None:
        return Cell(day, "weekend" if weekend else "work", "", "周末休息" if weekend else "", day == today)
    if note.works:
        return Cell(day, "makeup" if weekend else "work", "班" if weekend else "", calendar.why(day), day == today)
    return Cell(day, "rest", "休", f"{note.name}放假", day == today)


def festivals(year: int, calendar: Calendar) -> tuple[Festival, ...]:
    """The runs of free days that something is said of, in their order; make-up days stand with the nearest of the name.

    A run that begins in the year before (元旦 from 2018-12-30) stands in the year in which it ends.
    """
    first, last = date(year - 1, 12, TAIL), date(year + 1, 1, 10)
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    noted = [(day, note) for day in days if (note := calendar.note(day)) and not note.works]
    runs = []
    for _, group in groupby(enumerate(noted), key=lambda one: (one[1][0] - DAY * one[0], one[1][1].name)):
        run = [pair for _, pair in group]
        runs.append((run[0][1].name, run[0][0], run[-1][0], run[0][1].source))
    runs = [run for run in runs if run[2].year == year]
    worked = [
        (day, note.name) for day in days if (note := calendar.note(day)) and note.works and day.weekday() > FRIDAY
    ]
    makeups: dict[int, list[date]] = {}
    for day, name in worked:
        near = min(
            (index for index, run in enumerate(runs) if run[0] == name and abs((run[1] - day).days) < NEAR),
            key=lambda index: abs((runs[index][1] - day).days),
            default=None,
        )
        if near is not None:
            makeups.setdefault(near, []).append(day)
    return tuple(
        Festival(name, begins, ends, tuple(makeups.get(index, ())), source)
        for index, (name, begins, ends, source) in enumerate(runs)
    )


def absent(year: int, calendar: Calendar) -> list[str]:
    """Statutory holidays of the year on which the calendar lets people work."""
    return [f"{note.name} {day}" for day, note in sorted(statutory(year).items()) if calendar.works(day)]
