"""One spelling for reading: widths, brackets, compatibility and traditional forms, without losing a place.

The grammar never sees the text as printed. It sees ``Script.plain``: every character folded to one
spelling, white space and page furniture left out. ``Script`` remembers where each character came from, so
that every value points back at its words. Hence a document reads the same in other widths, with other
spaces, or broken into other lines.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .layout import INVISIBLE, WHITE, unpaged

SPACE, TAB, LINE, BLANK = 1, 2, 3, 4
"""What stood before a character: spaces, a tab, a line break, an empty line."""

_SHAPES = {
    "【": "[", "】": "]", "〖": "[", "〗": "]", "〔": "[", "〕": "]", "［": "[", "］": "]", "﹝": "[", "﹞": "]",
    "﹙": "(", "﹚": ")", "❨": "(", "❩": ")", "⦅": "(", "⦆": ")", "{": "(", "}": ")", "｛": "(", "｝": ")",
    "〈": "<", "〉": ">", "‹": "<", "›": ">", "«": "《", "»": "》",
    "∶": ":", "︰": ":", "﹕": ":", "ː": ":", "，": ",", "﹐": ",", "､": "、", "﹑": "、", "；": ";", "﹔": ";",
    "｡": "。", "．": ".", "﹒": ".", "•": ".", "·": ".", "‧": ".", "∙": ".",
    "—": "-", "–": "-", "―": "-", "−": "-", "－": "-", "﹣": "-", "‐": "-", "‑": "-", "─": "-", "﹘": "-", "⸺": "-",
    "│": "|", "┃": "|", "║": "|", "━": "-", "═": "-", **dict.fromkeys("┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝", "+"),
    "～": "~", "∼": "~", "〜": "~", "○": "〇", "◯": "〇", "Ｏ": "O", "％": "%", "﹪": "%",
    "‘": "'", "’": "'", "“": '"', "”": '"', "「": '"', "」": '"', "『": '"', "』": '"', "＂": '"', "〝": '"', "〞": '"',
    "⺠": "民", "⺟": "母", "⻓": "长", "⻅": "见", "⻆": "角", "⻋": "车", "⻔": "门", "⻙": "韦", "⻚": "页", "⻛": "风",
    "⻜": "飞", "⻝": "食", "⻢": "马", "⻣": "骨", "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻨": "麦", "⻩": "黄", "⻬": "齐", "⻮": "齿", "⻰": "龙",
}  # fmt: skip
"""Marks that mean the same to a reader, and the radicals that PDF files print for whole characters."""

_COMPATIBLE = ((0x2F00, 0x2FDF), (0xF900, 0xFAFF), (0xFE10, 0xFE6F), (0xFF01, 0xFFEF))
_LINE_GAPS = re.compile(rb"^.|[\x03\x04]", re.DOTALL)


@lru_cache(maxsize=1)
def _simplifier() -> dict[int, str]:
    """Traditional to simplified, character by character (OpenCC's own table)."""
    import opencc

    han = "".join(map(chr, range(0x4E00, 0x9FA6)))
    simple = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    return {ord(old): new for old, new in zip(han, simple, strict=True) if old != new and len(new) == 1}


def _compatible(code: int) -> str | None:
    if not any(low <= code <= high for low, high in _COMPATIBLE):
        return None
    normal = unicodedata.normalize("NFKC", chr(code))
    return normal if len(normal) == 1 else None


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """Code point to its one spelling; every entry is exactly one character long."""
    table = dict(_simplifier())
    for low, high in _COMPATIBLE:
        for code in range(low, high + 1):
            normal = _compatible(code)
            if normal is not None:
                table[code] = _SHAPES.get(normal, table.get(ord(normal), normal))
    table.update({ord(mark): plain for mark, plain in _SHAPES.items()})
    return table


def fold(text: str) -> str:
    """``text`` in one spelling, of equal length."""
    return text.translate(_table())


@dataclass(frozen=True)
class Script:
    """A text prepared for reading. Indices into ``plain`` are *places*; ``span`` turns them into offsets."""

    text: str
    plain: str
    offsets: array[int]
    gaps: bytearray

    @cached_property
    def _line_starts(self) -> list[int]:
        return [match.start() for match in _LINE_GAPS.finditer(self.gaps)] or [0]

    def line_starts(self) -> list[int]:
        """The places where lines of the text begin, in order; the first is always there."""
        return self._line_starts

    def next_line(self, place: int, end: int) -> int:
        """Where the next line after a place begins; ``end`` where none does before it."""
        index = bisect_right(self._line_starts, place)
        return min(self._line_starts[index], end) if index < len(self._line_starts) else end

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of the words between two places; an empty range gives an empty span."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else len(self.text)
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1

    def verbatim(self, start: int, end: int) -> str:
        """The words as they stand in the text, white space and all."""
        first, last = self.span(start, end)
        return self.text[first:last]

    def printed(self, start: int, end: int) -> str:
        """The words in their printed characters, without white space."""
        return "".join(self.text[offset] for offset in self.offsets[start:end])

    def starts_line(self, place: int) -> bool:
        """Whether a line of the text begins at this place."""
        return place == 0 or (place < len(self.gaps) and self.gaps[place] >= LINE)

    def tabs_before(self, place: int) -> int:
        """How many tabs stand between a place and the one before it: each but the first is an empty cell."""
        return self.text.count("\t", self.offsets[place - 1] + 1, self.offsets[place])

    def place(self, offset: int) -> int:
        """The first place at or after an offset of the text."""
        return bisect_left(self.offsets, offset)


def _gap(blank: str) -> int:
    lines = blank.count("\n") + blank.count("\f") + blank.count("\x0b")
    if lines:
        return BLANK if lines > 1 else LINE
    return TAB if "\t" in blank else SPACE


def prepare(text: str) -> Script:
    """Fold a text, drop what is not language, and remember where everything stood."""
    folded = unpaged(text, fold(text))
    offsets, gaps, parts = array("q"), bytearray(), []
    at = gap = 0
    for match in WHITE.finditer(folded + "\n"):
        if match.start() > at:
            parts.append(folded[at : match.start()])
            offsets.extend(range(at, match.start()))
            gaps.append(gap)
            gaps.extend(bytes(match.start() - at - 1))
            gap = 0
        blank = match[0].strip(INVISIBLE)
        gap = max(gap, _gap(blank) if blank else 0)
        at = match.end()
    return Script(text, "".join(parts), offsets, gaps)
