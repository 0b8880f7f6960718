from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.kernel.documents.pdf_grid import find_grids
from zhunsheng.kernel.documents.pdf_page import Glyph, Rule


def across(y: float, x0: float, x1: float) -> Rule:
    return Rule(True, y, x0, x1)


def down(x: float, y0: float, y1: float) -> Rule:
    return Rule(False, x, y0, y1)


def table(xs: list[float], ys: list[float]) -> list[Rule]:
    return [across(y, xs[0], xs[-1]) for y in ys] + [down(x, ys[0], ys[-1]) for x in xs]


def glyph(x: float, y: float) -> Glyph:
    return Glyph("字", x - 5, y - 5, x + 5, y + 5)


def test_characters_go_into_their_cells() -> None:
    (grid,) = find_grids(table([0, 100, 200], [0, 50, 100]))
    assert [grid.take(glyph(x, y)) for x, y in ((50, 75), (150, 75), (50, 25), (250, 25), (50, 125))] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert sorted(grid.glyphs) == [0, 1, 2]
    assert [(region.top, region.left) for region in grid.regions] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_tables_come_from_top_to_bottom() -> None:
    grids = find_grids(table([0, 100, 200], [0, 50]) + table([0, 100, 200], [300, 350]))
    assert [grid.ys[0] for grid in grids] == [350, 50]


def test_strokes_cut_into_pieces_and_drawn_twice_are_one() -> None:
    rules = table([0, 100, 200], [0, 50, 100])
    pieces = [Rule(rule.horizontal, rule.at + shift, low, low + 50) for rule in rules for shift in (0, 1) for low in (0, 50, 100, 150)
              if low < rule.end]  # fmt: skip
    (grid,) = find_grids(pieces)
    assert (grid.xs, grid.ys, len(grid.regions)) == ([0, 100, 200], [100, 50, 0], 4)


def test_sides_that_are_not_drawn() -> None:
    (grid,) = find_grids([across(y, 0, 300) for y in (0, 50, 100)] + [down(x, 0, 100) for x in (100, 200)])
    assert grid.xs == [0, 100, 200, 300]


def test_a_missing_rule_makes_one_cell() -> None:
    rules = [*table([0, 100, 200], [0, 100]), across(50, 100, 200)]
    (grid,) = find_grids(rules)
    assert [(region.top, region.bottom, region.left) for region in grid.regions] == [(0, 1, 0), (0, 0, 1), (1, 1, 1)]


def test_rules_without_end_are_a_drawing() -> None:
    assert find_grids([across(10.0 * number, 0, 100) for number in range(700)]) == []
    assert find_grids([]) == []


@given(st.integers(2, 8), st.integers(1, 10), st.floats(12, 60), st.floats(-1, 1))
def test_every_regular_table_is_found(columns: int, rows: int, step: float, shake: float) -> None:
    xs = [step * place + (shake if place % 2 else 0) for place in range(columns + 1)]
    ys = [step * place for place in range(rows + 1)]
    (grid,) = find_grids(table(xs, ys))
    assert len(grid.regions) == columns * rows
    for row in range(rows):
        for column in range(columns):
            assert grid.take(glyph((xs[column] + xs[column + 1]) / 2, step * (row + 0.5)))
    assert all(len(grid.glyphs[key]) == 1 for key in range(columns * rows))
