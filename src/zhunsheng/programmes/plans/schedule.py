"""When a unit must report on a task: one period for each date, or for each turn of a duty that comes again.

Pure arithmetic over what a wording says. A period without a ground for a date has none: nothing is made up.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MONTHS: Final = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
"""Months of a period that divides the year. Shorter ones (day, week) are reported on by the month."""
YEARS: Final = {"two_years": 2, "three_years": 3, "five_years": 5}
FINER: Final = ("month", "quarter", "half_year", "year")
ORDINALS: Final = "一二三四"


@dataclass(frozen=True, slots=True)
class WrittenDue:
    """A due date as a wording says it: a day, or the period in which it recurs (``printed`` tells the day within)."""

    day: date | None
    recurs: str
    printed: str


@dataclass(frozen=True, slots=True)
class WrittenFrequency:
    """A frequency as a wording says it: ``count`` times per ``per``, within it as ``spread`` says."""

    count: int
    per: str
    spread: str
    printed: str


@dataclass(frozen=True, slots=True)
class Years:
    """The years that a plan runs, with the office's own date for tasks without one and its cycle of reports."""

    first: int
    last: int
    default_due: date | None = None
    cycle: str = ""

    @property
    def begins(self) -> date:
        """The first day."""
        return date(self.first, 1, 1)

    @property
    def ends(self) -> date:
        """The last day."""
        return date(self.last, 12, 31)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period of a task: what it is called, the days that it is about, the last day to report, and why that day."""

    ends: date
    begins: date
    label: str
    due: date | None
    basis: str


def periods(dues: Sequence[WrittenDue], often: Sequence[WrittenFrequency], years: Years) -> list[Period]:
    """All periods of a task, in order of time, none twice.

    What recurs most often governs; where nothing recurs, the office's cycle does; dates that the wording names stand
    beside either. Without any of these there is one period with the office's own date, or with none.
    """
    recurring = list(_recurring(dues, often, years))
    fixed = list(_fixed(dues, years))
    if not recurring and years.cycle:
        recurring = _turns(years, MONTHS[years.cycle], f"本方案的上报周期为{_PER[years.cycle]}")
    found = {(one.begins, one.ends): one for one in [*recurring, *_apart(fixed, recurring)]}
    return sorted(found.values()) or [_whole(years)]


def _whole(years: Years) -> Period:
    """The one period of a task that says nothing about time."""
    due = years.default_due
    return Period(years.ends, years.begins, _span(years), due, "原文没有写期限，由主管单位定" if due else "")


def _span(years: Years) -> str:
    return f"{years.first} 年" if years.first == years.last else f"{years.first}—{years.last} 年"


def _fixed(dues: Iterable[WrittenDue], years: Years) -> Iterator[Period]:
    """A period up to each day that the wording names. A day after the plan's last year counts as it stands."""
    begins = years.begins
    for due in sorted((one for one in dues if one.day and not one.recurs), key=lambda one: one.day or date.max):
        day = due.day or years.ends
        yield Period(day, min(begins, day), due.printed or day.isoformat(), day, f"原文“{due.printed}”")


def _apart(fixed: list[Period], recurring: list[Period]) -> list[Period]:
    """The named days that are not the last day of a turn anyway."""
    ends = {one.due for one in recurring}
    return [one for one in fixed if one.due not in ends]


# --- duties that come again


def _recurring(dues: Sequence[WrittenDue], often: Sequence[WrittenFrequency], years: Years) -> Iterator[Period]:
    """The turns of what recurs most often."""
    turns = [
        *(_of_due(one, years) for one in dues if one.recurs),
        *(_of_frequency(one, years) for one in often if one.per != "term_of_office"),
    ]
    yield from max((one for one in turns if one), key=len, default=[])


def _of_due(due: WrittenDue, years: Years) -> list[Period]:
    """Turns of a recurring date. 每年6月底前 ends each year's turn at the end of June; 每季度末 a quarter's at its end."""
    basis = f"原文“{due.printed}”"
    day = _within_year(due.printed) if due.recurs == "year" else None
    if day is None:
        return _turns(years, MONTHS.get(due.recurs, 1), basis)
    month, last = day
    return [
        Period(until, date(year, 1, 1), f"{year} 年", until, basis)
        for year in range(years.first, years.last + 1)
        for until in [_day(year, month, last)]
    ]


