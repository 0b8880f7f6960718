"""The page of GB/T 9704-2012: A4, type area 156 × 225 mm, 22 lines of 28 characters, page numbers outside.

The grid is told as lines only, and 28 characters of 16 pt are fitted into 156 mm by a spacing of −0.25 pt in each run: a
grid of characters is drawn at double width by some programs.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.etree import _Element

FANGSONG: Final = "仿宋_GB2312"
KAI: Final = "楷体_GB2312"
HEI: Final = "黑体"
SONG: Final = "宋体"
TITLE: Final = "方正小标宋简体"
SANHAO: Final = Pt(16)
ERHAO: Final = Pt(22)
SIHAO: Final = Pt(14)
LINES: Final = 22
LINE_PITCH: Final = round(225 / 25.4 * 1440 / LINES)
"""One of 22 lines of 225 mm, in twentieths of a point: 580."""
SPACING: Final = -5
"""Between characters of 16 pt, in twentieths of a point; 28 × (16 − 0.25) pt = 155.6 mm."""


def set_font(run: Run, name: str, size: Pt = SANHAO, *, bold: bool = False) -> None:
    """The one place where a font is set: Chinese characters take it from ``w:eastAsia`` only."""
    properties = run._element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)
    run.font.size = size
    run.font.bold = bold
    if size == SANHAO:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(SPACING))
        place(spacing, properties, ("w:w", "w:kern", "w:position", "w:sz", "w:szCs"))


def place(element: _Element, parent: _Element, followers: tuple[str, ...]) -> None:
    """Put ``element`` where the schema wants it: before the first of ``followers`` in ``parent``, else last."""
    follower = next((child for child in parent if child.tag in set(map(qn, followers))), None)
    parent.insert(len(parent) if follower is None else parent.index(follower), element)


def blank_page(title: str, author: str, made: datetime) -> Document:
    """A document without a paragraph, with the page, the grid and the page numbers."""
    document = docx.Document()
    _describe(document, title, author, made)
    _measure(document)
    _style(document)
    _number_pages(document)
    return document


def _describe(document: Document, title: str, author: str, made: datetime) -> None:
    """The file's own particulars say who made the document, not which library."""
    said = document.core_properties
    said.title, said.author, said.last_modified_by, said.comments = title, author, author, ""
    said.created = said.modified = made
    said.language = "zh-CN"


def _measure(document: Document) -> None:
    """Edges: 37 mm above, 28 mm at the spine (5.2.2); what remains is the type area."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE_PITCH))
    section._sectPr.append(grid)


def _style(document: Document) -> None:
    """Body text: 仿宋 of 3号, one line of the grid each, no space around paragraphs."""
    normal = document.styles["Normal"]
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[theme]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FANGSONG)
    normal.font.size = SANHAO
    layout = normal.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing = Pt(LINE_PITCH / 20)
    layout.widow_control = False


def _number_pages(document: Document) -> None:
    """— 1 — in 宋体 of 4号, one character in from the outer edge: right on odd pages, left on even ones (7.5)."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.alignment = side
        indent = line.paragraph_format
        indent.right_indent, indent.left_indent = (SIHAO, Pt(0)) if side == WD_ALIGN_PARAGRAPH.RIGHT else (Pt(0), SIHAO)
        _page_field(line)


def _page_field(line: Paragraph) -> None:
    """The dashes, and between them the field that counts pages."""
    set_font(line.add_run("— "), SONG, SIHAO)
    field = line.add_run()
    set_font(field, SONG, SIHAO)
    for kind in ("begin", "instr", "separate", "text", "end"):
        field._element.append(_field_piece(kind))
    set_font(line.add_run(" —"), SONG, SIHAO)


def _field_piece(kind: str) -> _Element:
    """A piece of a complex field, as Word writes it."""
    if kind in {"instr", "text"}:
        piece = OxmlElement("w:instrText" if kind == "instr" else "w:t")
        piece.text = "PAGE" if kind == "instr" else "1"
        return piece
    piece = OxmlElement("w:fldChar")
    piece.set(qn("w:fldCharType"), kind)
    return piece
