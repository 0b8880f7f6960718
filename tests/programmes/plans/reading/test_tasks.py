"""Which parts of a plan are tasks, and what their words are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.programmes.plans.reading.small import Json, assert_offsets_are_true, quick, read

TITLE = "云溪县2025年法治政府建设工作要点\n"


def tasks(text: str) -> list[tuple[str, str]]:
    """Section and number of every task."""
    reading = read(TITLE + text)
    assert_offsets_are_true(reading)
    return [(task["section"], task["number"]) for task in reading["tasks"]]


def units(text: str) -> list[list[str]]:
    return [[*task["lead_units"], *task["responsible_units"]] for task in read(TITLE + text)["tasks"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一、学法\n1.甲事。（县司法局）\n2.乙事。（县财政局）\n二、执法\n3.丙事。（县司法局）",
            [("一", "1"), ("一", "2"), ("二", "3")],
        ),
        ("一、学法\n1.甲事。（县司法局）\n二、执法\n1.乙事。（县司法局）", [("一", "1"), ("二", "1")]),
        ("一、学法\n（一）甲事。（县司法局）\n（二）乙事。（县财政局）", [("一", "（一）"), ("一", "（二）")]),
        ("一、抓好学法。做实甲事。（县司法局）\n二、抓好执法。做实乙事。（县财政局）", [("", "一"), ("", "二")]),
        ("1.甲事。【责任单位：县司法局】\n2.乙事。【责任单位：县财政局】", [("", "1"), ("", "2")]),
        ("第一条 甲事。责任单位：县司法局\n第二条 乙事。责任单位：县财政局", [("", "第一条"), ("", "第二条")]),
        ("一、学法\n（一）甲类\n①做甲事。（县司法局）\n②做乙事。（县财政局）", [("（一）", "①"), ("（一）", "②")]),
        ("1.甲事。（县司法局）\n（1）一步；\n（2）二步。\n2.乙事。（县财政局）", [("", "1"), ("", "2")]),
        ("一、学法\n1.甲事。\n牵头单位：县司法局\n2.乙事。\n牵头单位：县财政局", [("一", "1"), ("一", "2")]),
        ("一、学法\n1、甲事。（县司法局）\n2、乙事。（县财政局）", [("一", "1"), ("一", "2")]),
        ("一、学法\n(1)甲事。（县司法局）\n(2)乙事。（县财政局）", [("一", "(1)"), ("一", "(2)")]),
    ],
)
def test_the_smallest_items_with_units_are_the_tasks(text: str, expected: list[tuple[str, str]]) -> None:
    assert tasks(text) == expected


def test_an_item_beside_tasks_is_a_task_though_it_names_nobody() -> None:
    reading = read(
        f"{TITLE}一、学法\n1.甲事要抓实抓好，不走过场。（县司法局）\n2.乙事要抓实抓好，不走过场。\n3.丙事要抓实抓好，不走过场。（县财政局）"
    )
    assert [task["number"] for task in reading["tasks"]] == ["1", "2", "3"]
    assert [task["lead_units"] + task["responsible_units"] for task in reading["tasks"]] == [
        ["县司法局"],
        [],
        ["县财政局"],
    ]
    assert [warning["code"] for warning in reading["warnings"]] == ["no_units"]


@pytest.mark.parametrize(
    "heading", ["总体要求", "基本原则", "主要目标", "保障措施", "工作要求", "组织实施", "组织保障"]
)
def test_aims_and_requirements_are_no_tasks(heading: str) -> None:
    duties = "一、重点任务\n（一）甲事抓好抓实。（县司法局）\n（二）乙事抓好抓实。（县财政局）\n"
    rest = f"二、{heading}\n（一）提高认识。各级要重视，切实负起责任。\n（二）加强领导。各级要重视。"
    assert tasks(duties + rest) == [("一", "（一）"), ("一", "（二）")]


def test_requirements_that_name_units_are_tasks() -> None:
    text = "一、重点任务\n（一）甲事。（县司法局）\n二、保障措施\n（一）强化经费保障。（县财政局）\n（二）强化督查。（县审计局）"
    assert tasks(text) == [("一", "（一）"), ("二", "（一）"), ("二", "（二）")]


def test_the_words_of_a_task_run_from_its_number_to_its_last_unit() -> None:
    text = f"{TITLE}一、学法\n　　1. 甲事要抓好。\n另起一段，仍是甲事。\n　　牵头单位：县司法局\n　　责任单位：县财政局\n　　2. 乙事。（县财政局）\n"
    first, second = read(text)["tasks"]
    assert first["text"] == "1. 甲事要抓好。\n另起一段，仍是甲事。\n　　牵头单位：县司法局\n　　责任单位：县财政局"
    assert second["text"] == "2. 乙事。（县财政局）"


def test_a_line_break_inside_a_sentence_or_before_a_title_changes_nothing() -> None:
    whole = "1.落实《云溪县规定》，12月10日前报告。（县司法局、县财政局）\n2.乙事。（县财政局）"
    broken = "1.落实\n《云溪县规定》，12月\n10日前报告。（县司法局、县财\n政局）\n2.乙事。（县财政局）"
    assert units(whole) == units(broken) == [["县司法局", "县财政局"], ["县财政局"]]
    dues = [[(due["date"]) for due in task["due"]] for text in (whole, broken) for task in read(TITLE + text)["tasks"]]
    assert dues == [["2025-12-10"], [], ["2025-12-10"], []]


def test_a_number_at_the_start_of_a_broken_line_is_no_item() -> None:
    text = "1.报备率达到\n100%，于\n12月10日前报告，共\n3项。（县司法局）\n2.乙事。（县财政局）"
    assert tasks(text) == [("", "1"), ("", "2")]


def test_a_number_that_is_glued_to_the_text() -> None:
    lines = [f"{n}.做好第{n}项工作。（县司法局）" for n in range(1, 11)]
    assert [
        number for _, number in tasks("\n".join([*lines, "11完善应诉工作。（县司法局）", "12.做好收尾。（县财政局）"]))
    ] == [str(n) for n in range(1, 13)]


def test_a_heading_glued_to_its_paragraph() -> None:
    reading = read(
        f"{TITLE}一、重点任务\n（一）加强学法。每季度学法1次。（县司法局）\n（二）加强执法。每年评查2次。（县财政局）"
    )
    assert [task["title"] for task in reading["tasks"]] == ["加强学法", "加强执法"]


def test_paragraphs_without_numbers_that_close_with_units() -> None:
    text = (
        "（一）学法用法\n抓好领导干部学法，形成制度。（县司法局）\n抓好执法人员培训，形成制度。（县财政局）\n"
        "（二）执法\n规范执法程序，形成制度。（县司法局）\n"
    )
    found = read(f"{TITLE}一、重点任务\n{text}")["tasks"]
    assert [(task["number"], task["responsible_units"]) for task in found] == [
        ("（一）", ["县司法局"]),
        ("（一）", ["县财政局"]),
        ("（二）", ["县司法局"]),
    ]


def test_page_furniture_is_no_part_of_a_task() -> None:
    text = "1.甲事。（县司法局）\n2.乙事。（县财政局）\n扫一扫在手机打开当前页\n收起\n返回顶部"
    assert read(TITLE + text)["tasks"][-1]["text"] == "2.乙事。（县财政局）"


def test_the_signature_is_no_part_of_a_task() -> None:
    text = "1.甲事。（县司法局）\n2.乙事要抓实。\n责任单位：县财政局\n\n云溪县人民政府办公室\n2025年3月12日\n"
    last = read(TITLE + text)["tasks"][-1]
    assert last["text"] == "2.乙事要抓实。\n责任单位：县财政局"
    assert last["responsible_units"] == ["县财政局"]


def test_page_numbers_do_not_break_a_task() -> None:
    text = "1.甲事要抓实，\n- 3 -\n也要抓细。（县司法局、\n— 4 —\n县财政局）\n2.乙事。（县财政局）"
    assert units(text) == [["县司法局", "县财政局"], ["县财政局"]]


def test_a_notice_and_its_plan() -> None:
    text = (
        "云溪县人民政府办公室关于印发《云溪县2025年普法要点》的通知\n云政办发〔2025〕8号\n各乡镇人民政府、街道办事处，县政府各部门：\n"
        "现将《云溪县2025年普法要点》印发给你们，请认真落实。\n云溪县人民政府办公室\n2025年3月1日\n\n云溪县2025年普法要点\n"
        "一、重点任务\n1.甲事。（县司法局）\n2.乙事。（县财政局）\n"
    )
    reading = read(text)
    assert [(task["number"], task["responsible_units"]) for task in reading["tasks"]] == [
        ("1", ["县司法局"]),
        ("2", ["县财政局"]),
    ]


def _codes(text: str) -> tuple[list[Json], list[str]]:
    reading = read(text)
    return reading["tasks"], [warning["code"] for warning in reading["warnings"]]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "今天天气很好，我们去公园。",
        "云溪县2024年法治政府建设情况报告\n一、工作开展情况\n（一）学法。全年学法4次，办结率100%。\n（二）执法。办理案件27件。\n二、存在问题\n（一）认识不够。\n三、下步打算\n（一）加强学法。",
        "云溪县法治政府建设示范单位创建活动实施方案\n一、申报条件\n（一）无重大违法。\n（二）群众满意。\n二、命名\n（一）公示7日。\n（二）颁发牌匾。",
        "姓名\t年龄\t电话\n甲\t30\t0500-5550101\n乙\t40\t0500-5550102",
        "第一条 为规范管理，制定本办法。\n第二条 本办法自2025年1月1日起施行。\n第三条 本办法由县司法局负责解释。",
        "1,2,3\n4,5,6\n7,8,9",
    ],
)
def test_what_is_no_plan_gives_no_tasks(text: str) -> None:
    assert _codes(text) == ([], ["not_a_plan"])


def test_the_refusal_says_what_was_read_and_what_to_do() -> None:
    reading = read("云溪县2024年法治政府建设情况报告\n一、工作情况\n（一）学法4次。\n")
    message = reading["warnings"][0]["message"]
    assert "云溪县2024年法治政府建设情况报告" in message
    assert message.endswith("。")


def test_a_plan_that_names_no_units_gives_its_items_and_says_so() -> None:
    items = "\n".join(f"{n}.做好第{n}项工作，年底前完成。" for n in range(1, 6))
    found, codes = _codes(f"云溪县2025年普法工作要点\n一、重点任务\n{items}\n")
    assert [task["number"] for task in found] == ["1", "2", "3", "4", "5"]
    assert "no_units" in codes
    assert all(not task["mentions"] for task in found)


def test_a_long_problem_given_to_units_in_prose() -> None:
    quoted = "要建立投入稳定增长机制，积极调整支出结构、资产投资结构和信贷投放结构，" * 4
    found = read(
        "关于落实若干意见有关政策措施的通知\n一、工作分工\n"
        f"（一）关于“{quoted}”的问题，由财政部、发展改革委研究提出意见。\n"
        "（二）关于“完善补贴政策”的问题，由财政部负责落实。\n"
    )["tasks"]
    assert [task["responsible_units"] for task in found] == [["财政部", "发展改革委"], ["财政部"]]


@pytest.mark.parametrize(
    ("title", "sentence", "code"),
    [
        ("云溪县2025年要点", "抓学法。（责任单位：县直有关部门）", "group_unclear"),
        ("云溪县普法要点", "抓学法，3年内见成效。（责任单位：县司法局）", "date_unknown"),
        ("云溪县普法行动方案（2025—2027年）", "抓学法，10月底前见成效。（责任单位：县司法局）", "year_assumed"),
        ("云溪县普法要点", "2024年已达标的，10月底前再查。（责任单位：县司法局）", "date_unknown"),
        ("云溪县普法要点", "2025年抓学法，10月底前见成效。（责任单位：县司法局）", "year_assumed"),
        ("云溪县2025年要点", "抓学法，2024年12月底前全部完成。（责任单位：县司法局）", "date_past"),
        ("云溪县2025年要点", "清偿2024年底前形成的无分歧欠款。（责任单位：县司法局）", None),
        ("云溪县2025年要点", "抓学法，2024年底前完成全部的整改。（责任单位：县司法局）", "date_past"),
        ("云溪县2025年要点", "抓学法。完成时限：2024年12月31日。（责任单位：县司法局）", None),
        ("云溪县2025年要点", "抓学法。（责任单位：县司法局）", None),
    ],
)
def test_doubts_are_told(title: str, sentence: str, code: str | None) -> None:
    codes = [
        warning["code"]
        for warning in read(f"{title}\n一、任务\n1.{sentence}\n2.抓用法。（责任单位：县财政局）\n")["warnings"]
    ]
    assert codes == ([code] if code else [])


def test_units_outside_every_task_are_told() -> None:
    """Units that a heading names, over items with units of their own, are nobody's until a person says whose."""
    reading = read(
        "云溪县2025年要点\n一、任务\n1.完善制度。（责任单位：县财政局、县审计局）\n"
        "（1）完善甲制度。（责任单位：县司法局）\n（2）完善乙制度。（责任单位：县档案局）\n2.抓用法。（责任单位：县教育局）\n"
    )
    assert [task["number"] for task in reading["tasks"]] == ["（1）", "（2）", "2"]
    (doubt,) = reading["warnings"]
    assert doubt["code"] == "units_unplaced"
    assert "县财政局、县审计局" in doubt["message"]
    assert reading["text"][doubt["start"] : doubt["end"]] == "（责任单位：县财政局、县审计局）"


