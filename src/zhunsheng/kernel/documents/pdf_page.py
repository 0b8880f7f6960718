"""One PDF page as pdfium sees it: characters with their boxes, and the straight rules that draw tables."""

from __future__ import annotations

from ctypes import byref, c_float
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium_raw

# A page with more objects is a drawing; its rules are not looked at.
_MAX_OBJECTS = 20_000
_STRAIGHT = 1.5
_SHORTEST = 4.0


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box in points, y upwards; spaces that pdfium inferred have no width."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    @property
    def size(self) -> float:
        """The height of the box, about the font size."""
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal or vertical stroke: ``at`` is its fixed coordinate, ``begin``–``end`` its extent."""

    horizontal: bool
    at: float
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """Lines in the order of the file, rules in no order; ``upright`` is false where the geometry says nothing."""

    lines: list[list[Glyph]]
    rules: list[Rule]
    upright: bool


def read_page(document: pypdfium2.PdfDocument, index: int) -> Page:
    """Characters and rules of page ``index`` (from 0). Raises PdfiumError for a page that cannot be loaded."""
    page = document[index]
    try:
        text = page.get_textpage()
        try:
            return Page(_lines(text), _rules(page), page.get_rotation() == 0)
        finally:
            text.close()
    finally:
        page.close()


def _lines(text: pypdfium2.PdfTextPage) -> list[list[Glyph]]:
    """Characters by line; pdfium marks line ends with characters of its own."""
    lines: list[list[Glyph]] = [[]]
    box = pdfium_raw.FS_RECTF()
    raw, pointer = text.raw, byref(box)
    pending = 0
    for index in range(text.count_chars()):
        code = pdfium_raw.FPDFText_GetUnicode(raw, index)
        if code in (10, 13):
            if lines[-1]:
                lines.append([])
            continue
        if 0xD800 <= code < 0xDC00:
            pending = code
            continue
        if not pdfium_raw.FPDFText_GetLooseCharBox(raw, index, pointer):
            continue
        character = _character(code, pending)
        pending = 0
        # pdfium overlooks the end of a line before one of a single character.
        if lines[-1] and (box.top < lines[-1][-1].y0 or box.bottom > lines[-1][-1].y1):
            lines.append([])
        if character:
            lines[-1].append(Glyph(character, box.left, box.bottom, box.right, box.top))
    return [line for line in lines if line]


def _character(code: int, high: int) -> str:
    """The character of a code (``high``: the surrogate before it), ``""`` for what prints nothing."""
    if 0xDC00 <= code < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else ""
    # pdfium gives a hyphen at a line's end as U+0002 or U+FFFE.
    if code in (0x02, 0xFFFE):
        return "-"
    if code in (0, 0xFEFF, 0xFFFF) or code > 0x10FFFF:
        return ""
    return " " if code == 9 else chr(code)


def _rules(page: pypdfium2.PdfPage) -> list[Rule]:
    """The horizontal and vertical strokes and edges of rectangles."""
    if pdfium_raw.FPDFPage_CountObjects(page.raw) > _MAX_OBJECTS:
        return []
    rules: list[Rule] = []
    for item in page.get_objects(filter=[pdfium_raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        rules.extend(_path_rules(item.raw))
    return rules


def _path_rules(path: object) -> list[Rule]:
    """The straight pieces of one path, in page coordinates."""
    matrix = pdfium_raw.FS_MATRIX()
    if not pdfium_raw.FPDFPageObj_GetMatrix(path, byref(matrix)):
        return []
    count = pdfium_raw.FPDFPath_CountSegments(path)
    rules: list[Rule] = []
    first = last = (0.0, 0.0)
    x, y = c_float(), c_float()
    for index in range(min(count, 2_000)):
        segment = pdfium_raw.FPDFPath_GetPathSegment(path, index)
        pdfium_raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium_raw.FPDFPathSegment_GetType(segment)
        if kind == pdfium_raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium_raw.FPDF_SEGMENT_LINETO:
            rules.extend(_rule(last, point))
        if pdfium_raw.FPDFPathSegment_GetClose(segment):
            rules.extend(_rule(point, first))
        last = point
    return rules


def _rule(start: tuple[float, float], end: tuple[float, float]) -> list[Rule]:
    """A rule, or nothing for a slanted or very short stroke."""
    (x0, y0), (x1, y1) = start, end
    if abs(y1 - y0) <= _STRAIGHT and abs(x1 - x0) >= _SHORTEST:
        return [Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))]
    if abs(x1 - x0) <= _STRAIGHT and abs(y1 - y0) >= _SHORTEST:
        return [Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))]
    return []
