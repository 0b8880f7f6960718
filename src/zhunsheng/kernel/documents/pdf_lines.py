"""Lines of a PDF: their words and geometry, when one continues the line before it, and what is page furniture."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from zhunsheng.kernel.documents.pdf_page import Glyph

_OPENING = "（(《〈“‘【〔[「『"
_CLOSING = "、，。；：！？）)》〉”’】〕],.;:!?%％」』·…"
_TOKEN = re.compile(rf"[{re.escape(_OPENING)}]*(?:[A-Za-z0-9.,%:/+-]+|.)[{re.escape(_CLOSING)}]*")
_NEW_PARAGRAPH = re.compile(
    r"\s*(?:[一二三四五六七八九十百]{1,4}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}[.．、](?!\d)|第[一二三四五六七八九十百零\d]{1,5}[章节条]|[①-⑳]"
    r"|[【〔\[(（]?(?:牵头|责任|配合|参加|协办|主办)(?:单位|部门)[:：])"
)
_SENTENCE_END = re.compile(r"[。；;！？!?：:）)】〕\]”]\s*$")
_DASHED_NUMBER = re.compile(r"[-—–－─]\s*\d{1,4}\s*[-—–－─]|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?")
_LAST_NUMBER = re.compile(r"(?<!\d)(\d{1,4})(?:\s*/\s*\d{1,4})?\s*$")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline with their box; ``first`` is the width of what could not have been split off at its begin."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    first: float
    page: int

    @property
    def size(self) -> float:
        """The height, about the font size."""
        return self.y1 - self.y0


def make_line(glyphs: list[Glyph], page: int) -> Line | None:
    """A line of the glyphs in their order, ``None`` where they are all white space."""
    text = "".join(glyph.text for glyph in glyphs)
    inked = [glyph for glyph in glyphs if glyph.x1 > glyph.x0 and not glyph.text.isspace()]
    if not inked:
        return None
    # Fonts differ in height even on one line; the middle one stands for it.
    usual = sorted(inked, key=lambda glyph: glyph.size)[len(inked) // 2]
    token = _TOKEN.match("".join(glyph.text for glyph in inked))
    head = inked[: token.end() if token else 1]
    first = max(glyph.x1 for glyph in head) - min(glyph.x0 for glyph in head)
    x0, x1 = min(glyph.x0 for glyph in inked), max(glyph.x1 for glyph in inked)
    return Line(text.strip(" "), x0, x1, usual.y0, usual.y1, first, page)


def lines_by_height(glyphs: list[Glyph], page: int) -> list[Line]:
    """Characters in any order as lines from top to bottom and left to right (for the cells of tables)."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.middle[1]):
        last = rows[-1][-1] if rows else None
        if last is not None and last.middle[1] - glyph.middle[1] < 0.5 * min(last.size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    ordered = (_spaced(sorted(row, key=lambda glyph: glyph.x0)) for row in rows)
    return [line for row in ordered if (line := make_line(row, page)) is not None]


def _spaced(row: list[Glyph]) -> list[Glyph]:
    """Put a space where a gap of more than a character, or between Latin words, leaves one out."""
    spaced: list[Glyph] = []
    for glyph in row:
        gap = glyph.x0 - spaced[-1].x1 if spaced else 0.0
        latin = bool(spaced) and _ASCII_WORD.match(glyph.text + spaced[-1].text) is not None
        if gap > glyph.size * (0.25 if latin else 1.0) and not spaced[-1].text.isspace() and not glyph.text.isspace():
            spaced.append(Glyph(" ", glyph.x0, glyph.y0, glyph.x0, glyph.y1))
        spaced.append(glyph)
    return spaced


def joined(upper: str, lower: str) -> str:
    """Two lines as one: a space only between Latin words or numbers."""
    spaced = _ASCII_WORD.match(upper[-1:]) is not None and _ASCII_WORD.match(lower[:1]) is not None
    return f"{upper} {lower}" if spaced else upper + lower


def must_wrap(upper: Line, lower: Line, room: float) -> bool:
    """Whether ``upper`` ended because what follows did not fit into the ``room`` left beside it."""
    return room < lower.first + 0.2 * upper.size and abs(upper.size - lower.size) < 0.15 * upper.size


def starts_anew(upper: Line, lower: Line) -> bool:
    """A numbered or labelled line after the end of a sentence is a paragraph of its own, wherever it stands."""
    return _NEW_PARAGRAPH.match(lower.text) is not None and _SENTENCE_END.search(upper.text) is not None


@dataclass(slots=True)
class Body:
    """Where the paragraphs of a document begin and end, by the lines that are long enough to show it."""

    long: list[Line]
    _rights: dict[tuple[int, int], float | None] = field(default_factory=dict)

    def continues(self, upper: Line, lower: Line) -> bool:
        """Whether ``lower`` is the rest of ``upper``'s paragraph: that line is full, this stands at the left edge."""
        size = upper.size
        if not -0.6 * size <= upper.x0 - lower.x0 <= 3.5 * size or lower.page not in (upper.page, upper.page + 1):
            return False
        if lower.page == upper.page and not 0.5 * size < upper.y0 - lower.y0 < 3 * size:
            return False
        right = self._right(lower.x0, size)
        return right is not None and must_wrap(upper, lower, right - upper.x1) and not starts_anew(upper, lower)

    def _right(self, left: float, size: float) -> float | None:
        """The right edge of the lines at this left edge, ``None`` where it is an indent or too few lines show it."""
        key = round(left / size * 2), round(size)
        if key not in self._rights:
            alike = [line for line in self.long if abs(line.size - size) < 0.15 * size]
            indented = sum(1 for line in alike if 1.2 * size < left - line.x0 < 3.5 * size) >= 2
            block = [line for line in alike if -0.6 * size <= line.x0 - left <= 3.5 * size]
            ends = sorted((line.x1 for line in block), reverse=True)
            near = (high for high, low in itertools.pairwise(ends) if high - low <= size)
            self._rights[key] = None if indented else next(near, None)
        return self._rights[key]


def find_body(lines: list[Line]) -> Body:
    """The lines of at least 20 characters' width, which show the edges of the text."""
    return Body([line for line in lines if line.x1 - line.x0 > 20 * line.size])


def furniture(pages: list[list[Line]]) -> set[Line]:
    """Running heads and page numbers: only the outermost lines of a page, and only what is sure."""
    found: set[Line] = set()
    outermost = [
        [max(lines, key=lambda line: line.y0), min(lines, key=lambda line: line.y0)] for lines in pages if lines
    ]
    for side in (0, 1):
        edge = [lines[side] for lines in outermost]
        found.update(line for line in edge if _DASHED_NUMBER.fullmatch(line.text.strip()))
        found.update(_repeated(edge))
    return found


def _repeated(edge: list[Line]) -> list[Line]:
    """The same words at the same height on most pages, apart from a number that counts with the pages."""
    by_place: dict[tuple[str, int, int | None], list[Line]] = {}
    for line in edge:
        words, number = _page_number(line.text)
        offset = None if number is None else number - line.page
        by_place.setdefault((words, round(line.y0 / 2), offset), []).append(line)
    return [
        line
        for lines in by_place.values()
        if len(lines) * 2 > len(edge) and len(lines) >= 2 and not _NEW_PARAGRAPH.match(lines[0].text)
        for line in lines
    ]


def _page_number(text: str) -> tuple[str, int | None]:
    """A running line without its page number (``3`` or ``3/9`` at the end), and the number."""
    match = _LAST_NUMBER.search(text)
    return (text, None) if match is None else (text[: match.start()], int(match.group(1)))