def _of_frequency(one: WrittenFrequency, years: Years) -> list[Period]:
    """Turns of a frequency: as the words spread it, else evenly where the year divides, else one for each period."""
    basis = f"原文“{one.printed}”"
    if one.per in YEARS:
        return _long_turns(years, YEARS[one.per], basis)
    months = MONTHS.get(one.per, 1)
    named = _named_ends(one.spread) if months == 12 else []
    if named:
        return _spread_turns(years, named, one.spread, basis)
    if one.count > 1 and months % one.count == 0:
        return _turns(years, months // one.count, basis)
    return _turns(years, months, basis)


def _turns(years: Years, months: int, basis: str) -> list[Period]:
    """Equal parts of every year; ``months`` divides 12."""
    return [
        _part(year, start, start + months - 1, basis)
        for year in range(years.first, years.last + 1)
        for start in range(1, 13, months)
    ]


def _part(year: int, first: int, last: int, basis: str) -> Period:
    ends = _day(year, last, 31)
    return Period(ends, date(year, first, 1), called(year, first, last), ends, basis)


def called(year: int, first: int, last: int) -> str:
    """What a stretch of whole months is called: 2026 年三季度, 2026 年上半年, 2026 年 5 月."""
    months = last - first + 1
    if months == 12:
        return f"{year} 年"
    if months == 6 and first in {1, 7}:
        return f"{year} 年{'上' if first == 1 else '下'}半年"
    if months == 3 and first % 3 == 1:
        return f"{year} 年{ORDINALS[first // 3]}季度"
    return f"{year} 年 {first} 月" if months == 1 else f"{year} 年 {first}—{last} 月"


def _long_turns(years: Years, length: int, basis: str) -> list[Period]:
    """Stretches of several years; the last one ends with the plan."""
    found = []
    for first in range(years.first, years.last + 1, length):
        last = min(first + length - 1, years.last)
        label = f"{first} 年" if first == last else f"{first}—{last} 年"
        found.append(Period(date(last, 12, 31), date(first, 1, 1), label, date(last, 12, 31), basis))
    return found


def _spread_turns(years: Years, ends: list[int], spread: str, basis: str) -> list[Period]:
    """Turns that end with the named months: 年中、年终 ends June and December."""
    found = []
    for year in range(years.first, years.last + 1):
        first = 1
        for last in ends:
            part = _part(year, first, last, f"{basis}，{spread}")
            found.append(part)
            first = last + 1
    return found


_NAMED: Final = (
    (r"年初|一季度|第一季度", 3),
    (r"春季", 5),
    (r"年中|上半年|二季度", 6),
    (r"三季度", 9),
    (r"秋季", 11),
    (r"年终|年末|年底|下半年|四季度", 12),
)
_MONTH: Final = re.compile(r"(?<!\d)(1[0-2]|[1-9])月")


def _named_ends(spread: str) -> list[int]:
    """The months with which the turns named in a spread end, in order."""
    months = {month for pattern, month in _NAMED if re.search(pattern, spread)}
    months |= {int(one) for one in _MONTH.findall(spread)}
    return sorted(months)


_PER: Final = {"month": "每月", "quarter": "每季度", "half_year": "每半年", "year": "每年"}
_IN_YEAR: Final = re.compile(r"(1[0-2]|[1-9])月(?:(\d{1,2})[日号]|[底末]|上旬|中旬|下旬)?")


def _within_year(printed: str) -> tuple[int, int] | None:
    """Month and day of a date that comes every year, ``None`` for the year's end and what names no month."""
    words = "".join(printed.split()).translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    if (match := _IN_YEAR.search(words)) is not None:
        tens = {"上旬": 10, "中旬": 20}
        return int(match[1]), int(match[2]) if match[2] else tens.get(match[0][-2:], 31)
    quarter = re.search("([一二三四])季度", words)
    if quarter is not None:
        return (ORDINALS.index(quarter[1]) + 1) * 3, 31
    return (6, 30) if re.search("上半年|年中", words) else None


def _day(year: int, month: int, day: int) -> date:
    """That day, or the month's last where it has no such day."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def shortened(found: Sequence[Period], since: date) -> list[Period]:
    """Only the periods that were not over on ``since``: a plan issued in March owes no report for January."""
    return [one for one in found if one.ends >= since] or list(found[-1:])


def warning(due: date | None, day: date, *, yellow: int, orange: int) -> str:
    """How near a date is: "" (far or none), soon (yellow), near (orange), late. ``yellow``, ``orange``: days before."""
    if due is None:
        return ""
    if day > due:
        return "late"
    left = (due - day).days
    return "near" if left <= orange else "soon" if left <= yellow else ""


def boundaries(day: date, *, yellow: int, orange: int) -> tuple[date, date]:
    """The last due dates that are orange and yellow on ``day``, for conditions in SQL."""
    return day + timedelta(days=orange), day + timedelta(days=yellow)
