"""Tables printed with one cell per line, as a copied web page leaves them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .fold import Script
from .grid import Box, Column, Grid, Row, are_names, column_heads
from .ranges import Ranges
from .text_grid import BANNER, lines_with_marks

_HEADS = re.compile("序号|编号")
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)[.、]?")
_LONGEST_BANNER = 50


def stacked_grids(script: Script, skip: Ranges) -> Iterator[Grid]:
    """Tables printed with one cell per line, the head first."""
    if not _HEADS.search(script.plain):
        return
    cells = [box for _, _, boxes in lines_with_marks(script, skip) if len(boxes) == 1 for box in boxes if box.filled]
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


_Number = tuple[int, ...]
"""The number of a row: (3,) or, where chapters count on their own, (2, 3)."""


def _stacked_rows(script: Script, cells: list[Box], at: int, columns: dict[int, Column]) -> tuple[list[Row], int]:
    """The rows from a cell on, and the first cell that belongs to none."""
    rows: list[Row] = []
    last: _Number | None = None
    while at < len(cells):
        number = _row_number(script, cells[at])
        if number is None and _is_banner(script, cells, at, last):
            at += 1
            continue
        if number is None or (last is not None and not _succeeds(number, last)):
            break
        stop = _row_end(script, cells, at, number, 4 * len(columns))
        row = _deal(script, cells[at:stop], columns)
        if row is None:
            break
        rows.append(row)
        at, last = stop, number
    return rows, at


def _row_end(script: Script, cells: list[Box], at: int, number: _Number, most: int) -> int:
    for stop in range(at + 1, min(len(cells), at + most)):
        following = _row_number(script, cells[stop])
        if (following is not None and _succeeds(following, number)) or _is_banner(script, cells, stop, number):
            return stop
    return min(len(cells), at + most)


def _row_number(script: Script, box: Box) -> _Number | None:
    match = _NUMBER.fullmatch(script.plain, box.start, box.end)
    return tuple(int(part) for part in match[1].split(".")) if match is not None else None


def _succeeds(number: _Number, last: _Number) -> bool:
    if len(number) != len(last):
        return False
    return number == (*last[:-1], last[-1] + 1) or (len(number) > 1 and number == (last[0] + 1, *(1 for _ in last[1:])))


def _is_banner(script: Script, cells: list[Box], at: int, last: _Number | None) -> bool:
    """A line between rows that only names a group of tasks: 一、……, or anything short right before the next number."""
    words = script.plain[cells[at].start : cells[at].end]
    if len(words) >= _LONGEST_BANNER:
        return False
    if BANNER.match(words):
        return True
    following = _row_number(script, cells[at + 1]) if at + 1 < len(cells) else None
    begins = following is not None and following[-1] == 1 and (last is None or len(following) > 1)
    return begins and "。" not in words


def _deal(script: Script, cells: list[Box], columns: dict[int, Column]) -> Row | None:
    """Give the cells of one row to its columns; a cell may itself be several lines."""
    cells = _joined(script, cells)
    width = len(columns)
    if len(cells) == width:
        return Row(dict(enumerate(cells)))
    if len(cells) < width - 2 or not cells:
        return None
    kinds = {at: column.kind for at, column in sorted(columns.items())}
    texts = [at for at, kind in kinds.items() if kind in ("task", "section")]
    units = [at for at, kind in kinds.items() if kind in ("lead", "responsible")]
    others = [at for at, kind in kinds.items() if at not in texts and at not in units and kind != "number"]
    row = Row({next((at for at, kind in kinds.items() if kind == "number"), 0): cells[0]})
    rest = cells[1:]
    split = next((i for i, box in enumerate(rest) if i >= len(texts) and are_names(script, box)), len(rest))
    stop = next((i for i in range(split, len(rest)) if not are_names(script, rest[i])), len(rest))
    _spread(row, rest[:split], texts)
    _spread(row, rest[split:stop], units)
    row.boxes.update(zip(others, rest[stop:], strict=False))
    return row


def _joined(script: Script, cells: list[Box]) -> list[Box]:
    """Lines that a separator holds together are one cell."""
    joined: list[Box] = []
    for box in cells:
        if joined and (script.plain[joined[-1].end - 1] in "、," or script.plain[box.start] in "、,"):
            joined[-1] = Box(joined[-1].start, box.end)
        else:
            joined.append(box)
    return joined


def _spread(row: Row, boxes: list[Box], places: list[int]) -> None:
    if not places or not boxes:
        return
    for place, box in zip(places[:-1], boxes, strict=False):
        row.boxes[place] = box
    left = boxes[len(places) - 1 :]
    if left:
        row.boxes[places[-1]] = Box(left[0].start, left[-1].end)
