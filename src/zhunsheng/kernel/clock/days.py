"""The working-day calendar 工作日历 as a value: pure, free of the database.

Monday to Friday are worked, Saturday, Sunday and the statutory holidays are not; what the yearly notice of the State
Council (放假办法第七条) or the county says of a day goes before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from zhunsheng.kernel import packs

WEEKDAYS: Final = "一二三四五六日"
DAY: Final = timedelta(days=1)
FRIDAY: Final = 4
TAIL: Final = 28
"""From this day of December on, the notice of the next year may still move days (2018-12-29 was worked for 2019)."""


@dataclass(frozen=True, slots=True)
class DayNote:
    """What is said of one day: worked or not, for which festival, by which document."""

    works: bool
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked in one region. ``loaded`` are the years whose notice is known."""

    region: str
    notes: Mapping[date, DayNote]
    loaded: frozenset[int]

    def note(self, day: date) -> DayNote | None:
        """What is said of the day by a notice, by the county or by the law of holidays; ``None`` for a plain day."""
        return self.notes.get(day) or statutory(day.year).get(day)

    def works(self, day: date) -> bool:
        """Whether offices work on that day."""
        note = self.notes.get(day) or statutory(day.year).get(day)
        return note.works if note else day.weekday() <= FRIDAY

    def add(self, day: date, n: int) -> date:
        """The ``n``-th working day after ``day`` (before it, if negative); ``day`` itself for 0."""
        step, left = (DAY, n) if n > 0 else (-DAY, -n)
        while left:
            day += step
            left -= self.works(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``: the days that are left; negative when ``end`` is past."""
        first, last = sorted((start, end))
        days = sum(self.works(first + timedelta(days=i)) for i in range(1, (last - first).days + 1))
        return days if start <= end else -days

    def on_or_after(self, day: date) -> date:
        """The day, or the first working day after it."""
        return day if self.works(day) else self.add(day, 1)

    def on_or_before(self, day: date) -> date:
        """The day, or the last working day before it."""
        return day if self.works(day) else self.add(day, -1)

    def provisional(self, year: int) -> bool:
        """Whether the notice of that year is still to come, so that its working days are computed (暂定)."""
        return year not in self.loaded

    def unsure(self, day: date) -> bool:
        """Whether a notice that is still to come may change this day.

        The last days of December also hang on the next year's notice, unless New Year's Day is a Wednesday, Thursday
        or Friday: then nothing before it has ever been moved.
        """
        if day.year not in self.loaded:
            return True
        tail = day.month == 12 and day.day >= TAIL and day.year + 1 not in self.loaded
        return tail and date(day.year + 1, 1, 1).weekday() not in {2, 3, 4}

    def why(self, day: date) -> str:
        """Why the day is worked though it is a weekend, or is not worked; "" for a plain working day."""
        note, weekend = self.note(day), day.weekday() > FRIDAY
        if note is None:
            return "周末休息" if weekend else ""
        if note.works:
            return f"{note.name}调休上班" if weekend else ""
        return f"{note.name}放假"


def weekday(day: date) -> str:
    """The day of the week, 周一 to 周日."""
    return f"周{WEEKDAYS[day.weekday()]}"


def computed(region: str = "", notes: Mapping[date, DayNote] | None = None, loaded: Iterable[int] = ()) -> Calendar:
    """A calendar of these notes; without any, only weekends and statutory holidays, every year provisional."""
    return Calendar(region, notes or {}, frozenset(loaded))


@lru_cache(maxsize=512)
def statutory(year: int) -> Mapping[date, DayNote]:
    """The statutory holidays of a year, as the law of that year names them (放假办法第二条)."""
    content = packs.load("festivals").content
    rule = next((rule for rule in content["statutory"] if rule["from"] <= year), None)
    if rule is None:
        return {}
    days = {_day(year, text): name for name, texts in rule["fixed"].items() for text in texts}
    known: Mapping[str, str] = content["lunar"].get(year, {})
    for name in known.keys() & rule["lunar"].keys():
        first = _day(year, known[name])
        days |= {first + timedelta(days=offset): name for offset in rule["lunar"][name]}
    return {day: DayNote(False, name, "放假办法") for day, name in days.items()}


def _day(year: int, text: str) -> date:
    return date(year, int(text[:2]), int(text[3:]))
