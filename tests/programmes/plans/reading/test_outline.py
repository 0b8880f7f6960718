"""Which numbers open an item, and what stands under which."""

from __future__ import annotations

import pytest

from zhunsheng.programmes.plans.reading.fold import prepare
from zhunsheng.programmes.plans.reading.markers import Block
from zhunsheng.programmes.plans.reading.outline import outline
from zhunsheng.programmes.plans.reading.ranges import Ranges


def blocks(text: str) -> list[Block]:
    return outline(prepare(text))


def tree(text: str) -> str:
    """The items of a text in one line: number, and in braces what stands under it."""

    def shown(block: Block) -> str:
        below = " ".join(map(shown, block.children))
        return f"{block.number}{{{below}}}" if below else block.number

    return " ".join(shown(block) for block in blocks(text) if block.parent is None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、甲\n二、乙\n三、丙", "一 二 三"),
        ("一、甲\n（一）乙\n（二）丙\n二、丁\n（一）戊", "一{（一） （二）} 二{（一）}"),
        ("一、甲\n（一）乙\n1.丙\n2.丁\n（二）戊\n1.己", "一{（一）{1 2} （二）{1}}"),
        ("一、甲\n1.乙\n2.丙\n二、丁\n3.戊\n4.己", "一{1 2} 二{3 4}"),
        ("一、甲\n1、乙\n2、丙\n二、丁\n1、戊", "一{1 2} 二{1}"),
        ("一、重点任务\n1.乙\n2.丙\n二、专项行动\n1.丁", "一{1 2} 二{1}"),
        ("重点任务一：甲\n1.乙\n2.丙\n重点任务二：丁\n1.戊", "重点任务一{1 2} 重点任务二{1}"),
        ("1.甲\n（1）乙\n（2）丙\n2.丁", "1{（1） （2）} 2"),
        ("1.甲\n①乙\n②丙\n2.丁", "1{① ②} 2"),
        ("第一章 甲\n第一条 乙。\n第二条 丙。\n第二章 丁\n第三条 戊。", "第一章{第一条 第二条} 第二章{第三条}"),
        ("第一条 甲。\n（一）乙；\n（二）丙。\n第二条 丁。", "第一条{（一） （二）} 第二条"),
        ("一、甲\n1.1乙\n1.2丙\n二、丁\n2.1戊", "一{1.1 1.2} 二{2.1}"),
        ("(一)甲\n(二)乙", "(一) (二)"),
        ("㈠甲\n㈡乙", "㈠ ㈡"),
        ("⒈甲\n⒉乙", "⒈ ⒉"),
        ("⑴甲\n⑵乙", "⑴ ⑵"),
        ("1．甲\n2．乙", "1 2"),
        ("1 甲\n2 乙", "1 2"),
        ("一 、甲\n二 、乙", "一 二"),
        ("1.2025年底前完成甲。\n2.10月底前完成乙。\n3.3年内完成丙。", "1 2 3"),
    ],
)
def test_kinds_of_numbering(text: str, expected: str) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9.完善甲制度。\n10.完善乙制度。\n11完善丙制度。\n12.完善丁制度。", "9 10 11 12"),
        (
            "1.完善甲项制度，抓好落实。2.完善乙项制度，抓好落实。3.完善丙项制度，抓好落实。\n4.完善丁项制度，抓好落实。",
            "1 2 3 4",
        ),
        ("一、甲\n（一）乙丙丁。（二）戊己庚。\n（三）辛。", "一{（一） （二） （三）}"),
        ("一、重点工作（一）甲乙丙。\n（二）丁。", "一{（一） （二）}"),
    ],
)
def test_numbers_that_lost_their_place(text: str, expected: str) -> None:
    """Numbers glued to the text, or in the middle of a line, are found where the count has a hole."""
    if text.startswith("9"):
        text = "\n".join(f"{n}.第{n}项工作。" for n in range(1, 9)) + "\n" + text
        expected = "1 2 3 4 5 6 7 8 " + expected
    assert tree(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "2025年是关键一年。",
        "12345热线要办好。",
        "3个月内完成。",
        "100%的行政机关达标。",
        "5月底前完成。",
        "30日内报送。",
        "一是抓好落实。",
        "二〇二五年三月一日",
        "12.5%的增长。",
        "2025.3.1",
    ],
)
def test_a_line_that_begins_with_a_number_is_not_always_an_item(line: str) -> None:
    assert tree(f"1.甲乙丙。\n{line}\n2.丁戊己。") == "1 2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、甲\n1.乙\n2.丙\n（三）丁\n4.戊\n二、己", "一{1 2 （三） 4} 二"),
        ("一、甲\n1.乙\n2.丙\n（三）丁\n4做好戊", "一{1 2 （三） 4}"),
        ("一、甲\n1.乙\n2.丙\n（三）丁\n二、己\n1.庚", "一{1 2 （三）} 二{1}"),
        ("一、甲\n（一）乙\n（二）丙\n3.丁\n（四）戊", "一{（一） （二） 3 （四）}"),
        ("1.乙\n（二）丙\n3.丁", "1 （二） 3"),
        ("1.乙\n（1）辰\n（2）巳\n2.丙\n（三）丁\n（1）午\n4.戊", "1{（1） （2）} 2 （三）{（1）} 4"),
        ("1.甲\n2.乙\n3.丙\n4.丁\n5.戊\n6.己\n7.庚\n（八）辛\n9.壬", "1 2 3 4 5 6 7 （八） 9"),
        ("1.甲\n2.乙\n3.丙\n④丁\n5.戊", "1 2 3 ④ 5"),
    ],
)
def test_a_sign_of_another_kind_goes_on_with_the_count(text: str, expected: str) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（一）甲\n1.乙\n2.丙\n（二）丁\n3.戊\n4.己\n（三）庚\n5.辛", "（一）{1 2} （二）{3 4} （三）{5}"),
        ("一、甲\n（一）乙\n（二）丙\n二、丁\n（三）戊\n（四）己", "一{（一） （二）} 二{（三） （四）}"),
        ("一、甲\n（一）乙\n二、丁\n（三）戊\n三、己", "一{（一）} 二{（三）} 三"),
        ("1.甲\n（二）乙\n2.丙", "1{（二）} 2"),
    ],
)
def test_a_count_below_another_is_left_alone(text: str, expected: str) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、甲\n1.3个县乙\n2.丙", "一{1 2}"),
        ("一、甲\n1.100%的乙\n2.丙", "一{1 2}"),
        ("一、甲\n1.12345热线\n2.丙", "一{1 2}"),
        ("一、甲\n1.3个县乙\n2.4个乡丙\n3.5个村丁", "一{1 2 3}"),
        ("一、甲\n1.1万人乙\n2.丙", "一{1 2}"),
        ("一、甲\n1.乙\n2.1万人丙\n3.丁", "一{1 2 3}"),
        ("一、甲\n1.乙\n2.1万人丙", "一{1 2}"),
        ("一、甲\n1.乙\n2.丙\n二、丁\n1.3个县戊\n2.己", "一{1 2} 二{1 2}"),
        ("一、甲\n1.1乙\n1.2丙\n二、丁\n2.1戊\n2.2己", "一{1.1 1.2} 二{2.1 2.2}"),
        ("1.甲\n1.1乙\n1.2丙\n2.丁\n2.1戊", "1{1.1 1.2} 2{2.1}"),
        ("一、甲\n1.1乙\n（1）丙\n（2）丁\n1.2戊", "一{1.1{（1） （2）} 1.2}"),
        ("1.甲\n1.5万人乙\n2.丙", "1 2"),
        ("一、甲要达到\n1.5万人\n1.乙\n2.丙", "一{1 2}"),
    ],
)
def test_an_item_whose_words_begin_with_a_number_is_no_decimal(text: str, expected: str) -> None:
    assert tree(text) == expected


