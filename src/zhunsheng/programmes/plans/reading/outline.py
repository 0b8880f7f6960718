"""The skeleton of a plan: which numbers open an item, and what stands under which.

Numbering in printed plans is never declared. A number is believed when it stands where a line begins and
continues what was counted before; a number in the middle of a line is believed only when the count at the
line starts has a hole that it fills. Levels follow from the order in which kinds of numbering first appear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from .fold import Script
from .markers import MARKERS, TIGHT, Block, make_block
from .ranges import Ranges

_SENTENCE_END = frozenset('。;:!?)]」"')
_LONGEST_PARAGRAPH = 600
"""Characters per line beyond which a short text must have lost its line breaks."""
_REACH = 3
"""How many numbers may be missing before a count is no longer believed to go on."""

_PLAIN_KINDS = ("chapter", "group", "item", "bracketed", "circled")
"""Kinds of signs that are taken for one another when a number is typed."""
_LOOK_AHEAD = 200
"""How many numbers at line starts are looked at for the one that should come next."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One reading of a line start. A ``strict`` one must be the very next number; ``glued`` to its words, it may be 1."""

    block: Block
    strict: bool = False
    glued: bool = False


_Following = Sequence[list[_Candidate]]
"""How the line starts that follow may be read."""


class _Count:
    """What has been counted so far: the open levels, and the last number of every kind."""

    def __init__(self) -> None:
        self.open: list[Block] = []
        self.last: dict[str, int] = {}
        self.last_point: tuple[int, ...] = ()

    def level_of(self, kind: str) -> int | None:
        return next((place for place, block in enumerate(self.open) if block.kind == kind), None)

    def believes(self, candidate: _Candidate) -> bool:
        """Whether a number at a line start goes on with what was counted."""
        block = candidate.block
        last = self.last.get(block.kind, 0)
        if candidate.strict:
            return block.value == last + 1 and (last > 0 or candidate.glued)
        if block.kind.startswith("point"):
            return self._believes_point(block)
        if block.value in (1, last + 1):
            return True
        place = self.level_of(block.kind)
        here = self.open[place].value if place is not None else last
        if block.kind == "motion":  # 第17号建议: numbered elsewhere, printed in order
            return block.value > here
        if block.kind in ("item", "bracketed", "circled", "mission"):
            return here <= block.value <= here + _REACH
        return block.value <= here + 2 * _REACH

    def _believes_point(self, block: Block) -> bool:
        """1.1 begins a count, 1.2 and 2.1 go on with it; 3.3个中心 does not."""
        parts = block.parts()
        same = self.last_point[: len(parts) - 1] == parts[:-1]
        if same and len(self.last_point) >= len(parts):
            return parts[-1] in (self.last_point[len(parts) - 1] + 1, self.last_point[len(parts) - 1])
        return parts[-1] == 1

    def waiting(self, block: Block) -> Block | None:
        """The open item that waits for the number of ``block``, which is of another kind that is not open."""
        if block.value == 1 or block.kind not in _PLAIN_KINDS or self.level_of(block.kind) is not None:
            return None
        above = next((one for one in reversed(self.open) if one.value == block.value - 1), None)
        return above if above is not None and above.kind in _PLAIN_KINDS else None

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
        if block.kind.startswith("point"):
            self.last_point = block.parts()


def _slipped(count: _Count, block: Block, following: _Following) -> list[Block]:
    """The next item of an open count, printed with the sign of another kind: 1. 2. （三） 4.

    A count of sub-items does not begin at the number that its own item waits for. Where that number comes after
    all (or the kind of ``block`` had got so far already), nothing has slipped.
    """
    before = count.waiting(block)
    if before is None:
        return []
    after = _next_value(following, before.kind, (block.value, block.value + 1))
    sure = block.value > 2 and count.last.get(block.kind) != block.value - 1
    if after != block.value + 1 and not (after is None and sure):
        return []
    block.kind = before.kind
    return [block]


def _next_value(following: _Following, kind: str, values: tuple[int, ...]) -> int | None:
    """Which of some numbers of a kind comes next in the lines that follow."""
    blocks = (one.block for readings in following for one in readings)
    return next((block.value for block in blocks if block.kind == kind and block.value in values), None)


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
    return before in _SENTENCE_END or script.gaps[block.start] > 0 or block.kind == "group"


def _candidates(script: Script, skip: Ranges) -> Iterator[list[_Candidate]]:
    """What every line start may be read as, the likelier reading first."""
    listed = False
    for place in _line_starts(script, skip):
        found = _readings(script, place)
        if _ANNEXES.match(script.plain, place):
            listed = True
        elif not found or not listed:
            listed = False
        if listed:
            continue
        while found:
            yield found
            # a heading and its first item may share a line: 「二、（一）」
            block = found[0].block
            found = (
                _readings(script, block.body)
                if block.kind != "item" and not found[0].glued and not script.starts_line(block.body)
                else []
            )


_ANNEXES = re.compile(r"附件?[:](?:1[.、]|$)|附件?[:](?=[^。]{2,40}$)")
"""The list of annexes at the end of a notice: its numbers count papers, not items."""


