"""The notices that ship with the program: every published year from 2004 on, from the package ``chinesecalendar``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from zhunsheng.kernel.clock.days import Calendar, DayNote

FIRST_YEAR: Final = 2004
NAMES: Final = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利七十周年纪念日",
}
SOURCE: Final = "国务院办公厅放假安排通知"


@lru_cache(maxsize=1)
def notes() -> Mapping[date, DayNote]:
    """Every day that a published notice names."""
    from chinese_calendar import constants

    rest = {day: DayNote(False, NAMES[name], SOURCE) for day, name in constants.holidays.items()}
    return rest | {day: DayNote(True, NAMES[name], SOURCE) for day, name in constants.workdays.items()}


def years() -> frozenset[int]:
    """The years whose notice ships."""
    return frozenset(range(FIRST_YEAR, max(notes()).year + 1))


def calendar(region: str = "") -> Calendar:
    """The calendar of the shipped notices alone, for where there is no database."""
    return Calendar(region, notes(), years())
