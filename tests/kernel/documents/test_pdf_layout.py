"""Wrapped lines, furniture and tables of whole PDF pages."""

from __future__ import annotations

import pytest

from tests.kernel.documents.pdf_files import Pdf
from zhunsheng.kernel.documents.model import Document
from zhunsheng.kernel.documents.pdf import read_pdf

# 26 characters of 16 points from x = 90 end at x = 506.
FULL = "为贯彻落实法治政府建设实施纲要，结合我县实际制定本方"
INDENTED = FULL[:-2]


def read(file: Pdf) -> Document:
    return read_pdf(file.save(), "PDF 文件（1 KB）")


def cells(document: Document, table: int = 0) -> list[list[tuple[int, str, bool]]]:
    text = document.text
    return [[(c.column, text[c.start : c.end], c.merged) for c in row] for row in document.tables[table].rows]


def test_wrapped_lines_are_joined_and_paragraphs_kept() -> None:
    document = read(Pdf().lines(">" + INDENTED, FULL, "案，请执行。", ">一、总体要求", ">" + INDENTED, "末行。"))
    assert document.text == f"{INDENTED}{FULL}案，请执行。\n一、总体要求\n{INDENTED}末行。"


def test_a_short_line_ends_its_paragraph() -> None:
    document = read(Pdf().lines(FULL, FULL, "县司法局", "县财政局", "县审计局"))
    assert document.text == f"{FULL}{FULL}县司法局\n县财政局\n县审计局"


def test_an_indented_line_begins_a_paragraph_however_full_the_one_before() -> None:
    document = read(Pdf().lines(">" + INDENTED, FULL, ">" + INDENTED, FULL))
    assert document.text == f"{INDENTED}{FULL}\n{INDENTED}{FULL}"


def test_a_numbered_line_after_a_full_sentence_is_a_paragraph() -> None:
    full = FULL[:-1] + "。"
    document = read(Pdf().lines(full, "二、落实行政执法责任制各项要求", full, "责任单位：县司法局", FULL, FULL))
    assert document.text.split("\n") == [
        full,
        "二、落实行政执法责任制各项要求",
        full,
        "责任单位：县司法局",
        FULL + FULL,
    ]


def test_what_could_not_be_split_explains_a_short_line() -> None:
    short = FULL[:-2]
    assert read(Pdf().lines(FULL, FULL, short, "2025年底前完成")).text == f"{FULL}{FULL}{short}2025年底前完成"
    assert read(Pdf().lines(FULL, FULL, FULL[:-4], "完成任务")).text == f"{FULL}{FULL}{FULL[:-4]}\n完成任务"


def test_latin_words_keep_a_space() -> None:
    upper = FULL[:-4] + "in office"
    assert read(Pdf().lines(FULL, FULL, upper, "mail 2025")).text.endswith("in office mail 2025")


def test_other_sizes_and_wide_gaps_are_not_joined() -> None:
    title = Pdf().text(90, 760, FULL).text(90, 732, FULL).text(90, 700, "大字标题", 24).text(90, 500, "远处")
    assert read(title).text.split("\n")[1:] == ["大字标题", "远处"]


def test_a_paragraph_goes_on_over_the_page() -> None:
    document = read(Pdf().lines(">" + INDENTED, FULL).text(290, 40, "— 1 —", 12).page().lines("案。", ">下段"))
    assert document.text == f"{INDENTED}{FULL}案。\n下段"


@pytest.mark.parametrize("number", ["— {} —", "- {} -", "－{}－", "第 {} 页", "第{}页 共3页", "{}", "{}/3"])
def test_page_numbers_are_furniture(number: str) -> None:
    words = ["健全制度体系", "落实主体责任", "强化督促检查"]
    file = Pdf()
    for place, line in enumerate(words, 1):
        file.lines(line).text(290, 40, number.format(place), 12)
        if place < 3:
            file.page()
    assert read(file).text == "\n".join(words)


def test_running_heads_are_furniture() -> None:
    file = Pdf()
    for words in "甲乙丙":
        file.text(200, 800, "云溪县法治政府建设方案", 10).lines(words).page()
    assert read(file).text == "甲\n乙\n丙"


def test_numbers_and_words_that_only_look_like_furniture_stay() -> None:
    assert read(Pdf().lines("云溪县人民政府", "2025").page().lines("云溪县司法局", "2025")).text.count("2025") == 2
    assert read(Pdf().lines("一、总体要求", "甲").page().lines("一、总体要求", "乙")).text.count("一、总体要求") == 2


XS = [90.0, 130.0, 330.0, 500.0]