def _readings(script: Script, place: int) -> list[_Candidate]:
    found: list[_Candidate] = []
    match = MARKERS.match(script.plain, place)
    block = make_block(match, script) if match is not None else None
    if match is not None and block is not None:
        glued = match.lastgroup == "glued"
        found.append(_Candidate(block, strict=glued, glued=glued))
    if not found or found[0].block.kind.startswith("point"):
        tight = TIGHT.match(script.plain, place)
        block = make_block(tight, script) if tight is not None else None
        found += [_Candidate(block, strict=True)] if block is not None else []
    return found


def _inside(script: Script, skip: Ranges) -> Iterator[list[_Candidate]]:
    """Every marker that follows the end of a sentence: for texts that have lost their line breaks."""
    for match in MARKERS.finditer(script.plain):
        if match.lastgroup == "glued" or skip.holds(match.start()):
            continue
        block = make_block(match, script)
        if block is not None and (block.start == 0 or _may_open_inside(script, block, -1)):
            yield [_Candidate(block)]


def _has_lost_its_lines(script: Script) -> bool:
    lines = len(script.line_starts())
    return len(script.plain) / lines > _LONGEST_PARAGRAPH and lines < 12


def _mark(blocks: list[Block], end: int) -> None:
    for block, after in zip_longest(blocks, blocks[1:]):
        block.own_end = after.start if after is not None else end
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        block.end = block.children[-1].end if block.children else block.own_end


_RUNS_IN = re.compile(r"[)\]]。?(?:[(\[]?\d|[①-⑳⑴-⒇])")
"""A number right after a bracket has closed."""


def _run_in(script: Script, leaf: Block) -> list[Block]:
    """Sub-items that run on inside one paragraph, each closed by its own bracket: (1)……（甲负责）(2)……（乙负责）."""
    found: list[Block] = []
    if _RUNS_IN.search(script.plain, leaf.body, leaf.own_end) is None:
        return found
    for match in MARKERS.finditer(script.plain, leaf.body, leaf.own_end):
        block = make_block(match, script) if match.lastgroup in ("bracketed", "circled", "numbered") else None
        if block is None or block.kind == leaf.kind or (found and block.kind != found[0].kind):
            continue
        closed = script.plain[block.start - 1] in ")]"
        if (not found and block.value == 1) or (found and closed and block.value == found[-1].value + 1):
            found.append(block)
    return found if len(found) > 1 else []


def _with_run_in(script: Script, blocks: list[Block]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        found.append(block)
        if block.children:
            continue
        for child in _run_in(script, block):
            child.level, child.parent = block.level + 1, block
            block.children.append(child)
            found.append(child)
    return found


def outline(script: Script, skip: Ranges | None = None) -> list[Block]:
    """All numbered items of a text in reading order, with parents, children and extents.

    ``skip`` are ranges of places (tables) whose numbers count rows, not items.
    """
    skip = skip or Ranges()
    lost = _has_lost_its_lines(script)
    count, blocks = _Count(), list[Block]()
    starts = list(_inside(script, skip) if lost else _candidates(script, skip))
    for index, readings in enumerate(starts):
        if blocks and readings[0].block.start < blocks[-1].body:
            continue
        following = starts[index + 1 : index + 1 + _LOOK_AHEAD]
        chosen = _believed(script, count, blocks, readings, following, lost=lost)
        if len(chosen) < 2 and not readings[0].glued:
            chosen = _slipped(count, readings[0].block, following) or chosen
        for block in chosen:
            count.add(block)
            blocks.append(block)
    _mark(blocks, len(script.plain))
    blocks = _with_run_in(script, blocks)
    _mark(blocks, len(script.plain))
    return blocks


def _believed(
    script: Script, count: _Count, known: list[Block], readings: list[_Candidate], following: _Following, *, lost: bool
) -> list[Block]:
    """The first reading that goes on with the count, after the items missing before it that stand inside lines."""
    plain = _plain_after_all(count, readings, following)
    if plain is not None:
        return [plain]
    for reading in readings:
        missing = [] if reading.strict or lost else _fill(script, known, reading.block)
        goes_on = bool(missing) and missing[-1].value == reading.block.value - 1
        if goes_on or count.believes(reading):
            return [*missing, reading.block]
    return []


def _plain_after_all(count: _Count, readings: list[_Candidate], following: _Following) -> Block | None:
    """The item whose words begin with a number: 1.3个县……, 1.100%…… where 2. follows; 2.1万人…… after 1.

    It looks like a decimal number, but would open a count of decimals that nothing goes on with.
    """
    first, block = readings[0].block, readings[-1].block
    if block.kind != "item" or not readings[-1].strict or readings[-1].glued or _in_decimals(count, first, following):
        return None
    after = _next_value(following, "item", (block.value, block.value + 1))
    if count.level_of("item") is None:
        return block if block.value == 1 and after == 2 else None
    return block if block.value == count.last["item"] + 1 and after != block.value else None


def _in_decimals(count: _Count, block: Block, following: _Following) -> bool:
    """Whether a decimal number goes on with others before it, or others with it."""
    if not block.kind.startswith("point"):
        return False
    *major, minor = block.parts()
    if count.last_point[: len(major)] == tuple(major):
        return True
    then = next((one[0].block for one in following if one[0].block.kind.startswith(("point", "item"))), None)
    nexts = ((*major, minor + 1), (*major, minor, 1), (*major[:-1], major[-1] + 1, 1))
    return then is not None and then.parts() in nexts[: 3 if minor == 1 else 2]
