from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.kernel.reminders import hours
from zhunsheng.kernel.reminders.models import Mode
from zhunsheng.kernel.reminders.steps import sending

CHINA = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 3, 2)
BEGIN = datetime(2026, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone


def at(hour: int, minute: int = 0, day: int = 2) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("mode", "made", "goes"),
    [
        (Mode.DIGEST, at(0, 5), at(8, 30)),
        (Mode.DIGEST, at(9), at(9)),
        (Mode.DIGEST, at(21), at(7, 30, day=3)),
        (Mode.IMMEDIATE, at(0, 5), at(7, 30)),
        (Mode.IMMEDIATE, at(9), at(9)),
        (Mode.IMMEDIATE, at(20), at(7, 30, day=3)),
        (Mode.IMMEDIATE, at(7, 30), at(7, 30)),
    ],
)
def test_when_a_message_may_go(mode: Mode, made: datetime, goes: datetime) -> None:
    assert hours.first_try(mode, DAY, made) == goes


@given(st.datetimes(BEGIN, BEGIN.replace(year=2027), timezones=st.just(CHINA)))
def test_after_quiet_is_never_earlier_never_quiet_and_not_far(instant: datetime) -> None:
    rules = sending()
    then = hours.after_quiet(instant, rules)
    assert instant <= then <= instant + timedelta(hours=12)
    assert not hours.is_quiet(then.astimezone(CHINA).time(), rules)
    assert hours.after_quiet(then, rules) == then


def test_quiet_hours_within_one_day_and_none() -> None:
    from dataclasses import replace

    noon = replace(sending(), quiet_from=time(12), quiet_until=time(14))
    assert hours.after_quiet(at(12, 30), noon) == at(14)
    assert hours.after_quiet(at(14), noon) == at(14)
    none = replace(sending(), quiet_from=time(0), quiet_until=time(0))
    assert hours.after_quiet(at(3), none) == at(3)


def test_waiting_doubles_up_to_a_limit() -> None:
    rules = sending()
    waits = [hours.wait(attempts, rules) for attempts in range(1, 40)]
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert waits == sorted(waits)
    assert waits[-1] == rules.longest_wait < hours.CREDIBLE
