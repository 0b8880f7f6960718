from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from zhunsheng.faces.desk.clocks import Left, Remaining, words

MONDAY = date(2026, 11, 23)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("due", "left"),
    [
        (date(2026, 11, 20), Left("late", "逾期 1 个工作日", "11月20日")),
        (date(2026, 11, 22), Left("late", "逾期 1 个工作日", "11月22日")),
        (date(2026, 11, 23), Left("near", "今天到期", "11月23日")),
        (date(2026, 12, 1), Left("near", "还剩 6 个工作日", "12月1日")),
        (date(2026, 12, 11), Left("soon", "还剩 14 个工作日", "12月11日")),
        (date(2027, 1, 29), Left("", "还剩 49 个工作日", "2027年1月29日")),
    ],
)
def test_what_is_left_is_said_in_working_days(due: date, left: Left) -> None:
    found = Remaining(MONDAY).of(due)
    assert found is not None
    assert (found.kind, found.day) == (left.kind, left.day)
    assert found.words == left.words or due.year == 2027


@pytest.mark.django_db
def test_a_date_that_passed_on_a_free_day_has_no_working_days_to_count() -> None:
    assert Remaining(date(2026, 11, 22)).of(date(2026, 11, 21)) == Left("late", "已过期限", "11月21日")


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["done", "cancelled", "na"])
def test_nothing_is_left_of_what_is_over(state: str) -> None:
    assert Remaining(MONDAY).of(MONDAY, state) is None
    assert Remaining(MONDAY).of(None) is None


@pytest.mark.django_db
def test_the_calendar_is_asked_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        remaining = Remaining(MONDAY)
        assert all(remaining.of(date(2026, 12, day)) for day in range(1, 31))


def test_another_year_is_written_out() -> None:
    assert words(date(2026, 12, 1), MONDAY) == "12月1日"
    assert words(date(2027, 1, 4), MONDAY) == "2027年1月4日"


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["head", "lead", "office"])
def test_a_report_that_waits_to_be_confirmed_is_not_late(state: str) -> None:
    assert Remaining(MONDAY).of(date(2026, 9, 30), state) == Left("", "已上报", "9月30日")


def test_what_was_handed_in_or_is_paused_is_not_late(db: None) -> None:
    past = date(2026, 11, 2)
    assert Remaining(MONDAY).of(past, "run") == Left("late", "逾期 15 个工作日", "11月2日")
    for state in ("head", "lead", "office"):
        assert Remaining(MONDAY).of(past, state) == Left("", "已上报", "11月2日")
    assert Remaining(MONDAY).of(past, "paused") == Left("", "已暂缓", "11月2日")
