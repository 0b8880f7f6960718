"""One spelling for reading: equal length, places that lead back to the printed words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.programmes.plans.reading.small import quick
from zhunsheng.programmes.plans.reading.fold import BLANK, LINE, SPACE, TAB, fold, prepare


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("１２．５％", "12.5%"),
        ("（甲）", "(甲)"),
        ("〔2025〕", "[2025]"),
        ("［2025］", "[2025]"),
        ("【责任单位：】", "[责任单位:]"),
        ("﹙一﹚", "(一)"),
        ("，；：。！？", ",;:。!?"),
        ("﹐､﹔", ",、;"),
        ("2021—2025", "2021-2025"),
        ("2021－2025", "2021-2025"),
        ("2021～2025", "2021~2025"),
        ("二○二五", "二〇二五"),
        ("“双随机”", '"双随机"'),
        ("「雙隨機」", '"双随机"'),
        ("牽頭單位：縣司法局", "牵头单位:县司法局"),
        ("各鄉鎮、街道", "各乡镇、街道"),
        ("⼀、⺠政", "一、民政"),
        ("年度・要点", "年度・要点"),
    ],
)
def test_one_spelling(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@quick
@given(st.text())
def test_folding_keeps_every_place_and_is_done_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("县 司 法 局", "县司法局"),
        ("县\u3000司\u00a0法\u2003局", "县司法局"),
        ("县\u200b司\ufeff法局", "县司法局"),
        ("县司\n法局", "县司法局"),
        ("正文\n- 3 -\n继续", "正文继续"),
        ("正文\n—12—\n继续", "正文继续"),
        ("正文\n第 3 页 共 9 页\n继续", "正文继续"),
        ("共3页", "共3页"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_white_space_and_page_numbers_are_left_out(text: str, plain: str) -> None:
    assert prepare(text).plain == plain


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("甲乙", 0),
        ("甲 乙", SPACE),
        ("甲\u3000\u3000乙", SPACE),
        ("甲\t乙", TAB),
        ("甲 \n 乙", LINE),
        ("甲\n\n乙", BLANK),
        ("甲\u200b乙", 0),
    ],
)
def test_what_stood_between_two_characters_is_remembered(text: str, gap: int) -> None:
    assert prepare(text).gaps[1] == gap


@pytest.mark.parametrize(("place", "starts"), [(0, True), (1, False), (2, True), (3, False)])
def test_where_lines_begin(place: int, starts: bool) -> None:
    assert prepare("甲 乙\n丙丁").starts_line(place) is starts


def test_words_are_given_back_as_printed() -> None:
    script = prepare("由縣 司\n法局（牵头）")
    start = script.plain.index("县")
    assert script.printed(start, start + 4) == "縣司法局"
    assert script.verbatim(start, start + 4) == "縣 司\n法局"
    assert script.span(start, start + 4) == (1, 7)


def test_an_empty_range_has_an_empty_span() -> None:
    script = prepare("甲 乙")
    assert script.span(1, 1) == (2, 2)
    assert script.span(2, 2) == (3, 3)


@quick
@given(st.text(alphabet="县司法局一（，\n\t 　\u200b⼀縣", max_size=60))
def test_every_place_leads_back_to_its_character(text: str) -> None:
    script = prepare(text)
    assert len(script.plain) == len(script.offsets) == len(script.gaps)
    for place, char in enumerate(script.plain):
        start, end = script.span(place, place + 1)
        assert end == start + 1
        assert fold(text[start]) == char
        assert script.place(start) == place
