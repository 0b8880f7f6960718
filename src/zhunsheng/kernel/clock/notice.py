"""A year's notice as a small sheet: day or range, 放假 or 上班, name. Every bad row is told."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from zhunsheng.kernel.clock.days import DayNote

WORDS: Final = {
    "放假": False,
    "休息": False,
    "休": False,
    "假": False,
    "上班": True,
    "调休上班": True,
    "补班": True,
    "班": True,
}
DATE: Final = r"(?:(\d{4})\s*[-/.年])?\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
RANGE: Final = re.compile(rf"{DATE}(?:\s*(?:至|到|~|～|—+|–|-)\s*{DATE})?")
LONGEST: Final = 31


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One day of a notice."""

    day: date
    works: bool
    name: str


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one row of the sheet, counted from 1, and how to mend it."""

    row: int
    message: str


def parse_text(text: str, year: int) -> tuple[list[NoticeRow], list[RowError]]:
    """CSV, or cells pasted from a spreadsheet (parted by tabs)."""
    sample = text.removeprefix("\ufeff")
    return parse_rows(csv.reader(io.StringIO(sample), delimiter="\t" if "\t" in sample else ","), year)


def parse_rows(rows: Iterable[Sequence[object]], year: int) -> tuple[list[NoticeRow], list[RowError]]:
    """The days and the errors of a sheet; a heading and empty rows are passed over. Days come without a year, too."""
    found: dict[date, NoticeRow] = {}
    errors: list[RowError] = []
    for number, raw in enumerate(rows, 1):
        cells = [_cell(cell) for cell in raw]
        if not any(cells) or (number == 1 and cells[0] in {"日期", "date"}):
            continue
        try:
            found |= _new(_days(cells, year), found)
        except ValueError as error:
            errors.append(RowError(number, str(error)))
    return sorted(found.values(), key=lambda row: row.day), errors


def missing(rows: Sequence[NoticeRow], holidays: Mapping[date, DayNote]) -> list[str]:
    """The statutory holidays that the notice does not give, as "端午节 2027-06-09"."""
    free = {row.day for row in rows if not row.works}
    return [f"{note.name} {day}" for day, note in sorted(holidays.items()) if day not in free]


def _new(days: Iterable[NoticeRow], found: Mapping[date, NoticeRow]) -> dict[date, NoticeRow]:
    """The days of a row by day. Raises ``ValueError`` where one was named before."""
    own = {row.day: row for row in days}
    twice = sorted(own.keys() & found.keys())
    if twice:
        raise ValueError(f"{twice[0]} 前面已经写过，请删去一行。")
    return own


def _cell(cell: object) -> str:
    if isinstance(cell, datetime):
        return f"{cell.date()}"
    return str(cell).strip() if cell is not None else ""


def _days(cells: Sequence[str], year: int) -> list[NoticeRow]:
    """The days of one row. Raises ``ValueError`` with a Chinese sentence."""
    if len(cells) < 3 or not cells[2]:
        raise ValueError("要有三列：日期、放假或者上班、名称。")
    first, last = _range(cells[0], year)
    if cells[1] not in WORDS:
        raise ValueError(f"第二列写的是“{cells[1]}”，应当写“放假”或者“上班”。")
    if (first.year, first.month) != (year - 1, 12) and first.year != year:
        raise ValueError(f"{first} 不是 {year} 年的日子，请核对。")
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    return [NoticeRow(day, WORDS[cells[1]], cells[2]) for day in days]


def _range(text: str, year: int) -> tuple[date, date]:
    match = RANGE.fullmatch(text)
    if match is None:
        raise ValueError(f"日期“{text}”认不出来，请写成 {year}-05-01，或者 {year}-05-01至{year}-05-05。")
    try:
        first = date(int(match[1] or year), int(match[2]), int(match[3]))
        last = date(int(match[4] or first.year), int(match[5]), int(match[6])) if match[5] else first
    except ValueError:
        raise ValueError(f"没有“{text}”这一天，请核对。") from None
    if not 0 <= (last - first).days < LONGEST:
        raise ValueError(f"“{text}”的止日应当不早于起日，一行最多 {LONGEST} 天。")
    return first, last
