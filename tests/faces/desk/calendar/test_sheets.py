from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.faces.desk.calendar.sheets import festivals, year_of
from zhunsheng.kernel.clock import shipped
from zhunsheng.kernel.clock.days import Calendar, DayNote, computed

KNOWN = shipped.calendar()


@given(st.integers(min_value=2004, max_value=2100))
def test_every_day_stands_once_in_its_column(year: int) -> None:
    months = year_of(year, KNOWN, date(year, 5, 1))
    cells = [(column, cell) for month in months for week in month.weeks for column, cell in enumerate(week) if cell]
    assert [cell.day for _, cell in cells] == [date(year, 1, 1) + timedelta(days=i) for i in range(len(cells))]
    assert cells[-1][1].day == date(year, 12, 31)
    assert all(cell.day.weekday() == column for column, cell in cells)
    assert sum(month.works for month in months) == sum(KNOWN.works(cell.day) for _, cell in cells)
    assert [cell.day for _, cell in cells if cell.today] == [date(year, 5, 1)]


@given(st.integers(min_value=2004, max_value=2026))
def test_every_makeup_day_and_every_free_day_of_a_festival_stands_in_the_table(year: int) -> None:
    found = festivals(year, KNOWN)
    days = [
        date(year, 1, 1) + timedelta(days=i) for i in range(366) if (date(year, 1, 1) + timedelta(days=i)).year == year
    ]
    free = {day for day in days if (note := KNOWN.note(day)) and not note.works}
    listed = {one.first + timedelta(days=i) for one in found for i in range(one.days)}
    assert free - listed <= {day for day in free if day > date(year, 12, 27)}, "those stand in the next year"
    assert listed <= free | {day for day in listed if day.year == year - 1}
    worked = {day for day in days if (note := KNOWN.note(day)) and note.works and day.weekday() > 4 and day.month < 12}
    assert worked <= {day for one in found for day in one.makeups}


@pytest.mark.parametrize(
    ("day", "kind", "word", "said"),
    [
        (date(2026, 10, 1), "rest", "休", "国庆节放假"),
        (date(2026, 9, 20), "makeup", "班", "国庆节调休上班"),
        (date(2026, 11, 21), "weekend", "", "周末休息"),
        (date(2026, 11, 23), "work", "", ""),
    ],
)
def test_a_day_is_marked_by_a_character_and_said_in_words(day: date, kind: str, word: str, said: str) -> None:
    month = year_of(2026, KNOWN, date(2026, 1, 1))[day.month - 1]
    cell = next(cell for week in month.weeks for cell in week if cell and cell.day == day)
    assert (cell.kind, cell.word, cell.said) == (kind, word, said)


def test_a_run_over_the_turn_of_the_year_stands_in_the_year_in_which_it_ends() -> None:
    notes = {date(2026, 12, 31): DayNote(False, "元旦"), date(2027, 1, 1): DayNote(False, "元旦")}
    calendar = Calendar("", notes, frozenset({2026, 2027}))
    assert (festivals(2027, calendar)[0].first, festivals(2027, calendar)[0].days) == (date(2026, 12, 31), 2)
    assert "元旦" in {one.name for one in festivals(2026, computed())}
    assert date(2026, 12, 31) not in {one.last for one in festivals(2026, calendar)}
