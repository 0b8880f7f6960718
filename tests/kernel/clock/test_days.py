from __future__ import annotations

from datetime import date, timedelta

import pytest
from chinese_calendar import is_workday

from zhunsheng.kernel.clock import shipped
from zhunsheng.kernel.clock.days import Calendar, DayNote, computed, statutory

CALENDAR = shipped.calendar()


def test_every_day_of_the_published_years_is_as_the_notices_say() -> None:
    day = date(2004, 1, 1)
    while day.year in CALENDAR.loaded:
        assert CALENDAR.works(day) is is_workday(day), day
        day += timedelta(days=1)
    assert day.year >= 2027


def test_a_year_without_notice_has_weekends_and_the_thirteen_statutory_days() -> None:
    free = [f"{day:%m-%d} {note.name}" for day, note in sorted(statutory(2027).items())]
    assert free == [
        "01-01 元旦",
        *["02-05 春节", "02-06 春节", "02-07 春节", "02-08 春节"],
        "04-05 清明节",
        *["05-01 劳动节", "05-02 劳动节"],
        "06-09 端午节",
        "09-15 中秋节",
        *["10-01 国庆节", "10-02 国庆节", "10-03 国庆节"],
    ]
    assert CALENDAR.provisional(2027)
    assert not CALENDAR.works(date(2027, 6, 9))
    assert CALENDAR.works(date(2027, 2, 9))


@pytest.mark.parametrize(("year", "number"), [(2005, 10), (2010, 11), (2014, 11), (2024, 11), (2025, 13), (2060, 13)])
def test_the_holidays_follow_the_law_of_the_year(year: int, number: int) -> None:
    assert len(statutory(year)) == number


def test_before_there_was_a_law_of_holidays_nothing_is_said() -> None:
    assert statutory(1990) == {}
    assert computed().works(date(1990, 10, 1))


@pytest.mark.parametrize(
    ("year", "spring", "dragon", "moon"),
    [
        (2028, "01-26", "05-28", "10-03"),
        (2030, "02-03", "06-05", "09-12"),
        (2033, "01-31", "06-01", "09-08"),
        (2050, "01-23", "06-23", "09-30"),
    ],
)
def test_lunar_days(year: int, spring: str, dragon: str, moon: str) -> None:
    named = {note.name: day for day, note in sorted(statutory(year).items(), reverse=True)}
    assert f"{named['春节'] + timedelta(days=1):%m-%d}" == spring
    assert f"{named['端午节']:%m-%d}" == dragon
    assert f"{named['中秋节']:%m-%d}" == moon


def test_what_is_said_of_a_day_goes_before() -> None:
    calendar = computed(notes={date(2026, 4, 19): DayNote(False, "三月三"), date(2027, 10, 1): DayNote(True, "国庆节")})
    assert not calendar.works(date(2026, 4, 19))
    assert calendar.works(date(2027, 10, 1))
    assert calendar.why(date(2026, 4, 20)) == ""
    assert calendar.why(date(2026, 4, 18)) == "周末休息"
    assert CALENDAR.why(date(2026, 10, 10)) == "国庆节调休上班"
    assert CALENDAR.why(date(2026, 10, 1)) == "国庆节放假"


def test_the_last_days_of_december_hang_on_the_next_notice_where_that_has_ever_moved_them() -> None:
    loaded = Calendar("", {}, frozenset({2018, 2020, 2026}))
    assert loaded.unsure(date(2018, 12, 29))  # 2019-01-01 is a Tuesday: 29 was worked, 31 free
    assert not loaded.unsure(date(2018, 12, 27))
    assert not loaded.unsure(date(2020, 12, 31))  # 2021-01-01 is a Friday
    assert not loaded.unsure(date(2026, 12, 31))
    assert loaded.unsure(date(2027, 1, 4))


def test_no_notice_has_ever_moved_a_december_day_that_counts_as_sure() -> None:
    moved = [
        day
        for day in shipped.notes()
        if (day.month == 12 and day.weekday() < 5) or (day.month == 12 and CALENDAR.works(day))
    ]
    for day in moved:
        bare = Calendar("", {}, frozenset({day.year}))
        assert bare.unsure(day), day


def test_counting_what_is_left() -> None:
    assert CALENDAR.between(date(2026, 9, 28), date(2026, 10, 10)) == 5
    assert CALENDAR.between(date(2026, 10, 10), date(2026, 9, 28)) == -5
    assert CALENDAR.between(date(2026, 10, 10), date(2026, 10, 10)) == 0
    assert CALENDAR.add(date(2026, 10, 12), -1) == date(2026, 10, 10)
    assert CALENDAR.on_or_after(date(2026, 10, 1)) == date(2026, 10, 8)
    assert CALENDAR.on_or_before(date(2026, 10, 7)) == date(2026, 9, 30)
