"""What the page did to the words: page numbers, running heads, and lines broken where the paper ended.

A break that only the paper made is no break of the text. It is known by the lines that share one width, as long
as the paper was wide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

NOTHING = "\u200b"
"""Takes the place of a character that is no part of the text, so that lengths stay equal."""
_PAGE_NUMBER = re.compile(r"-{1,3}\d{1,4}-{1,3}|第\d{1,4}页(?:[,/]?共\d{1,4}页)?|\.\d{1,4}\.")
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
WHITE = re.compile(rf"[\s{INVISIBLE}]+")
"""What prints nothing."""
_SENTENCE_END = tuple("。;:!?)]>")
_ITEM = re.compile(
    r"[〇零一二三四五六七八九十百]{1,4}[、.]|\([一二三四五六七八九十\d]{1,3}\)|第.{1,4}[章节条]|\d{1,3}[.、](?!\d)|[①-⑳]"
)
_LABEL = re.compile(r"[^,。]{2,10}:|[(\[]")
_MIDDLE = tuple("、,(《-")
_NARROWEST = 36
"""Columns below which a line says nothing about the paper (a Han character takes two)."""
_PLAY = (-2, 3)
"""How far full lines of one paper differ: no line begins with a closing mark."""
_FEWEST = 4
_ROW = re.compile(r"[\t|]|\+-")
"""A row or ruler of a table: it says nothing about the paper, and no sentence goes on in it."""


def unpaged(text: str, folded: str) -> str:
    """``folded`` with everything that only the page put in replaced by ``NOTHING``; of equal length."""
    if "\n" not in folded:
        return folded
    printed, lines = text.split("\n"), folded.split("\n")
    furniture = _furniture(lines)
    for place in furniture:
        lines[place] = NOTHING * len(lines[place])
    joined = _joined(printed, lines, furniture)
    ends = [NOTHING if place in joined else "\n" for place in range(len(lines) - 1)]
    return "".join(part for pair in zip(lines, [*ends, ""], strict=True) for part in pair)


def _furniture(lines: Sequence[str]) -> set[int]:
    """Lines that hold only a page number, and the running heads that stand beside several of them."""
    lines = [WHITE.sub("", line) for line in lines]
    numbers = [place for place, line in enumerate(lines) if line and _PAGE_NUMBER.fullmatch(line)]
    beside = [place for number in numbers for place in (number - 1, number + 1) if 0 <= place < len(lines)]
    heads = Counter(lines[place] for place in beside)
    running = {line for line, count in heads.items() if count > 1 and 3 < len(line) < 40 and line[-1] not in "。;,、"}
    return {*numbers, *(place for place in beside if lines[place] in running)}


def _joined(printed: Sequence[str], lines: Sequence[str], furniture: set[int]) -> set[int]:
    """The lines whose break only the paper made."""
    columns = [0 if _ROW.search(folded) else _columns(line) for line, folded in zip(printed, lines, strict=True)]
    width = _width([columns[place] for place in range(len(lines)) if place not in furniture])
    if width is None:
        return set()
    joined: set[int] = set()
    last: int | None = None
    for place, line in enumerate(lines):
        if place in furniture:
            continue
        if last is not None and _goes_on(lines[last], line, printed[place]):
            joined.update(range(last, place))
        last = place if width + _PLAY[0] <= columns[place] <= width + _PLAY[1] else None
    return joined


def _columns(line: str) -> int:
    """How wide a line is printed."""
    return len(line.rstrip().encode("gb18030", "replace"))


def _width(columns: Sequence[int]) -> int | None:
    """The width of the paper in columns, None where lines do not end at one."""
    long = [count for count in columns if count >= _NARROWEST]
    if len(long) < _FEWEST:
        return None
    tally = Counter(long)
    totals = [0, *accumulate(tally[count] for count in range(max(long) + 1))]

    def full(width: int) -> int:
        return totals[min(width + _PLAY[1] + 1, len(totals) - 1)] - totals[max(0, width + _PLAY[0])]

    width = max(tally, key=lambda count: (full(count), count))
    beyond = len(long) - totals[min(width + _PLAY[1] + 1, len(totals) - 1)]
    enough = full(width) >= max(_FEWEST, len(long) / 4) and beyond * 20 <= len(long)
    return width if enough else None


def _goes_on(line: str, after: str, printed: str) -> bool:
    """Whether the line after a full one goes on with its sentence or paragraph."""
    if not after.strip() or printed[:1].isspace() or _ROW.match(after):
        return False
    if _ITEM.match(after):
        return line.rstrip().endswith(_MIDDLE)
    return not (line.rstrip().endswith(_SENTENCE_END) and _LABEL.match(after))
