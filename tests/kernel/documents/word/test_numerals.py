from __future__ import annotations

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.kernel.documents.word.numerals import chinese, positional, spell

FORMATS = "decimal lowerLetter upperRoman chineseCountingThousand decimalEnclosedCircle ideographTraditional unknown none".split()


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {1: "01", 12: "12", 123: "123"}),
        ("decimalFullWidth", {1: "１", 12: "１２"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 50: "㊿", 51: "51"}),
        ("decimalEnclosedCircleChinese", {10: "⑩"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇", 21: "21"}),
        ("decimalEnclosedFullstop", {1: "⒈"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一○○"}),
        (
            "chineseCountingThousand",
            {10: "十", 21: "二十一", 100: "一百", 101: "一百零一", 110: "一百一十", 1001: "一千零一"},
        ),
        ("japaneseCounting", {3: "三", 12: "十二"}),
        ("ideographDigital", {9: "九", 10: "一〇", 12: "一二", 20: "二〇"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 23: "贰拾叁"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "甲"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 28: "bb"}),
        ("upperLetter", {2: "B"}),
        ("lowerRoman", {4: "iv", 19: "xix"}),
        ("upperRoman", {1: "I", 1999: "MCMXCIX"}),
        ("numberInDash", {3: "- 3 -"}),
        ("none", {1: "", 0: ""}),
        ("noSuchFormat", {7: "7"}),
        ("chineseCountingThousand", {0: "0", -3: "-3", 10**9: "1000000000"}),
    ],
)
def test_formats(number_format: str, expected: dict[int, str]) -> None:
    assert {number: spell(number, number_format) for number in expected} == expected


@given(st.integers(1, 99_999_999))
def test_chinese_numbers_are_read_back(number: int) -> None:
    assert cn2an.cn2an(chinese(number), "smart") == number


@given(st.integers(0, 10**9))
def test_positional_digits_are_as_many_as_printed(number: int) -> None:
    assert len(positional(number)) == len(str(number))


@given(st.integers(-5, 10**12), st.sampled_from(FORMATS))
def test_no_number_fails(number: int, number_format: str) -> None:
    assert len(spell(number, number_format)) < 60
