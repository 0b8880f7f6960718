from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.kernel.clock import shipped
from zhunsheng.kernel.matter.deadlines import after
from zhunsheng.kernel.matter.kinds import Span

CALENDAR = shipped.calendar()
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("start", "days", "count", "due"),
    [
        (date(2026, 11, 23), 10, "working", date(2026, 12, 7)),
        (date(2026, 9, 24), 2, "working", date(2026, 9, 29)),  # 中秋 25–27, 28 works
        (date(2026, 9, 30), 1, "working", date(2026, 10, 8)),  # 国庆 1–7
        (date(2026, 9, 30), 7, "working", date(2026, 10, 15)),  # Saturday 10-10 is a working day
        (date(2026, 11, 23), 30, "calendar", date(2026, 12, 23)),
        (date(2026, 9, 1), 30, "calendar", date(2026, 10, 8)),  # 10-01 is a holiday
        (date(2026, 11, 23), 60, "calendar", date(2027, 1, 22)),
    ],
)
def test_dates(start: date, days: int, count: str, due: date) -> None:
    found = after(start, Span(days, "working" if count == "working" else "calendar"), CALENDAR)
    assert found.day == due
    assert found.provisional is (due.year > 2026)
    assert f"{days} {'个工作日' if count == 'working' else '日'}" in found.said


def test_a_span_without_days_has_no_date() -> None:
    with pytest.raises(ValueError, match="no days"):
        after(date(2026, 1, 1), Span(None, "calendar"), CALENDAR)


@given(DAYS, st.integers(1, 60))
def test_a_date_is_a_working_day_and_so_many_of_them_lie_between(start: date, days: int) -> None:
    due = after(start, Span(days, "working"), CALENDAR).day
    assert CALENDAR.works(due)
    assert CALENDAR.between(start, due) == days
    assert CALENDAR.between(due, start) == -days


@given(DAYS, st.integers(1, 90))
def test_a_calendar_span_ends_no_earlier_than_its_days_and_on_a_working_day(start: date, days: int) -> None:
    due = after(start, Span(days, "calendar"), CALENDAR).day
    assert CALENDAR.works(due)
    assert due >= start + timedelta(days=days)
    assert CALENDAR.between(start + timedelta(days=days) - timedelta(days=1), due) <= 1
