"""The skeleton of a plan: which numbers open an item, and what stands under which.

Numbering in printed plans is never declared. A number is believed when it stands where a line begins and
continues what was counted before; a number in the middle of a line is believed only when the count at the
line starts has a hole that it fills. Levels follow from the order in which kinds of numbering first appear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from .fold import Script
from .markers import MARKERS, Block, make_block
from .ranges import Ranges

_SENTENCE_END = frozenset('。;:!?)]」"')
_REACH = 3
"""How many numbers may be missing before a count is no longer believed to go on."""


class _Count:
    """What has been counted so far: the open levels, and the last number of every kind."""

    def __init__(self) -> None:
        self.open: list[Block] = []
        self.last: dict[str, int] = {}

    def level_of(self, kind: str) -> int | None:
        return next((place for place, block in enumerate(self.open) if block.kind == kind), None)

    def believes(self, block: Block, *, glued: bool) -> bool:
        """Whether a number at a line start goes on with what was counted."""
        last = self.last.get(block.kind, 0)
        if glued:
            return block.value == last + 1 and (last > 0 or block.value == 1)
        if block.value == 1 or block.value == last + 1:
            return True
        place = self.level_of(block.kind)
        here = self.open[place].value if place is not None else last
        if block.kind in ("item", "bracketed", "circled", "mission") or block.kind.startswith("point"):
            return here <= block.value <= here + _REACH
        return block.value <= here + 2 * _REACH

    def add(self, block: Block) -> None:
        place = self.level_of(block.kind)
        if place is None and block.kind == "part":
            place = 0
        if place is None and block.kind == "chapter":
            place = 1 if self.open and self.open[0].kind == "part" else 0
        if place is not None:
            del self.open[place:]
        block.level = len(self.open) + 1
        block.parent = self.open[-1] if self.open else None
        if block.parent is not None:
            block.parent.children.append(block)
        self.open.append(block)
        self.last[block.kind] = block.value


def _line_starts(script: Script, skip: Ranges) -> Iterator[int]:
    return (place for place in script.line_starts() if not skip.holds(place))


def _fill(script: Script, known: list[Block], block: Block) -> list[Block]:
    """Numbers of the same kind that are missing before ``block``, found inside lines, in order."""
    before = next((other for other in reversed(known) if other.kind == block.kind), None)
    sibling = before is not None and before.value < block.value
    low = before.body if before is not None and sibling else (known[-1].body if known else 0)
    first = before.value + 1 if before is not None and sibling else 1
    if block.value - first > 30 or block.value == first:
        return []
    found: list[Block] = []
    high = block.start
    for value in range(block.value - 1, first - 1, -1):
        hit = _last_inside(script, block.kind, value, low, high)
        if hit is None:
            break
        found.append(hit)
        high = hit.start
    return found[::-1]


def _last_inside(script: Script, kind: str, value: int, low: int, high: int) -> Block | None:
    hits = [
        block
        for match in MARKERS.finditer(script.plain, low, high)
        if (block := make_block(match, script)) is not None
        if block.kind == kind and block.value == value and _may_open_inside(script, block, low)
    ]
    return hits[-1] if hits else None


def _may_open_inside(script: Script, block: Block, low: int) -> bool:
    if block.start <= low:
        return True
    before = script.plain[block.start - 1]
    if block.kind in ("chapter", "article", "part"):
        return before in _SENTENCE_END or script.gaps[block.start] > 0
    return before in _SENTENCE_END or script.gaps[block.start] > 0 or block.kind == "group"


def _candidates(script: Script, skip: Ranges) -> Iterator[tuple[Block, bool]]:
    for place in _line_starts(script, skip):
        match = MARKERS.match(script.plain, place)
        while match is not None:
            block = make_block(match, script)
            if block is None:
                break
            yield block, match.lastgroup == "glued"
            # a heading and its first item may share a line: 「二、（一）」
            match = (
                MARKERS.match(script.plain, match.end())
                if match.lastgroup not in ("glued", "item", "numbered")
                else None
            )


def _inside(script: Script, skip: Ranges) -> Iterator[tuple[Block, bool]]:
    """Every marker that follows the end of a sentence: for texts that have lost their line breaks."""
    for match in MARKERS.finditer(script.plain):
        if match.lastgroup == "glued" or skip.holds(match.start()):
            continue
        block = make_block(match, script)
        if block is not None and (block.start == 0 or _may_open_inside(script, block, -1)):
            yield block, False


def _has_lost_its_lines(script: Script) -> bool:
    lines = len(script.line_starts())
    return len(script.plain) / lines > 1500 and lines < 12


def _mark(blocks: list[Block], end: int) -> None:
    for block, after in zip_longest(blocks, blocks[1:]):
        block.own_end = after.start if after is not None else end
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        block.end = block.children[-1].end if block.children else block.own_end


def outline(script: Script, skip: Ranges | None = None) -> list[Block]:
    """All numbered items of a text in reading order, with parents, children and extents.

    ``skip`` are ranges of places (tables) whose numbers count rows, not items.
    """
    skip = skip or Ranges()
    lost = _has_lost_its_lines(script)
    source: Iterable[tuple[Block, bool]] = _inside(script, skip) if lost else _candidates(script, skip)
    count, blocks = _Count(), list[Block]()
    for block, glued in source:
        if blocks and block.start < blocks[-1].body:
            continue
        if not glued and not lost:
            for missing in _fill(script, blocks, block):
                count.add(missing)
                blocks.append(missing)
        if count.believes(block, glued=glued):
            count.add(block)
            blocks.append(block)
    _mark(blocks, len(script.plain))
    return blocks