SIGNS = ("{n}.", "{n}、", "（{c}）", "（{n}）", "{n}", "{n}）")


@given(signs=st.lists(st.sampled_from(SIGNS), min_size=3, max_size=9), head=st.sampled_from(("", "一、任务\n")))
@quick
def test_no_unit_is_lost_in_a_broken_count(signs: list[str], head: str) -> None:
    """Whatever signs stand before the items: every unit is a task's, or a doubt asks whose it is."""
    items = [
        sign.format(n=n, c="一二三四五六七八九"[n - 1]) + f"完善第{n}项制度。（责任单位：{name}局）"
        for n, (sign, name) in enumerate(zip(signs, OFFICES, strict=False), 1)
    ]
    reading = read(f"云溪县2025年要点\n{head}" + "\n".join(items) + "\n")
    named = {name for task in reading["tasks"] for name in task["responsible_units"]}
    asked = "".join(doubt["message"] for doubt in reading["warnings"])
    assert [name for name in OFFICES[: len(signs)] if f"{name}局" not in named and f"{name}局" not in asked] == []


OFFICES = ("县司法", "县财政", "县审计", "县档案", "县教育", "县统计", "县林业", "县水利", "县医保")


def test_a_bare_quarter_opens_an_item() -> None:
    """The number of the item before it is no word of the sentence."""
    reading = read(f"{TITLE}一、任务\n1.一季度开展银企对接活动4场。（县司法局）\n2.抓用法。（县财政局）\n")
    assert [[due["date"] for due in task["due"]] for task in reading["tasks"]] == [["2025-03-31"], []]


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("以下各项工作均需各乡镇人民政府落实，不再列出", True),
        ("以下均需各乡、镇（街道）落实，不再列出", True),
        ("上述任务均由各乡镇负责", True),
        ("以下简称县平台", False),
        ("各乡镇均需落实", False),
    ],
)
def test_a_clause_about_all_tasks_is_told(clause: str, *, told: bool) -> None:
    reading = read(f"{TITLE}一、任务\n1.抓学法。（县司法局牵头，县教育局配合。{clause}）\n2.抓用法。（县财政局负责）\n")
    found = [doubt for doubt in reading["warnings"] if doubt["code"] == "units_for_all"]
    assert [reading["text"][doubt["start"] : doubt["end"]] for doubt in found] == ([clause] if told else [])
