"""Tasks before their values are read: an item of the text becomes one task, or one for each of its paragraphs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from .attribution import Attribution
from .fold import Script
from .headings import heading
from .labels import OTHER
from .markers import Block
from .roles import Named
from .tasks import Owned


@dataclass(slots=True)
class Draft:
    """A task before its dates and targets are read.

    ``parts`` are the stretches of its words that stand for themselves: the item, or the cells of its row.
    """

    number: str
    start: int
    end: int
    body: int
    above: list[Block] = field(default_factory=list)
    sources: list[Attribution] = field(default_factory=list)
    due_boxes: list[tuple[int, int]] = field(default_factory=list)
    cells: list[tuple[int, int]] = field(default_factory=list)
    title: tuple[int, int] | None = None

    @property
    def parts(self) -> list[tuple[int, int]]:
        """Its cells in a table, else all of it after the number."""
        return self.cells or [(self.body, self.end)]

    @property
    def names(self) -> list[Named]:
        """All units named for the task, in order of print, the first role of each kept."""
        return [name for source in self.sources for name in source.names]


def from_blocks(script: Script, chosen: Iterable[Block], owned: Owned) -> list[Draft]:
    """Drafts of the chosen items, unnumbered paragraphs with their own units parted."""
    drafts: list[Draft] = []
    for block in chosen:
        _leave_what_follows(script, block, owned[block.start])
        above = list(block.ancestors())[::-1]
        pieces = _pieces(script, block, owned[block.start])
        for index, (start, end, found) in enumerate(pieces):
            body = block.body if index == 0 else start
            drafts.append(Draft(block.number, start, end, body, above, found))
        if len(pieces) > 1 and pieces[0][0] != block.start:
            for draft in drafts[-len(pieces) :]:
                draft.above = [*above, block]
    return drafts


def _leave_what_follows(script: Script, block: Block, found: list[Attribution]) -> None:
    """End the last item of a run at its units: a paragraph after them speaks of all, not of it."""
    siblings = block.parent.children if block.parent is not None else []
    if not found or block.children or (siblings and siblings[-1] is not block):
        return
    after = _skip_stop(script, found[-1].end)
    if after < block.end and script.starts_line(after) and not OTHER.match(script.plain, after):
        block.end = block.own_end = after


_HEADINGS = ("part", "chapter", "group", "text")
"""Kinds of numbers that head paragraphs; an item (1.) is one task, however many brackets it has."""
_Piece = tuple[int, int, list[Attribution]]


def _pieces(script: Script, block: Block, found: list[Attribution]) -> list[_Piece]:
    """An item in one piece, or one piece for every paragraph that closes with its own units."""
    groups = _groups(script, block, found)
    cuts = [_skip_stop(script, group[-1].end) for group in groups[:-1]]
    if not cuts or not all(script.starts_line(cut) for cut in cuts):
        return [(block.start, block.end, found)]
    first = _after_heading(script, block, groups[0][0].start)
    return list(zip([first, *cuts], [*cuts, block.end], groups, strict=True))


def _groups(script: Script, block: Block, found: list[Attribution]) -> list[list[Attribution]]:
    """The attributions of each paragraph, where every one of them closes its paragraph."""
    if (
        block.kind not in _HEADINGS
        or len(found) < 2
        or block.children
        or not all(_closes_paragraph(script, one, block.end) for one in found)
    ):
        return [found]
    groups = [found[:1]]
    for before, after in pairwise(found):
        if before.end >= after.start or (after.whole_line and not _has_words(script, before.end, after.start)):
            groups[-1].append(after)
        else:
            groups.append([after])
    return groups


def _after_heading(script: Script, block: Block, first: int) -> int:
    """Where the first paragraph begins if the heading has a line of its own."""
    after = heading(script, block)[1]
    while after < first and script.plain[after] in "。;:":
        after += 1
    return after if after < first and script.starts_line(after) and first - after > 10 else block.start


def _has_words(script: Script, start: int, end: int) -> bool:
    return len(script.plain[start:end].strip("。;,、")) > 0


def _skip_stop(script: Script, place: int) -> int:
    while place < len(script.plain) and script.plain[place] in "。;,":
        place += 1
    return place


def _closes_paragraph(script: Script, one: Attribution, end: int) -> bool:
    after = _skip_stop(script, one.end)
    return after >= end or script.starts_line(after)
