"""Printed numerals."""

from __future__ import annotations

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.programmes.plans.reading.small import quick
from zhunsheng.programmes.plans.reading.numerals import number, whole


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("7", "7"),
        ("12.5", "12.5"),
        ("0", "0"),
        ("一", "1"),
        ("两", "2"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("二十一", "21"),
        ("一百零五", "105"),
        ("三百", "300"),
        ("二〇二五", "2025"),
        ("二零一二", "2012"),
        ("①", "1"),
        ("⑳", "20"),
        ("㉑", "21"),
        ("㊱", "36"),
        ("⑴", "1"),
        ("⒈", "1"),
        ("㈠", "1"),
        ("❶", "1"),
    ],
)
def test_a_numeral(printed: str, value: str) -> None:
    assert number(printed) == Decimal(value)


@pytest.mark.parametrize("printed", ["", "甲", "统一", "1.2.3", "12a", "-", "."])
def test_what_is_no_numeral(printed: str) -> None:
    assert number(printed) is None


@pytest.mark.parametrize(("printed", "value"), [("12", 12), ("十二", 12), ("12.0", 12), ("12.5", None), ("甲", None)])
def test_whole_numbers(printed: str, value: int | None) -> None:
    assert whole(printed) == value


@quick
@given(st.integers(1, 99_999))
def test_chinese_numerals_are_read_as_they_are_written(value: int) -> None:
    assert whole(cn2an.an2cn(value, "low")) == value
    assert whole(str(value)) == value
