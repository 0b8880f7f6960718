from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.kernel.documents.flow import Flow, Placed
from zhunsheng.kernel.documents.model import Cell


def test_lines_and_a_table_with_a_merged_cell() -> None:
    flow = Flow()
    flow.line("分工表")
    flow.table([[Placed(0, "类"), Placed(1, "一")], [Placed(0, "", continues=True), Placed(1, "二")]])
    flow.line("完")
    assert flow.text() == "分工表\n类\t一\n\t二\n完"
    (table,) = flow.tables
    assert table.rows == (
        (Cell(4, 5, 0), Cell(6, 7, 1)),
        (Cell(4, 5, 0, merged=True), Cell(9, 10, 1)),
    )
    assert flow.text()[table.start : table.end] == "类\t一\n\t二"


def test_a_cell_that_continues_nothing_is_a_cell() -> None:
    flow = Flow()
    flow.table([[Placed(0, "", continues=True), Placed(1, "一")]])
    assert flow.tables[0].rows[0][0] == Cell(0, 0, 0)


def test_a_table_without_cells_leaves_no_table() -> None:
    flow = Flow()
    flow.table([])
    assert (flow.text(), flow.tables) == ("", [])


@given(st.lists(st.lists(st.text("甲乙\n ", max_size=4), min_size=1, max_size=4), min_size=1, max_size=5))
def test_every_cell_points_at_its_words(rows: list[list[str]]) -> None:
    flow = Flow()
    flow.line("前")
    flow.table([[Placed(column, words) for column, words in enumerate(row)] for row in rows])
    flow.line("后")
    text = flow.text()
    assert [[text[cell.start : cell.end] for cell in row] for row in flow.tables[0].rows] == rows