def test_a_ruled_table() -> None:
    rows = [
        ["序号", "任务", "单位"],
        ["1", "做好法治政府建设工作的各项任务，/确保完成", "县司法局"],
        ["2", "", "县财政局/县审计局"],
    ]
    document = read(Pdf().text(90, 740, "分工表").table(XS, [720, 690, 640, 590], rows).text(90, 560, "注：按期完成"))
    assert document.text == (
        "分工表\n序号\t任务\t单位\n1\t做好法治政府建设工作的各项任务，确保完成\t县司法局\n2\t\t县财政局\n县审计局\n注：按期完成"
    )
    assert cells(document)[2] == [(0, "2", False), (1, "", False), (2, "县财政局\n县审计局", False)]


def test_a_table_of_rectangles() -> None:
    file = Pdf().lines("上文文字", y=800)
    for row in range(2):
        for column in range(2):
            file.rectangle(100 + 150 * column, 700 - 30 * row, 150, 30).text(
                104 + 150 * column, 710 - 30 * row, f"格{row}{column}", 12
            )
    assert [[text for _, text, _ in row] for row in cells(read(file))] == [["格00", "格01"], ["格10", "格11"]]


def test_cells_without_a_rule_between_them_are_one() -> None:
    file = Pdf().text(300, 800, "上文文字")
    for x, top, bottom in ((90, 720, 600), (150, 720, 600), (300, 690, 600), (500, 720, 600)):
        file.rule(x, top, x, bottom)
    for y, left in ((720, 90), (690, 150), (650, 150), (600, 90)):
        file.rule(left, y, 500, y)
    for x, y, words in (
        (95, 650, "类别"),
        (250, 700, "任务"),
        (155, 660, "甲"),
        (305, 660, "乙"),
        (155, 620, "丙"),
        (305, 620, "丁"),
    ):
        file.text(x, y, words, 12)
    assert cells(read(file)) == [
        [(0, "类别", False), (1, "任务", False)],
        [(0, "类别", True), (1, "甲", False), (2, "乙", False)],
        [(0, "类别", True), (1, "丙", False), (2, "丁", False)],
    ]


HEAD = ["序号", "任务", "单位"]


def two_pages(first: list[list[str]], second: list[list[str]]) -> Pdf:
    file = Pdf().table(XS, [720.0 - 40 * row for row in range(len(first) + 1)], first).text(290, 40, "— 1 —", 12)
    return (
        file.page().table(XS, [780.0 - 40 * row for row in range(len(second) + 1)], second).text(290, 40, "— 2 —", 12)
    )


def test_a_table_goes_on_over_the_page_and_its_head_is_not_repeated() -> None:
    document = read(two_pages([HEAD, ["1", "甲任务", "县司法局"]], [HEAD, ["2", "乙任务", "县财政局"]]))
    assert [[text for _, text, _ in row] for row in cells(document)] == [
        HEAD,
        ["1", "甲任务", "县司法局"],
        ["2", "乙任务", "县财政局"],
    ]
    assert len(document.tables) == 1


def test_a_row_cut_by_the_page_is_put_together() -> None:
    document = read(
        two_pages(
            [HEAD, ["1", "甲任务", "县司法局"], ["2", "做好乙", "县财政"]], [["", "任务。", "局"], ["3", "丙", "丁"]]
        )
    )
    assert [[text for _, text, _ in row] for row in cells(document)][2:] == [
        ["2", "做好乙任务。", "县财政局"],
        ["3", "丙", "丁"],
    ]


def test_tables_with_other_columns_stay_apart() -> None:
    file = (
        Pdf()
        .table(XS, [720, 690], [["甲甲", "乙乙", "丙丙"]])
        .page()
        .table([90, 200, 500], [780, 740], [["丁丁", "戊戊"]])
    )
    assert len(read(file).tables) == 2


def test_names_on_lines_of_their_own_are_not_run_together() -> None:
    file = (
        Pdf()
        .lines("上文文字", y=800)
        .table([90, 130, 205], [720, 690, 620], [["号", "单位"], ["1", "县水务局/县农业农村局/县财政局"]])
    )
    assert cells(read(file))[1][1][1] == "县水务局\n县农业农村局\n县财政局"


@pytest.mark.parametrize("draw", ["frame", "line", "cross"])
def test_frames_and_lines_are_no_tables(draw: str) -> None:
    file = Pdf().lines("云溪县人民政府文件", "云政发〔2025〕1号")
    if draw == "frame":
        file.rectangle(50, 50, 500, 750)
    if draw == "line":
        file.rule(90, 700, 500, 700).rule(90, 698, 500, 698)
    if draw == "cross":
        file.rule(90, 600, 500, 400).rule(300, 600, 303, 600)
    document = read(file)
    assert document.tables == ()
    assert document.text == "云溪县人民政府文件\n云政发〔2025〕1号"
