from __future__ import annotations

import pytest

from zhunsheng.kernel.documents.pdf_lines import (
    Line,
    find_body,
    furniture,
    joined,
    lines_by_height,
    make_line,
    starts_anew,
)
from zhunsheng.kernel.documents.pdf_page import Glyph


def row(text: str, x: float = 0, y: float = 0) -> list[Glyph]:
    return [Glyph(character, x + 10 * place, y, x + 10 * place + 10, y + 10) for place, character in enumerate(text)]


def line(text: str, x: float = 0, y: float = 0, page: int = 0) -> Line:
    made = make_line(row(text, x, y), page)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("text", "characters"),
    [("落实", 1), ("落、实", 2), ("（一）", 3), ("《条例》", 2), ("2025年", 4), ("15%。以上", 4), ("“放管服”", 2)],
)
def test_the_width_of_what_cannot_be_split(text: str, characters: int) -> None:
    assert line(text).first == 10 * characters


def test_white_space_is_no_line() -> None:
    assert make_line(row(" \u3000"), 0) is None
    assert line("  落实 ").text == "落实"


def test_characters_in_any_order_become_lines() -> None:
    glyphs = row("下行", 0, 0) + row("上行", 0, 20)
    assert [found.text for found in lines_by_height(glyphs[::-1], 0)] == ["上行", "下行"]
    assert lines_by_height(row("in", 0, 0) + row("of", 25, 0), 0)[0].text == "in of"
    assert lines_by_height(row("县局", 0, 0) + row("市局", 35, 0), 0)[0].text == "县局 市局"
    assert lines_by_height(row("县局", 0, 0) + row("市局", 25, 0), 0)[0].text == "县局市局"


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [("落", "实", "落实"), ("in", "of", "in of"), ("2025", "年", "2025年"), ("1", "2", "1 2"), ("", "一", "一")],
)
def test_joined(upper: str, lower: str, expected: str) -> None:
    assert joined(upper, lower) == expected


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [
        ("执行。", "二、落实", True),
        ("执行。", "（二）落实", True),
        ("执行；", "2.落实", True),
        ("（县司法局）", "责任单位：县司法局", True),
        ("执行", "二、落实", False),
        ("执行。", "落实二、三条", False),
        ("执行。", "2.5万人", False),
        ("执行。", "第三条 落实", True),
    ],
)
def test_paragraphs_that_start_anew(upper: str, lower: str, expected: bool) -> None:
    assert starts_anew(line(upper), line(lower)) is expected


def test_too_few_lines_show_no_edge() -> None:
    lines = [line("字" * 30, y=40), line("完", y=20)]
    assert not find_body(lines).continues(lines[0], lines[1])
    more = [line("字" * 30, y=60), *lines]
    assert find_body(more).continues(more[1], more[2])


@pytest.mark.parametrize(("gap", "expected"), [(20, True), (29, True), (35, False), (4, False)])
def test_lines_of_a_paragraph_stand_close(gap: float, expected: bool) -> None:
    lines = [line("字" * 30, y=200), line("字" * 30, y=100), line("完", y=100 - gap)]
    assert find_body(lines).continues(lines[1], lines[2]) is expected


def test_pages_that_do_not_follow_are_not_joined() -> None:
    lines = [line("字" * 30, y=200), line("字" * 30, y=100), line("完", y=100, page=2)]
    assert not find_body(lines).continues(lines[1], lines[2])


def test_furniture_needs_more_than_one_page() -> None:
    one = [line("页眉", y=800), line("正文", y=400), line("3", y=20)]
    assert furniture([one]) == set()
    two = [line("页眉", y=800, page=1), line("另文", y=400, page=1), line("4", y=20, page=1)]
    assert furniture([one, two]) == {one[0], one[2], two[0], two[2]}
    assert furniture([[], one, []]) == set()


def test_numbers_that_do_not_count_with_the_pages_stay() -> None:
    pages = [
        [line("正文" * (page + 1), y=400, page=page), line(number, y=20, page=page)]
        for page, number in enumerate(["2024", "2030"])
    ]
    assert furniture(pages) == set()
