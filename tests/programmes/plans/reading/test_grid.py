"""Tables of tasks: tabs, pipes, one cell per line, and cells that the format knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.programmes.plans.reading.small import Json, assert_offsets_are_true, printed, read
from zhunsheng.kernel.documents.model import Cell, Document, Table
from zhunsheng.programmes.plans.reading import as_json, read_plan

TITLE = "云溪县2025年普法任务分解表\n"

HEAD = ["序号", "工作任务", "牵头单位", "责任单位", "完成时限"]
ROWS = [
    ["1", "编制清单并公布。", "县司法局", "县财政局、县审计局", "2025年6月底前"],
    ["2", "开展轮训，每年不少于2次，合格率达到95%以上。", "县人社局", "各乡镇、街道，县政府各部门", "长期坚持"],
    ["3", "建成平台。", "县数据局", "县司法局等", "12月10日前"],
]
READ = [
    ("1", ["县司法局"], ["县财政局", "县审计局"], [("2025年6月底前", "2025-06-30")]),
    ("2", ["县人社局"], ["各乡镇、街道", "县政府各部门"], []),
    ("3", ["县数据局"], ["县司法局"], [("12月10日前", "2025-12-10")]),
]


def short(reading: Json) -> list[tuple[str, list[str], list[str], list[tuple[str, ...]]]]:
    assert_offsets_are_true(reading)
    return [
        (task["number"], task["lead_units"], task["responsible_units"], printed(task["due"], "text", "date"))
        for task in reading["tasks"]
    ]


def with_tabs(rows: list[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def with_pipes(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def without_outer_pipes(rows: list[list[str]]) -> str:
    return "\n".join("|".join(row) for row in rows)


def drawn(rows: list[list[str]], signs: str = "│┌─┬┐├┼┤└┴┘") -> str:
    """Drawn with box characters, a ruler after every row, all lines of one width."""
    side = signs[0]
    widths = [max(_width(row[at]) for row in rows) for at in range(len(rows[0]))]

    def ruler(left: str, middle: str, right: str) -> str:
        return left + middle.join(signs[2] * (width // 2) for width in widths) + right

    body = [
        side + side.join(cell + " " * (w - _width(cell)) for cell, w in zip(r, widths, strict=True)) + side
        for r in rows
    ]
    inner = f"\n{ruler(signs[5], signs[6], signs[7])}\n".join(body)
    return f"{ruler(signs[1], signs[3], signs[4])}\n{inner}\n{ruler(signs[8], signs[9], signs[10])}"


def drawn_heavily(rows: list[list[str]]) -> str:
    return drawn(rows, "┃┏━┳┓┣╋┫┗┻┛")


def drawn_double(rows: list[list[str]]) -> str:
    return drawn(rows, "║╔═╦╗╠╬╣╚╩╝")


def _width(cell: str) -> int:
    return len(cell.encode("gb18030"))


def stacked(rows: list[list[str]]) -> str:
    return "\n".join(cell for row in rows for cell in row)


@pytest.mark.parametrize(
    "layout", [with_tabs, with_pipes, without_outer_pipes, stacked, drawn, drawn_heavily, drawn_double]
)
def test_the_same_table_in_other_layouts(layout: Callable[[list[list[str]]], str]) -> None:
    assert short(read(f"{TITLE}{layout([HEAD, *ROWS])}\n")) == READ


def test_a_table_between_headings() -> None:
    text = f"{TITLE}一、重点任务\n{with_tabs([HEAD, *ROWS])}\n二、工作要求\n（一）提高认识。"
    reading = read(text)
    assert short(reading) == READ
    assert [(section["number"], section["title"]) for section in reading["sections"]][:2] == [
        ("一", "重点任务"),
        ("二", "工作要求"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        ["序号", "任务内容", "牵头部门", "配合部门", "完成时间"],
        ["序 号", "主要任务", "牵头单位", "配合单位", "时限要求"],
        ["编号", "工作举措", "牵头责任单位", "责任单位", "时间节点"],
        ["序号", "重点事项", "牵头单位（部门）", "参加单位", "完成时限（年月）"],
    ],
)
def test_columns_under_other_names(head: list[str]) -> None:
    assert short(read(TITLE + with_tabs([head, *ROWS]) + "\n")) == READ


def test_columns_in_another_order() -> None:
    order = [0, 4, 3, 1, 2]
    rows = [[row[at] for at in order] for row in [HEAD, *ROWS]]
    assert short(read(TITLE + with_tabs(rows) + "\n")) == READ


def test_one_column_of_units_with_the_roles_inside() -> None:
    rows = [
        ["序号", "工作任务", "责任单位"],
        ["1", "编制清单。", "县司法局牵头，县财政局配合"],
        ["2", "开展轮训。", "县人社局、县司法局"],
    ]
    found = [(lead, other) for _, lead, other, _ in short(read(TITLE + with_tabs(rows) + "\n"))]
    assert found == [(["县司法局"], ["县财政局"]), ([], ["县人社局", "县司法局"])]


def test_columns_that_name_no_units_are_left_alone() -> None:
    rows = [
        ["序号", "工作任务", "责任领导", "责任单位", "备注"],
        ["1", "编制清单。", "王某某", "县司法局", "县财政局已拨款"],
        ["2", "开展轮训。", "李某某", "县人社局", ""],
    ]
    assert [(lead, other) for _, lead, other, _ in short(read(TITLE + with_tabs(rows) + "\n"))] == [
        ([], ["县司法局"]),
        ([], ["县人社局"]),
    ]


def test_a_table_without_numbers() -> None:
    rows = [
        ["工作任务", "责任单位", "完成时限"],
        ["编制清单。", "县司法局", "6月底前"],
        ["开展轮训。", "县人社局", "年底前"],
    ]
    assert short(read(TITLE + with_tabs(rows) + "\n")) == [
        ("", [], ["县司法局"], [("6月底前", "2025-06-30")]),
        ("", [], ["县人社局"], [("年底前", "2025-12-31")]),
    ]


def test_a_row_between_the_rows_that_names_their_group() -> None:
    text = with_tabs([HEAD, ROWS[0]]) + "\n二、第二类\n" + with_tabs(ROWS[1:]) + "\n"
    assert short(read(TITLE + text)) == READ


def test_values_in_the_words_of_a_row() -> None:
    task = read(TITLE + with_tabs([HEAD, *ROWS]) + "\n")["tasks"][1]
    assert printed(task["frequency"], "text", "count", "op", "per") == [("每年不少于2次", "2", ">=", "year")]
    assert printed(task["targets"], "text", "op", "value", "unit") == [("达到95%以上", ">=", "95", "%")]


def test_a_table_of_something_else_gives_no_tasks() -> None:
    rows = [["姓名", "电话", "地址"], ["甲某", "0500-5550101", "云溪镇"], ["乙某", "0500-5550102", "青石街道"]]
    reading = read(with_tabs(rows))
    assert reading["tasks"] == []
    assert [warning["code"] for warning in reading["warnings"]] == ["not_a_plan"]


def known_cells(rows: Sequence[Sequence[str | None]], title: str = TITLE) -> Document:
    """A document with a table whose cells are known; None continues the cell above."""
    text, above, table = title, dict[int, Cell](), []
    for row in rows:
        cells = []
        for column, words in enumerate(row):
            if words is None:
                cells.append(Cell(above[column].start, above[column].end, column, merged=True))
            else:
                above[column] = Cell(len(text), len(text) + len(words), column)
                cells.append(above[column])
                text += words
            text += "\t" if column < len(row) - 1 else "\n"
        table.append(tuple(cells))
    return Document(text=text, kind="docx", tables=(Table(tuple(table)),))


def test_cells_that_the_format_knows() -> None:
    assert short(as_json(read_plan(known_cells([HEAD, *ROWS])))) == READ


def test_line_breaks_inside_a_cell() -> None:
    rows: list[list[str | None]] = [
        ["序号", "工作\n任务", "牵头\n单位", "责任单位"],
        ["1", "编制\n清单。", "县司\n法局", "县财政局\n县审计局"],
        ["2", "开展轮训。", "县人社局", "县司法局"],
    ]
    found = short(as_json(read_plan(known_cells(rows))))
    assert [row[:3] for row in found] == [
        ("1", ["县司法局"], ["县财政局", "县审计局"]),
        ("2", ["县人社局"], ["县司法局"]),
    ]


def test_rows_may_share_their_units() -> None:
    rows: list[list[str | None]] = [
        ["序号", "类别", "工作任务", "责任单位"],
        ["1", "学法", "编制清单。", "县司法局"],
        ["2", None, "开展轮训。", None],
        ["3", "执法", "评查案卷。", "县财政局"],
    ]
    reading = as_json(read_plan(known_cells(rows)))
    found = [(task["number"], task["responsible_units"]) for task in reading["tasks"]]
    assert found == [("1", ["县司法局"]), ("2", ["县司法局"]), ("3", ["县财政局"])]


def test_one_number_over_several_rows_is_one_task() -> None:
    rows: list[list[str | None]] = [
        ["序号", "工作任务", "具体措施", "责任单位"],
        ["1", "编制清单", "摸清底数。", "县司法局"],
        [None, None, "向社会公布。", None],
        ["2", "开展轮训", "每年至少培训2次。", "县人社局"],
    ]
    reading = as_json(read_plan(known_cells(rows)))
    assert [(task["number"], task["responsible_units"]) for task in reading["tasks"]] == [
        ("1", ["县司法局"]),
        ("2", ["县人社局"]),
    ]
    assert "向社会公布" in reading["tasks"][0]["text"]


def test_the_text_of_a_row_runs_from_its_first_cell_to_its_last() -> None:
    reading = as_json(read_plan(known_cells([HEAD, *ROWS])))
    assert [task["text"] for task in reading["tasks"]] == ["\t".join(row) for row in ROWS]


def test_cells_parted_by_single_spaces() -> None:
    text = (
        TITLE + "序号 工 作 任 务 牵头单位 完成时限\n"
        "1 编制清单 并公布。 县司法局 6月底前\n"
        "2 开展轮训。 县人社局 年底前\n"
        "备注：另行通知。\n"
    )
    assert short(read(text)) == [
        ("1", ["县司法局"], [], [("6月底前", "2025-06-30")]),
        ("2", ["县人社局"], [], [("年底前", "2025-12-31")]),
    ]


def test_words_with_numbers_are_no_table_without_a_head() -> None:
    assert read(TITLE + "1 编制清单。 县司法局 6月底前\n2 开展轮训。 县人社局 年底前\n")["tasks"] == []


def test_an_empty_cell_between_tabs_keeps_its_place() -> None:
    rows = [HEAD, ["1", "编制清单。", "县司法局", "", "6月底前"]]
    assert short(read(TITLE + with_tabs(rows) + "\n")) == [("1", ["县司法局"], [], [("6月底前", "2025-06-30")])]
