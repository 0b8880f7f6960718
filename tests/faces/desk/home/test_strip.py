from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.faces.desk.home.strip import LENGTH, Day, strip
from zhunsheng.kernel import waiting
from zhunsheng.kernel.actor import SYSTEM, Actor
from zhunsheng.kernel.waiting import Dated

MONDAY = date(2026, 11, 23)


@pytest.fixture
def falling(monkeypatch: pytest.MonkeyPatch) -> list[Dated]:
    """What one room says is due; the others say nothing."""
    said: list[Dated] = []

    def room(actor: Actor, first: date, last: date) -> list[Dated]:
        return [one for one in said if first <= one.day <= last]

    monkeypatch.setattr(waiting, "_AGENDAS", {"a": room})
    return said


@pytest.mark.django_db
def test_weekends_without_anything_are_one_gap(falling: list[Dated]) -> None:
    days = strip(SYSTEM, MONDAY)
    assert [one.gap for one in days if one.gap] == ["周末", "周末"]
    assert [one.word for one in days[:3]] == ["今天", "周二", "周三"]
    assert [one.word for one in days if one.day == date(2026, 12, 1)] == ["12月"]


@pytest.mark.django_db
def test_what_falls_on_a_free_day_is_shown(falling: list[Dated]) -> None:
    falling += [Dated(date(2026, 11, 29), f"第 {n} 件", "/") for n in range(5)]
    days = strip(SYSTEM, MONDAY)
    sunday = next(one for one in days if one.day == date(2026, 11, 29))
    assert (sunday.word, len(sunday.items), sunday.more) == ("周日 休", 2, 3)
    assert [one.day for one in days if one.gap] == [date(2026, 11, 28), date(2026, 12, 5)]


@pytest.mark.django_db
def test_holidays_are_named(falling: list[Dated]) -> None:
    gaps = [one.gap for one in strip(SYSTEM, date(2026, 9, 28)) if one.gap]
    assert gaps[0] == "国庆节放假"


@pytest.mark.django_db
def test_today_is_there_though_nobody_works(falling: list[Dated]) -> None:
    first = strip(SYSTEM, date(2026, 11, 28))[0]
    assert (first.word, first.gap) == ("今天", "")


@given(st.dates(date(2020, 1, 1), date(2029, 12, 1)))
def test_every_working_day_is_there_once(day: date) -> None:
    """Over the shipped calendar: no day twice, none outside, none that is worked missing."""
    from zhunsheng.kernel.clock import shipped

    known = shipped.calendar()
    wanted = [day + timedelta(days=n) for n in range(LENGTH) if n == 0 or known.works(day + timedelta(days=n))]
    assert [one.day for one in _without_database(day) if not one.gap] == wanted


def _without_database(day: date) -> list[Day]:
    from unittest.mock import patch

    from zhunsheng.kernel.clock import shipped

    with (
        patch.object(waiting, "_AGENDAS", {}),
        patch("zhunsheng.faces.desk.home.strip.calendar.load", shipped.calendar),
    ):
        return strip(SYSTEM, day)
