"""What must hold for every day, number and calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.kernel.clock import rules
from zhunsheng.kernel.clock.compute import compute
from zhunsheng.kernel.clock.days import Calendar, DayNote
from zhunsheng.kernel.clock.results import Pause
from zhunsheng.kernel.clock.rules import TimeLimit

FIRST = date(2023, 1, 1)
days = st.integers(0, 1400).map(lambda n: FIRST + timedelta(days=n))
numbers = st.integers(1, 60)
notes = st.dictionaries(days, st.booleans().map(lambda works: DayNote(works, "测试日")), max_size=60)
calendars = notes.map(lambda said: Calendar("", said, frozenset(range(2022, 2029))))
forward = st.sampled_from(["wd", "d", "m", "y", "h"])


def limit(unit: Any, n: int, **more: Any) -> TimeLimit:
    """A rule of this unit and number that rolls."""
    base = rules.book().versions("P02")[0]
    return replace(base, unit=unit, n=n, roll=more.pop("roll", "yes"), **more)


def day_of(calendar: Calendar, rule: TimeLimit, start: date, pauses: tuple[Pause, ...] = ()) -> date:
    found = compute(rule, start, calendar, pauses).day
    assert found is not None
    return found


@given(calendars, days, days, st.sampled_from(["wd", "d", "m"]), numbers)
def test_another_holiday_never_makes_a_date_earlier(
    calendar: Calendar, start: date, holiday: date, unit: str, n: int
) -> None:
    more = replace(calendar, notes={**calendar.notes, holiday: DayNote(False, "地方假日")})
    assert day_of(more, limit(unit, n), start) >= day_of(calendar, limit(unit, n), start)


@given(calendars, days, days, st.sampled_from(["wd", "d"]), numbers)
def test_another_holiday_never_makes_a_notice_later(
    calendar: Calendar, event: date, holiday: date, unit: str, n: int
) -> None:
    rule = limit(unit, n, direction="before")
    more = replace(calendar, notes={**calendar.notes, holiday: DayNote(False, "地方假日")})
    assert day_of(more, rule, event) <= day_of(calendar, rule, event)


@given(calendars, days, st.sampled_from(["wd", "d", "m"]), numbers, st.data())
def test_splitting_a_suspension_changes_nothing(
    calendar: Calendar, start: date, unit: str, n: int, data: st.DataObject
) -> None:
    first = start + timedelta(days=data.draw(st.integers(0, 30)))
    length = data.draw(st.integers(1, 20))
    last = first + timedelta(days=length)
    cut = first + timedelta(days=data.draw(st.integers(0, length - 1)))
    whole = (Pause(first, last),)
    parts = (Pause(first, cut), Pause(cut + timedelta(days=1), last))
    rule = limit(unit, n)
    assert day_of(calendar, rule, start, parts) == day_of(calendar, rule, start, whole)
    assert day_of(calendar, rule, start, (*parts, *whole)) == day_of(calendar, rule, start, whole)
    assert day_of(calendar, rule, start, whole) >= day_of(calendar, rule, start)


@given(calendars, days, st.sampled_from(["wd", "d", "m"]), numbers)
def test_more_is_never_earlier(calendar: Calendar, start: date, unit: str, n: int) -> None:
    assert day_of(calendar, limit(unit, n + 1), start) >= day_of(calendar, limit(unit, n), start)


@given(calendars, days, days, st.sampled_from(["wd", "d", "m", "y"]), numbers)
def test_a_later_start_never_ends_earlier(calendar: Calendar, a: date, b: date, unit: str, n: int) -> None:
    rule = limit(unit, n if unit != "y" else 2)
    first, second = sorted((a, b))
    assert day_of(calendar, rule, first) <= day_of(calendar, rule, second)


@given(calendars, days, numbers)
def test_what_ends_by_working_days_ends_on_one(calendar: Calendar, start: date, n: int) -> None:
    assert calendar.works(day_of(calendar, limit("wd", n), start))
    assert calendar.works(day_of(calendar, limit("d", n), start))


@given(calendars, days, st.integers(-40, 40))
def test_adding_and_counting_agree(calendar: Calendar, start: date, n: int) -> None:
    end = calendar.add(start, n)
    assert calendar.works(end) or n == 0
    if n >= 0:
        assert calendar.between(start, end) == n
        assert calendar.between(end, start) == -n
    else:
        assert calendar.between(end, start) == -n - 1 + calendar.works(start)


@given(calendars, days, numbers)
def test_backwards_leaves_as_many_clear_days(calendar: Calendar, event: date, n: int) -> None:
    strict = day_of(calendar, limit("wd", n, direction="before", reading="strict"), event)
    lenient = day_of(calendar, limit("wd", n, direction="before", reading="lenient"), event)
    assert strict < lenient < event
    assert calendar.between(strict, event - timedelta(days=1)) == n
    assert day_of(calendar, limit("wd", n), lenient) >= event
    plain = day_of(calendar, limit("d", n, direction="before", reading="strict", roll="no"), event)
    assert (event - plain).days == n + 1


@given(calendars, days, numbers)
def test_the_steps_count_every_day_once(calendar: Calendar, start: date, n: int) -> None:
    found = compute(limit("wd", n), start, calendar)
    assert [mark.number for mark in found.marks if mark.number] == list(range(1, n + 1))
    assert [mark.day for mark in found.marks] == [start + timedelta(days=i + 1) for i in range(len(found.marks))]
    assert found.steps[-1].text.startswith("期满：")


@given(days, numbers, st.sampled_from(["wd", "d"]))
def test_a_date_is_provisional_exactly_when_an_unknown_year_can_move_it(start: date, n: int, unit: str) -> None:
    calendar = Calendar("", {}, frozenset({2022, 2023, 2024}))
    found = compute(limit(unit, n), start, calendar)
    assert found.day is not None
    assert found.span is not None
    if found.span[1].year > 2024:
        assert found.provisional
    if found.span[1] < date(2024, 12, 28):
        assert not found.provisional
