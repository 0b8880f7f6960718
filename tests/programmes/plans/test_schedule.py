from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.programmes.plans.schedule import (
    MONTHS,
    Period,
    WrittenDue,
    WrittenFrequency,
    Years,
    periods,
    shortened,
    warning,
)

ONE = Years(2026, 2026)
TWO = Years(2024, 2025)


def dues(*found: Period) -> list[str]:
    return [f"{one.label} {one.due}" for one in found]


def often(count: int, per: str, spread: str = "") -> WrittenFrequency:
    return WrittenFrequency(count, per, spread, f"每{per}{count}次")


@pytest.mark.parametrize(
    ("written", "years", "expected"),
    [
        (often(1, "quarter"), ONE, ["2026 年一季度 2026-03-31", "2026 年二季度 2026-06-30", "2026 年三季度 2026-09-30", "2026 年四季度 2026-12-31"]),
        (often(1, "half_year"), ONE, ["2026 年上半年 2026-06-30", "2026 年下半年 2026-12-31"]),
        (often(1, "year"), TWO, ["2024 年 2024-12-31", "2025 年 2025-12-31"]),
        (often(2, "year"), ONE, ["2026 年上半年 2026-06-30", "2026 年下半年 2026-12-31"]),
        (often(4, "year"), ONE, ["2026 年一季度 2026-03-31", "2026 年二季度 2026-06-30", "2026 年三季度 2026-09-30", "2026 年四季度 2026-12-31"]),
        (often(5, "year"), ONE, ["2026 年 2026-12-31"]),
        (often(2, "year", "年中、年终各听取1次"), ONE, ["2026 年上半年 2026-06-30", "2026 年下半年 2026-12-31"]),
        (often(2, "year", "春季、秋季各1次"), ONE, ["2026 年 1—5 月 2026-05-31", "2026 年 6—11 月 2026-11-30"]),
        (often(2, "year", "3月、9月各1次"), ONE, ["2026 年一季度 2026-03-31", "2026 年 4—9 月 2026-09-30"]),
        (often(1, "two_years"), TWO, ["2024—2025 年 2025-12-31"]),
        (often(1, "two_years"), Years(2024, 2026), ["2024—2025 年 2025-12-31", "2026 年 2026-12-31"]),
    ],
)  # fmt: skip
def test_frequencies(written: WrittenFrequency, years: Years, expected: list[str]) -> None:
    assert dues(*periods([], [written], years)) == expected


@pytest.mark.parametrize(
    ("printed", "recurs", "expected"),
    [
        ("每年6月底前", "year", ["2024 年 2024-06-30", "2025 年 2025-06-30"]),
        ("每年１１月２０日前", "year", ["2024 年 2024-11-20", "2025 年 2025-11-20"]),
        ("每年二季度末", "year", ["2024 年 2024-06-30", "2025 年 2025-06-30"]),
        ("每年2月底前", "year", ["2024 年 2024-02-29", "2025 年 2025-02-28"]),
        ("每年底", "year", ["2024 年 2024-12-31", "2025 年 2025-12-31"]),
    ],
)
def test_dates_that_come_every_year(printed: str, recurs: str, expected: list[str]) -> None:
    assert dues(*periods([WrittenDue(None, recurs, printed)], [], TWO)) == expected


def test_what_is_more_frequent_governs_and_named_days_stand_beside_it() -> None:
    written = [WrittenDue(date(2026, 10, 20), "", "10月20日前"), WrittenDue(date(2026, 6, 30), "", "6月底前")]
    found = periods(written, [often(1, "year"), often(1, "half_year")], ONE)
    assert [one.due for one in found] == [date(2026, 6, 30), date(2026, 10, 20), date(2026, 12, 31)]


def test_without_a_ground_there_is_no_date() -> None:
    (only,) = periods([], [], TWO)
    assert (only.label, only.due, only.basis) == ("2024—2025 年", None, "")


def test_the_office_may_set_a_date_and_a_cycle() -> None:
    (only,) = periods([], [], Years(2026, 2026, default_due=date(2026, 11, 30)))
    assert (only.due, only.basis) == (date(2026, 11, 30), "原文没有写期限，由主管单位定")
    monthly = periods([], [], Years(2017, 2020, cycle="month"))
    assert len(monthly) == 48
    assert monthly[0].label == "2017 年 1 月"


def test_a_cycle_does_not_thin_out_what_the_plan_asks_more_often() -> None:
    assert len(periods([], [often(1, "month")], Years(2026, 2026, cycle="quarter"))) == 12


def test_what_was_over_when_the_plan_was_issued_is_not_owed() -> None:
    quarters = periods([], [often(1, "quarter")], ONE)
    assert [one.label for one in shortened(quarters, date(2026, 4, 10))] == [
        "2026 年二季度",
        "2026 年三季度",
        "2026 年四季度",
    ]
    assert shortened(quarters, date(2030, 1, 1)) == quarters[-1:]


@pytest.mark.parametrize(
    ("left", "expected"), [(-1, "late"), (0, "near"), (10, "near"), (11, "soon"), (30, "soon"), (31, "")]
)
def test_how_near_a_date_is(left: int, expected: str) -> None:
    day = date(2026, 3, 10)
    assert warning(day + timedelta(days=left), day, yellow=30, orange=10) == expected
    assert warning(None, day, yellow=30, orange=10) == ""


FREQUENCIES = st.builds(
    WrittenFrequency,
    st.integers(1, 60),
    st.sampled_from(["day", "week", "two_weeks", *MONTHS, "two_years", "three_years", "five_years", "term_of_office"]),
    st.sampled_from(["", "年中、年终各1次", "春季、秋季各1次", "3月、6月、9月各1次"]),
    st.just("每隔一段"),
)
DATES = st.dates(date(2020, 1, 1), date(2030, 12, 31))
DUES = st.one_of(
    st.builds(WrittenDue, DATES, st.just(""), st.just("那天前")),
    st.builds(WrittenDue, st.none(), st.sampled_from([*MONTHS, "week"]), st.sampled_from(["每年5月31日前", "每季度末", "每月底"])),
)  # fmt: skip
SPANS = st.tuples(st.integers(2020, 2028), st.integers(0, 4)).map(lambda one: Years(one[0], one[0] + one[1]))


@given(st.lists(DUES, max_size=4), st.lists(FREQUENCIES, max_size=4), SPANS)
def test_periods_are_ordered_apart_and_begin_before_they_end(
    written: list[WrittenDue], frequencies: list[WrittenFrequency], years: Years
) -> None:
    found = periods(written, frequencies, years)
    assert found
    assert found == sorted(found)
    assert len({(one.begins, one.ends) for one in found}) == len(found)
    assert all(one.begins <= one.ends for one in found)
    assert all(one.due is None or one.basis for one in found), "no date without a ground"


@given(st.lists(FREQUENCIES, min_size=1, max_size=3), SPANS)
def test_turns_of_a_frequency_cover_the_years_without_gaps(frequencies: list[WrittenFrequency], years: Years) -> None:
    found = periods([], frequencies, years)
    if any(one.spread for one in frequencies) or len(found) == 1:
        return
    assert found[0].begins == years.begins
    assert found[-1].ends == years.ends
    for before, after in pairwise(found):
        assert after.begins == before.ends + timedelta(days=1)
