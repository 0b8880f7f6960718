"""Which items of a plan are tasks.

A task is the smallest numbered item (or table row) that names its own units, and every equal that stands beside
it. What only states aims, principles or requirements is a section.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .attribution import Attribution, attributions
from .fold import Script
from .headings import is_excluded
from .markers import Block
from .ranges import Ranges
from .unmarked import lines_of_names, sentences_of_names, spaced_labels

_ON_PROBLEM = re.compile("关于[^。]{4,300}的?(?:问题|任务|工作)[,。]")
"""An item that gives a problem to units in prose: 关于……的问题，由财政部会同农业部负责落实。"""


Owned = dict[int, list[Attribution]]
"""The places in the own words of each item that name units, by the item's place."""


def find_attributions(script: Script, blocks: Sequence[Block], skip: Ranges) -> Owned:
    """The attributions in every item's own words, by the item's place."""
    owned: Owned = {}
    for block in blocks:
        found = [one for one in attributions(script, block.body, block.own_end) if not skip.holds(one.start)]
        for fallback in (spaced_labels, lines_of_names):
            found = found or [one for one in fallback(script, block.body, block.own_end) if not skip.holds(one.start)]
        if not found and _ON_PROBLEM.match(script.plain, block.body):
            found = list(sentences_of_names(script, block.body, block.own_end))
        owned[block.start] = found
    return owned if any(owned.values()) else _given_by_sentences(script, blocks, skip) or owned


def _given_by_sentences(script: Script, blocks: Sequence[Block], skip: Ranges) -> Owned:
    """Where a document has no marks of units at all, its sentences may give items to units, two at least."""
    said = {
        block.start: [one for one in sentences_of_names(script, block.body, block.own_end) if not skip.holds(one.start)]
        for block in blocks
    }
    return said if sum(1 for found in said.values() if found) >= 2 else {}


def _holds(owned: Owned, block: Block) -> bool:
    return bool(owned[block.start])


def _holds_below(owned: Owned, block: Block) -> bool:
    return any(_holds(owned, one) for child in block.children for one in child.walk())


def _last_child_speaks(owned: Owned, block: Block) -> bool:
    """Whether only the last of several children names units, in a line of its own: then they are the parent's."""
    if len(block.children) < 2 or any(child.children for child in block.children):
        return False
    *first, last = block.children
    return not any(_holds(owned, child) for child in first) and _holds(owned, last)


def choose(script: Script, blocks: Sequence[Block], owned: Owned) -> list[Block]:
    """The items that are tasks, in reading order."""
    _promote(blocks, owned)
    chosen = {block.start for block in blocks if _holds(owned, block) and not _holds_below(owned, block)}
    levels = {(block.kind, block.level) for block in blocks if block.start in chosen}
    inside = _covered(blocks, chosen)
    for block in blocks:
        if block.start in chosen or block.start in inside or _holds_below(owned, block):
            continue
        if _stands_beside(script, block, chosen, levels):
            chosen.add(block.start)
            inside |= {one.start for child in block.children for one in child.walk()}
    return [block for block in blocks if block.start in chosen and block.start not in inside]


def _covered(blocks: Sequence[Block], chosen: set[int]) -> set[int]:
    return {one.start for block in blocks if block.start in chosen for child in block.children for one in child.walk()}


def _stands_beside(script: Script, block: Block, chosen: set[int], levels: set[tuple[str, int]]) -> bool:
    if (block.kind, block.level) not in levels or is_excluded(script, block):
        return False
    siblings = block.parent.children if block.parent is not None else []
    if any(one.start in chosen for one in siblings):
        return True
    if block.parent is None:
        return block.own_end - block.body > 40 or bool(block.children)
    cousins = [one for one in block.parent.walk() if one.start in chosen]
    return not cousins and block.kind in ("item", "point1") and block.level >= 2


def _promote(blocks: Sequence[Block], owned: Owned) -> None:
    """Give units that close a run of sub-items to the item that they close, where the document does so throughout."""
    for block in blocks:
        if _is_small(block) and _last_child_speaks(owned, block):
            _lift(owned, block)
    parents = [
        block
        for block in blocks
        if block.children and _holds_below(owned, block) and not any(child.children for child in block.children)
    ]
    several = [block for block in parents if len(block.children) > 1]
    speaking = [block for block in several if _last_child_speaks(owned, block)]
    if len(speaking) < 2 or len(speaking) < len(several):
        return
    for parent in parents:
        _lift(owned, parent)


def _lift(owned: Owned, block: Block) -> None:
    last = block.children[-1]
    owned[block.start] += owned[last.start]
    owned[last.start] = []


def _is_small(block: Block) -> bool:
    return bool(block.children) and block.children[0].kind in ("circled", "bracketed")
