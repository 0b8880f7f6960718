"""Tables printed with one cell per line, as a copied web page leaves them."""

from __future__ import annotations

from collections.abc import Iterator

from .fold import Script
from .grid import Box, Column, Grid, Row, are_names, column_heads
from .numerals import whole
from .ranges import Ranges
from .text_grid import BANNER, lines_with_marks


def stacked_grids(script: Script, skip: Ranges) -> Iterator[Grid]:
    """Tables printed with one cell per line, the head first."""
    cells = [
        Box(low, high - 1 if script.plain[high - 1] == "|" else high)
        for low, high, boxes in lines_with_marks(script, skip)
        if len(boxes) == 1 and high > low
    ]
    index = 0
    while index < len(cells):
        head = _stacked_head(script, cells, index)
        if head is None:
            index += 1
            continue
        columns, after = head
        rows, stop = _stacked_rows(script, cells, after, columns)
        if rows:
            yield Grid(columns, rows, cells[index].start, rows[-1].extent(columns)[1])
        index = max(stop, after)


def _stacked_head(script: Script, cells: list[Box], index: int) -> tuple[dict[int, Column], int] | None:
    columns: dict[int, Column] = {}
    at = index
    while at < len(cells) and at - index < 9:
        found = column_heads(script, {0: cells[at]})
        words = script.plain[cells[at].start : cells[at].end]
        if (
            not found
            or len(words) > 10
            or (found[0].kind == "task" and len(words) > 6 and any(c.kind == "task" for c in columns.values()))
        ):
            break
        columns[at - index] = found[0]
        at += 1
    kinds = [column.kind for column in columns.values()]
    if len(columns) < 3 or "number" not in kinds or "task" not in kinds or not set(kinds) & {"lead", "responsible"}:
        return None
    return columns, at


def _stacked_rows(script: Script, cells: list[Box], at: int, columns: dict[int, Column]) -> tuple[list[Row], int]:
    rows: list[Row] = []
    first = next((place for place, column in columns.items() if column.kind == "number"), 0)
    expected = None
    while at < len(cells):
        value = _row_number(script, cells[at])
        if value is None or (expected is not None and value != expected):
            if value is None and _is_banner(script, cells, at):
                at += 1
                continue
            break
        stop = at + 1
        while (
            stop < len(cells)
            and stop - at < 4 * len(columns)
            and _row_number(script, cells[stop]) != value + 1
            and not _is_banner(script, cells, stop)
        ):
            stop += 1
        row = _deal(script, cells[at:stop], columns, first)
        if row is None:
            break
        rows.append(row)
        at, expected = stop, value + 1
    return rows, at


def _row_number(script: Script, box: Box) -> int | None:
    words = script.plain[box.start : box.end].rstrip(".、")
    return whole(words) if words.isdigit() and len(words) <= 3 else None


def _is_banner(script: Script, cells: list[Box], at: int) -> bool:
    """A line between rows that only names a group of tasks: 一、……"""
    words = script.plain[cells[at].start : cells[at].end]
    return len(words) < 50 and BANNER.match(words) is not None


def _deal(script: Script, cells: list[Box], columns: dict[int, Column], first: int) -> Row | None:
    """Give the cells of one row to its columns; a cell may itself be several lines."""
    width = len(columns)
    if len(cells) == width:
        return Row(dict(enumerate(cells)))
    if len(cells) < width - 2 or not cells:
        return None
    row = Row({first: cells[0]})
    places = [place for place in sorted(columns) if place != first]
    rest = cells[1:]
    text_places = [place for place in places if columns[place].kind in ("task", "section")]
    unit_places = [place for place in places if columns[place].kind in ("lead", "responsible")]
    split = next((i for i, box in enumerate(rest) if i >= len(text_places) and are_names(script, box)), len(rest))
    _spread(row, rest[:split], text_places)
    tail = rest[split:]
    stop = next((i for i, box in enumerate(tail) if not are_names(script, box)), len(tail))
    _spread(row, tail[:stop], unit_places)
    for place, box in zip(
        [p for p in places if p not in text_places and p not in unit_places], tail[stop:], strict=False
    ):
        row.boxes[place] = box
    return row


def _spread(row: Row, boxes: list[Box], places: list[int]) -> None:
    if not places or not boxes:
        return
    for place, box in zip(places[:-1], boxes, strict=False):
        row.boxes[place] = box
    left = boxes[len(places) - 1 :]
    if left:
        row.boxes[places[-1]] = Box(left[0].start, left[-1].end)
