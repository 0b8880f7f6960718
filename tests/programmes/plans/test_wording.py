from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.programmes.plans.handmade import reading
from zhunsheng.programmes.plans import wording
from zhunsheng.programmes.plans.reading.model import Due, Frequency, Op, Per, Section, Target


@pytest.mark.parametrize(
    ("op", "value", "unit", "written"),
    [
        (">=", Decimal(40), "学时", "≥ 40 学时"),
        ("=", Decimal(100), "%", "= 100%"),
        ("<", "全省平均水平", "", "< 全省平均水平"),
        ("between", (Decimal(15), Decimal(20)), "%", "15—20%"),
        ("<=", Decimal(7), "个工作日", "≤ 7 个工作日"),
    ],
)
def test_a_target_in_figures(op: Op, value: Decimal | tuple[Decimal, Decimal] | str, unit: str, written: str) -> None:
    assert wording.quantity(Target("", 0, 0, "", op, value, unit)) == written


@pytest.mark.parametrize(
    ("op", "per", "spread", "written"),
    [
        (">=", "year", None, "≥ 2 次/年"),
        ("=", "two_years", None, "2 次/两年"),
        ("=", "year", "年中、年终", "2 次/年，年中、年终"),
    ],
)
def test_a_frequency_in_figures(op: Op, per: Per, spread: str | None, written: str) -> None:
    assert wording.rhythm(Frequency("", 0, 0, Decimal(2), op, per, spread)) == written


def test_every_period_has_a_word() -> None:
    assert set(wording.PERIODS) == set(Per.__args__)  # type: ignore[attr-defined]
    assert set(wording.COMPARISONS) == set(Op.__args__)  # type: ignore[attr-defined]


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_a_number_keeps_its_value_and_has_no_exponent(value: Decimal) -> None:
    written = wording.number(value)
    assert Decimal(written) == value
    assert "E" not in written
    assert not ("." in written and written.endswith(("0", ".")))


def test_no_date_without_ground() -> None:
    assert wording.day(Due("年底前", 0, 3, None)) == ""
    assert wording.day(Due("3月底前", 0, 4, date(2025, 3, 31))) == "2025-03-31"


def test_units_are_counted_once_and_without_white_space() -> None:
    assert list(wording.units(reading())) == ["县司法局", "县教育局", "各乡镇、街道"]


def test_what_was_found_in_one_sentence() -> None:
    assert wording.found(reading()) == "读到 2 章 2 项任务，单位称谓 3 个，期限 3 处，频次 1 处，目标 2 处"


def test_what_was_not_found_is_not_counted() -> None:
    bare = replace(reading(), sections=(), tasks=(), goals=())
    assert wording.found(bare) == "读到 0 项任务"


def test_the_section_of_a_task() -> None:
    found = reading()
    assert wording.sections_of(found) == ("二、重点任务", "二、重点任务")
    assert wording.sections_of(replace(found, sections=())) == ("", "")


@pytest.mark.parametrize(
    ("number", "title", "written"),
    [("二", "目标", "二、目标"), ("(一)", "目标", "(一)目标"), ("3", "目标", "3.目标"), ("第二章", "职责", "第二章 职责"),
     ("", "目标", "目标"), ("一", "", "一")],
)  # fmt: skip
def test_a_heading_gets_its_separator_back(number: str, title: str, written: str) -> None:
    assert wording.heading(Section(number, title, 1, 0, 9)) == written


def test_the_innermost_section_counts_and_a_closed_one_does_not() -> None:
    found = reading()
    first, second = found.tasks
    nested = Section("(一)", "讲堂", 2, first.start - 1, first.end)
    assert wording.sections_of(replace(found, sections=(*found.sections, nested))) == ("(一)讲堂", "二、重点任务")
    itself = Section("1", "讲堂", 2, first.start, first.end)
    assert wording.sections_of(replace(found, sections=(*found.sections, itself)))[0] == "二、重点任务"
    assert second.start > nested.end
