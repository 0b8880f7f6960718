"""Columns of a terminal, where Chinese characters are two cells wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.faces.cli.columns import cut, plain, table, width

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
ROWS = st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("text", "cells"), [("", 0), ("abc", 3), ("县司法局", 8), ("（1）", 5), ("ｱ", 1), ("e\u0301", 1), ("Ａ", 2)]
)
def test_width(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("县司法局", 8, "县司法局"),
        ("县司法局", 7, "县司法…"),
        ("县司法局", 6, "县司…"),
        ("县司法局", 1, "…"),
        ("", 5, ""),
    ],
)
def test_cut(text: str, cells: int, expected: str) -> None:
    assert cut(text, cells) == expected


@given(WORDS, st.integers(1, 60))
def test_cut_fits_and_keeps_the_beginning(text: str, cells: int) -> None:
    shorter = cut(text, cells)
    assert width(shorter) <= cells
    assert text.startswith(shorter.removesuffix("…"))


@given(WORDS)
def test_plain_is_one_line_that_cannot_steer_a_terminal(text: str) -> None:
    line = plain(text)
    assert len(line.splitlines()) <= 1
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in line)


@pytest.mark.parametrize("text", ["红\x1b[31m字", "右\u202e左", "换\r\n行", "页\x0c码"])
def test_plain_takes_control_characters_out(text: str) -> None:
    assert plain(text).isprintable()


def test_table_aligns_by_cells() -> None:
    rows = [("序号", "任务", "单位"), ("1", "完善程序", "县司法局"), ("12", "a", "b")]
    assert list(table(rows, (6, 10, 10))) == ["序号  任务      单位", "1     完善程序  县司法局", "12    a         b"]


@given(ROWS)
def test_every_column_begins_in_the_same_cell(rows: list[tuple[str, str, str]]) -> None:
    marked = [(a, b, "|" + c) for a, b, c in rows]
    lines = list(table(marked, (20, 20, 20)))
    assert len(lines) == len(rows)
    begins = {width(line[: line.rindex("|", 0, _last(line, row[2]))]) for line, row in zip(lines, marked, strict=True)}
    assert len(begins) == 1


def _last(line: str, cell: str) -> int:
    """Just after the bar with which the last cell begins."""
    return len(line) - len(cut(plain(cell), 20)) + 1


@given(ROWS)
def test_no_line_is_wider_than_its_columns(rows: list[tuple[str, str, str]]) -> None:
    assert all(width(line) <= 10 + 2 + 10 + 2 + 10 for line in table(rows, (10, 10, 10)))
