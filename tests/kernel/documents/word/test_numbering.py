from __future__ import annotations

import pytest

from tests.kernel.documents.word.files import abstract, docx, level, num, p, restart, tbl, tc, tr
from zhunsheng.kernel.documents.read import read_document

CHAPTERS = abstract(
    0,
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "(%4)"),
)


def lines(body: str, *, numbering: str, styles: str = "") -> list[str]:
    return read_document(docx(body, numbering=numbering, styles=styles)).text.split("\n")


def printed(numbering: str, *paragraphs: str) -> list[str]:
    """The lines of paragraphs of the word 文 with these numbers (``ID:LEVEL``)."""
    return lines("".join(p("文", num=number) for number in paragraphs), numbering=numbering)


def test_the_usual_levels_of_a_plan() -> None:
    found = printed(CHAPTERS + num(1, 0), "1:0", "1:1", "1:2", "1:2", "1:3", "1:1", "1:2", "1:0", "1:1")
    assert found == ["一、文", "（一）文", "1. 文", "2. 文", "(1)文", "（二）文", "1. 文", "二、文", "（一）文"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("第%1条", "第一条 "),
        ("%1、", "一、"),
        ("（%1）", "（一）"),
        ("%1．", "一．"),
        ("%1.", "一. "),
        ("%1", "一 "),
        ("", ""),
    ],
)
def test_what_separates_the_number_from_the_text(text: str, label: str) -> None:
    assert printed(abstract(0, level(0, "chineseCounting", text)) + num(1, 0), "1:0") == [label + "文"]


@pytest.mark.parametrize(
    ("suffix", "expected"), [("nothing", "第一条文"), ("space", "第一条 文"), ("tab", "第一条 文")]
)
def test_suffix(suffix: str, expected: str) -> None:
    one = level(0, "chineseCounting", "第%1条", f'<w:suff w:val="{suffix}"/>')
    assert printed(abstract(0, one) + num(1, 0), "1:0") == [expected]


def test_levels_are_printed_in_their_own_formats() -> None:
    levels = (
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "%1.%2"),
        level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
    )
    found = printed(abstract(0, *levels) + num(1, 0), "1:0", "1:1", "1:2", "1:1")
    assert found == ["一、文", "一.1 文", "1.1.1 文", "一.2 文"]


def test_legal_numbering_switched_off() -> None:
    levels = level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", '<w:isLgl w:val="0"/>')
    assert printed(abstract(0, *levels) + num(1, 0), "1:0", "1:1") == ["一、文", "一.1 文"]


def test_a_level_above_that_never_came_shows_its_start() -> None:
    levels = level(0, "decimal", "%1."), level(1, "decimal", "%1.%2")
    assert printed(abstract(0, *levels) + num(1, 0), "1:1", "1:0", "1:1") == ["1.1 文", "1. 文", "1.1 文"]


def test_start_values() -> None:
    late = level(0, "decimal", "%1.").replace('w:start w:val="1"', 'w:start w:val="5"')
    assert printed(abstract(0, late) + num(1, 0), "1:0", "1:0") == ["5. 文", "6. 文"]


def test_lists_of_one_definition_go_on_counting() -> None:
    assert printed(CHAPTERS + num(1, 0) + num(2, 0), "1:2", "2:2", "1:2") == ["1. 文", "2. 文", "3. 文"]


def test_a_start_override_counts_once() -> None:
    numbering = CHAPTERS + num(1, 0) + num(2, 0, restart(2, 1)) + num(3, 0, restart(2, 7))
    found = printed(numbering, "1:2", "1:2", "2:2", "2:2", "3:2", "2:2")
    assert found == ["1. 文", "2. 文", "1. 文", "2. 文", "7. 文", "8. 文"]


def test_lists_of_two_definitions_count_apart() -> None:
    numbering = CHAPTERS + CHAPTERS.replace('abstractNumId="0"', 'abstractNumId="1"') + num(1, 0) + num(2, 1)
    assert printed(numbering, "1:2", "2:2", "1:2") == ["1. 文", "1. 文", "2. 文"]


@pytest.mark.parametrize(("value", "last"), [("0", "3. 文"), ("1", "1. 文"), ("2", "1. 文")])
def test_restart_of_a_deeper_level(value: str, last: str) -> None:
    numbering = CHAPTERS.replace('"%3."/>', f'"%3."/><w:lvlRestart w:val="{value}"/>') + num(1, 0)
    assert printed(numbering, "1:0", "1:1", "1:2", "1:2", "1:0", "1:2")[-1] == last


