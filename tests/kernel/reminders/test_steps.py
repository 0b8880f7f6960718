from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from zhunsheng.kernel.packs import SHIPPED, BadPack
from zhunsheng.kernel.reminders import steps
from zhunsheng.kernel.reminders.models import Level
from zhunsheng.kernel.reminders.steps import Shift, Step, reached, sending, weekdays

DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))
NUMBERS = st.integers(-40, 40)


def test_the_shipped_pack_is_read() -> None:
    first, *_, last = steps.steps("task_due")
    assert first == Step(-30, "calendar", Level.YELLOW, ("owner",))
    assert last.to == ("head", "superior", "office")
    assert steps.steps("none") == ()
    rules = sending()
    assert rules.digest_at.hour == 8
    assert "qyapi.weixin.qq.com" in rules.robot_hosts


def test_a_county_changes_the_pack(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    own = tmp_path / "packs" / "reminders.yaml"
    own.parent.mkdir()
    shipped = (SHIPPED / "reminders.yaml").read_text("utf-8")
    own.write_text(shipped.replace("attempts: 8", "attempts: 3"), "utf-8")
    assert sending().attempts == 3
    own.write_text(shipped.replace("robot_per_minute: 20", "robot_per_minute: 多"), "utf-8")
    with pytest.raises(BadPack, match="robot_per_minute"):
        sending()


@pytest.mark.usefixtures("without_calendar")
@pytest.mark.parametrize(
    ("days", "count", "day", "expected"),
    [
        (-30, "calendar", date(2026, 3, 1), date(2026, 3, 31)),
        (1, "calendar", date(2026, 3, 1), date(2026, 2, 28)),
        (0, "calendar", date(2026, 3, 1), date(2026, 3, 1)),
        (-3, "working", date(2026, 3, 6), date(2026, 3, 11)),  # Friday: Monday, Tuesday, Wednesday
        (1, "working", date(2026, 3, 9), date(2026, 3, 8)),  # Monday: what ran out on Friday or at the weekend
    ],
)
def test_examples(days: int, count: str, day: date, expected: date) -> None:
    step = Step(days, "working" if count == "working" else "calendar", Level.YELLOW, ("owner",))
    assert reached(step, day) == expected


@pytest.mark.usefixtures("without_calendar")
@given(DAYS, NUMBERS)
def test_a_step_has_come_for_exactly_the_days_up_to_the_last(day: date, days: int) -> None:
    last = reached(Step(days, "working", Level.RED, ("owner",)), day)
    assert weekdays(last, days) <= day < weekdays(last + timedelta(days=1), days)


@pytest.mark.usefixtures("without_calendar")
@given(DAYS, NUMBERS, st.integers(1, 60))
def test_what_was_reached_stays_reached(day: date, days: int, later: int) -> None:
    step = Step(days, "working", Level.RED, ("owner",))
    assert reached(step, day) <= reached(step, day + timedelta(days=later))


@contextmanager
def counted_by(shift: Shift) -> Iterator[None]:
    """For a while by another calendar; by the registered one again afterwards."""
    before = steps._COUNTING
    steps.count_working_days_by(lambda: shift)
    yield
    steps.count_working_days_by(before)


@pytest.fixture(scope="module")
def without_calendar() -> Iterator[None]:
    """Only weekends are free."""
    with counted_by(weekdays):
        yield


@pytest.fixture
def every_day_works() -> Iterator[None]:
    with counted_by(lambda day, number: day + timedelta(days=number)):
        yield


@pytest.mark.usefixtures("every_day_works")
def test_another_calendar_counts_otherwise() -> None:
    assert reached(Step(-3, "working", Level.YELLOW, ("owner",)), date(2026, 3, 6)) == date(2026, 3, 9)


def test_the_clock_engine_counts_by_its_calendar(db: None) -> None:
    """Before the National Day of 2026 (1 to 7 October off) three working days are ten days."""
    three = Step(-3, "working", Level.YELLOW, ("owner",))
    assert reached(three, date(2026, 9, 29)) == date(2026, 10, 9)
