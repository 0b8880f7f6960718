from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.kernel.documents.composition import Composition, Placed
from zhunsheng.kernel.documents.model import Cell


def test_lines_and_a_table_with_a_merged_cell() -> None:
    composition = Composition()
    composition.line("分工表")
    composition.table([[Placed(0, "类"), Placed(1, "一")], [Placed(0, "", continues=True), Placed(1, "二")]])
    composition.line("完")
    assert composition.text() == "分工表\n类\t一\n\t二\n完"
    (table,) = composition.tables
    assert table.rows == (
        (Cell(4, 5, 0), Cell(6, 7, 1)),
        (Cell(4, 5, 0, merged=True), Cell(9, 10, 1)),
    )
    assert composition.text()[table.start : table.end] == "类\t一\n\t二"


def test_a_cell_that_continues_nothing_is_a_cell() -> None:
    composition = Composition()
    composition.table([[Placed(0, "", continues=True), Placed(1, "一")]])
    assert composition.tables[0].rows[0][0] == Cell(0, 0, 0)


def test_a_table_without_cells_leaves_no_table() -> None:
    composition = Composition()
    composition.table([])
    assert (composition.text(), composition.tables) == ("", [])


@given(st.lists(st.lists(st.text("甲乙\n ", max_size=4), min_size=1, max_size=4), min_size=1, max_size=5))
def test_every_cell_points_at_its_words(rows: list[list[str]]) -> None:
    composition = Composition()
    composition.line("前")
    composition.table([[Placed(column, words) for column, words in enumerate(row)] for row in rows])
    composition.line("后")
    text = composition.text()
    assert [[text[cell.start : cell.end] for cell in row] for row in composition.tables[0].rows] == rows