def test_where_items_begin_and_end() -> None:
    script = prepare("前言\n一、甲甲\n（一）乙\n乙二\n（二）丙\n二、丁")
    first = outline(script)[0]
    assert script.verbatim(first.start, first.end) == "一、甲甲\n（一）乙\n乙二\n（二）丙"
    assert script.verbatim(first.start, first.own_end) == "一、甲甲"
    assert script.verbatim(first.body, first.own_end) == "甲甲"
    assert [script.verbatim(one.start, one.end) for one in first.children] == ["（一）乙\n乙二", "（二）丙"]


def test_levels_count_from_one() -> None:
    assert [(block.number, block.level) for block in blocks("一、甲\n（一）乙\n1.丙\n二、丁")] == [
        ("一", 1),
        ("（一）", 2),
        ("1", 3),
        ("二", 1),
    ]


def test_ancestors_are_given_innermost_first() -> None:
    inner = blocks("一、甲\n（一）乙\n1.丙")[2]
    assert [block.number for block in inner.ancestors()] == ["（一）", "一"]


def test_tables_are_left_out() -> None:
    script = prepare("一、甲\n1\t乙\n2\t丙\n二、丁")
    low = script.plain.index("1")
    assert [block.number for block in outline(script, Ranges([(low, script.plain.index("二"))]))] == ["一", "二"]


@pytest.mark.parametrize("text", ["", "没有编号的正文。", "。。。", "\n\n"])
def test_texts_without_items(text: str) -> None:
    assert blocks(text) == []


def test_a_text_without_line_breaks() -> None:
    text = (
        "一、抓好甲工作。" + "甲" * 900 + "。二、抓好乙工作。" + "乙" * 900 + "。三、抓好丙工作。" + "丙" * 900 + "。"
    )
    assert tree(text) == "一 二 三"
