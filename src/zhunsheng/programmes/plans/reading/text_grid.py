"""Tables printed as lines of text, their cells parted by tabs or pipes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from .fold import LINE, TAB, Script
from .grid import Box, Column, Grid, Row, are_names, column_heads, is_head
from .ranges import Ranges

BANNER = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}[章部类篇]"
)
"""A line between rows that names a group of tasks: 一、……"""


def lines_with_marks(script: Script, skip: Ranges) -> Iterator[tuple[int, int, list[Box]]]:
    """Every printed line outside ``skip``, with its cells: cut at tabs and pipes."""
    starts = script.line_starts()
    for low, high in pairwise([*starts, len(script.plain)]):
        if low < high and not skip.holds(low):
            yield low, high, _cut_line(script, low, high)


def _cut_line(script: Script, low: int, high: int) -> list[Box]:
    plain = script.plain
    if plain.find("|", low, high) < 0 and script.gaps.find(TAB, low + 1, high) < 0:
        return [Box(low, high)]
    boxes: list[Box] = []
    at = low
    for place in range(low, high):
        if plain[place] == "|":
            boxes.append(Box(at, place))
            at = place + 1
        elif place > low and script.gaps[place] == TAB and plain[place - 1] != "|":
            boxes.append(Box(at, place))
            boxes += [Box(place, place)] * (script.tabs_before(place) - 1)
            at = place
    boxes.append(Box(at, high))
    if not boxes[0].filled and plain[low : low + 1] == "|":
        boxes = boxes[1:]
    if len(boxes) > 1 and not boxes[-1].filled:
        boxes = boxes[:-1]
    return boxes


def text_grids(script: Script, skip: Ranges) -> Iterator[Grid]:
    """Tables whose head is a line with at least three cells; they end at the first line that is no row."""
    table: _Table | None = None
    for low, high, boxes in lines_with_marks(script, skip):
        columns = column_heads(script, dict(enumerate(boxes))) if len(boxes) >= 3 else {}
        if is_head(columns, len(boxes)):
            yield from _finished(table)
            table = _Table(script, columns, low, high, len(boxes))
        elif table is not None and not table.take(low, high, boxes):
            yield from _finished(table)
            table = None
    yield from _finished(table)


def _finished(table: _Table | None) -> Iterator[Grid]:
    if table is not None and table.rows:
        yield Grid(table.columns, table.rows, table.start, table.end)


@dataclass(slots=True)
class _Table:
    """A table while its lines are read."""

    script: Script
    columns: dict[int, Column]
    start: int
    end: int
    width: int
    rows: list[Row] = field(default_factory=list)
    after_banner: bool = False

    def take(self, low: int, high: int, boxes: list[Box]) -> bool:
        """Take one line as a row, the rest of a row, a ruler or a banner; False where it is none of them."""
        words = self.script.plain[low:high]
        if re.fullmatch(r"[-:|+]+", words):
            return True
        if len(boxes) == 1 and len(words) < 60 and BANNER.match(words):
            self.after_banner = True
            return True
        if len(boxes) >= max(2, self.width - 2):
            self.rows.append(_straightened(self.script, Row(dict(enumerate(boxes))), self.columns))
        elif (
            self.rows
            and not self.after_banner
            and self.script.gaps[low] <= LINE
            and _continues_row(self.script, low, high)
        ):
            _extend(self.rows[-1], boxes, self.width)
        else:
            return False
        self.end, self.after_banner = high, False
        return True


def _continues_row(script: Script, low: int, high: int) -> bool:
    return not (BANNER.match(script.plain, low, high) or re.match(r"附件|注[:]|说明|填表", script.plain[low:high]))


def _straightened(script: Script, row: Row, head: dict[int, Column]) -> Row:
    """A row that has lost the cell merged from above stands one column too far left: move it back."""
    units = [at for at, column in head.items() if column.kind in ("lead", "responsible")]
    texts = [at for at, column in head.items() if column.kind in ("section", "task")]
    if not units or len(texts) < 2:
        return row
    first, before = units[0], units[0] - 1
    box, left = row.boxes.get(first), row.boxes.get(before)
    lost = (box is None or not box.filled or not are_names(script, box)) and left is not None and left.filled
    if lost and left is not None and are_names(script, left) and not row.boxes.get(max(head) + 1):
        return Row({at + 1: box for at, box in row.boxes.items() if at < max(head)})
    return row


def _extend(row: Row, boxes: list[Box], width: int) -> None:
    """A row broken over lines: the first piece goes on with the last cell, the others follow it."""
    last = max(row.boxes)
    row.boxes[last] = Box(row.boxes[last].start, boxes[0].end)
    for box in boxes[1:]:
        last += 1
        if last < width:
            row.boxes[last] = box
