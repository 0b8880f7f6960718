"""Tables whose cells are parted by single spaces, as text copied out of a PDF or a word processor prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from .fold import SPACE, Script
from .grid import Box, Column, Grid, Row, column_heads, is_head
from .ranges import Ranges

_HEADS = re.compile("序号|编号")
_NUMBER = re.compile(r"\d{1,3}[.、]?")


def spaced_grids(script: Script, skip: Ranges) -> Iterator[Grid]:
    """Tables whose head is a line of several heads and whose rows begin with numbers that go on counting."""
    if not _HEADS.search(script.plain):
        return
    lines = [(low, high) for low, high in pairwise([*script.line_starts(), len(script.plain)]) if not skip.holds(low)]
    index = 0
    while index < len(lines):
        columns = _head(script, *lines[index])
        rows = list(_rows(script, lines[index + 1 :], columns)) if columns else []
        if rows:
            yield Grid(columns, rows, lines[index][0], rows[-1].extent(columns)[1])
        index += 1 + len(rows)


def _pieces(script: Script, low: int, high: int) -> list[Box]:
    cuts = [low, *(place for place in range(low + 1, high) if script.gaps[place] >= SPACE), high]
    return [Box(first, last) for first, last in pairwise(cuts)]


def _head(script: Script, low: int, high: int) -> dict[int, Column]:
    """The columns of a head; letters that are spaced out (工 作 任 务) are put together."""
    if high - low > 60 or not _HEADS.match(script.plain, low):
        return {}
    joined: list[Box] = []
    for single, run in groupby(_pieces(script, low, high), key=lambda box: box.end - box.start == 1):
        boxes = list(run)
        joined += [Box(boxes[0].start, boxes[-1].end)] if single else boxes
    columns = column_heads(script, dict(enumerate(joined)))
    return columns if len(joined) >= 3 and is_head(columns, len(joined)) and columns.get(1) else {}


def _rows(script: Script, lines: list[tuple[int, int]], columns: dict[int, Column]) -> Iterator[Row]:
    """Rows while the numbers go on: the last cells belong to the last columns, what stands between is the task."""
    after = max(columns) - 1
    expected: int | None = None
    for low, high in lines:
        boxes = _pieces(script, low, high)
        number = _NUMBER.fullmatch(script.plain, boxes[0].start, boxes[0].end)
        value = int(number[0].rstrip(".、")) if number is not None else None
        if value is None or len(boxes) < after + 2 or (expected is not None and value != expected):
            return
        cells = [boxes[0], Box(boxes[1].start, boxes[-after - 1].end), *boxes[len(boxes) - after :]]
        yield Row(dict(enumerate(cells)))
        expected = value + 1