def test_articles_that_run_through_all_chapters() -> None:
    levels = (
        level(0, "chineseCountingThousand", "第%1章"),
        level(1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>'),
    )
    found = printed(abstract(0, *levels) + num(1, 0), "1:0", "1:1", "1:1", "1:0", "1:1")
    assert found == ["第一章 文", "第一条 文", "第二条 文", "第二章 文", "第三条 文"]


def test_restart_by_the_chapter_but_not_by_the_section() -> None:
    numbering = CHAPTERS.replace('"%3."/>', '"%3."/><w:lvlRestart w:val="1"/>') + num(1, 0)
    found = printed(numbering, "1:0", "1:1", "1:2", "1:1", "1:2", "1:0", "1:2")
    assert [line for line in found if "." in line] == ["1. 文", "2. 文", "1. 文"]


def test_a_level_replaced_for_one_list() -> None:
    own = '<w:lvlOverride w:ilvl="0">' + level(0, "decimal", "任务%1") + "</w:lvlOverride>"
    assert printed(CHAPTERS + num(1, 0, own), "1:0", "1:1") == ["任务1 文", "（一）文"]


def test_list_styles_are_followed() -> None:
    link = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
    target = CHAPTERS.replace('<w:lvl w:ilvl="0">', '<w:styleLink w:val="L"/><w:lvl w:ilvl="0">', 1)
    assert printed(target + link + num(1, 1), "1:0") == ["一、文"]
    style = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
    body = p("文", num="1:0")
    assert lines(body, numbering=CHAPTERS + link + num(1, 1) + num(5, 0), styles=style) == ["一、文"]


def test_links_that_loop_end_without_a_number() -> None:
    loop = '<w:abstractNum w:abstractNumId="{}"><w:numStyleLink w:val="{}"/><w:styleLink w:val="{}"/></w:abstractNum>'
    assert printed(loop.format(0, "A", "B") + loop.format(1, "B", "A") + num(1, 0), "1:0") == ["文"]


def test_heading_styles_stand_on_the_levels_that_name_them() -> None:
    levels = (
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="H2"/>'),
    )
    style = (
        '<w:style w:type="paragraph" w:styleId="{}"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = p("甲", style="H1") + p("乙", style="H2") + p("丙", style="H2") + p("丁", style="H1") + p("正文")
    found = lines(body, numbering=abstract(0, *levels) + num(1, 0), styles=style.format("H1") + style.format("H2"))
    assert found == ["一、甲", "（一）乙", "（二）丙", "二、丁", "正文"]


@pytest.mark.parametrize(
    ("bullet", "expected"), [("●", "● 文"), ("\uf06c", "文"), ("l", "文"), ("", "文"), ("◆", "◆ 文")]
)
def test_bullets(bullet: str, expected: str) -> None:
    assert printed(abstract(0, level(0, "bullet", bullet)) + num(1, 0), "1:0") == [expected]


def test_format_none_prints_only_the_pattern() -> None:
    assert printed(abstract(0, level(0, "none", "%1附：")) + num(1, 0), "1:0") == ["附： 文"]


def test_custom_formats_fall_back() -> None:
    custom = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimalZero"/></mc:Fallback></mc:AlternateContent>'
    )
    one = level(0, "decimal", "%1.").replace('<w:numFmt w:val="decimal"/>', custom)
    assert printed(abstract(0, one) + num(1, 0), "1:0") == ["01. 文"]


@pytest.mark.parametrize("number", ["7:0", "1:8", "x:y"])
def test_lists_and_levels_that_do_not_exist_print_nothing(number: str) -> None:
    assert printed(CHAPTERS + num(1, 0), number) == ["文"]


def test_numbers_stand_in_empty_paragraphs_and_cells() -> None:
    numbering = CHAPTERS + num(1, 0)
    row = tr(tc(p(num="1:2")), "任务")
    assert lines(tbl(row, row) + p(num="1:2") + p("完"), numbering=numbering) == ["1.\t任务", "2.\t任务", "3.", "完"]


def test_deleted_paragraphs_are_not_counted() -> None:
    gone = p(num="1:2", runs="<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", mark="<w:del/>")
    assert lines(p("文", num="1:2") + gone + p("文", num="1:2"), numbering=CHAPTERS + num(1, 0)) == ["1. 文", "2. 文"]
