"""A ``Paper`` drawn as docx. Elements and their places follow GB/T 9704-2012 chapter 7."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Final

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from zhunsheng.kernel.now import now
from zhunsheng.kernel.paper.model import Level, Paper, Part, in_words
from zhunsheng.kernel.paper.page import ERHAO, FANGSONG, HEI, KAI, SANHAO, SIHAO, TITLE, blank_page, place, set_font

RED: Final = RGBColor(0xC0, 0x00, 0x00)
FONTS: Final = {Level.TEXT: FANGSONG, Level.FIRST: HEI, Level.SECOND: KAI}
# What XML 1.0 cannot hold; a pasted text may bring it.
_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def document(paper: Paper) -> bytes:
    """The docx."""
    made = blank_page(_clean(paper.title), _clean(paper.signer or paper.head), now())
    _head(made, paper)
    _title(made, paper.title)
    _body(made, paper)
    _signature(made, paper)
    _imprint(made, paper)
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _head(made: Document, paper: Paper) -> None:
    """The organ in red, the number centred below it, a red line (7.2.4, 7.2.5, 7.2.7)."""
    if paper.head:
        organ = _line(made, paper.head, TITLE, ERHAO, WD_ALIGN_PARAGRAPH.CENTER)
        organ.runs[0].font.color.rgb = RED
        organ.paragraph_format.space_before = Pt(29)
        organ.paragraph_format.line_spacing = Pt(40)
    if paper.number:
        _line(made, "")
        _line(made, paper.number, align=WD_ALIGN_PARAGRAPH.CENTER)
    if paper.head or paper.number:
        _rule(made.paragraphs[-1], "bottom", eighths=12, colour=str(RED))
        _line(made, "")


def _title(made: Document, title: str) -> None:
    """小标宋 of 2号, centred, each line of the title its own (7.3.1)."""
    for text in title.splitlines() or [""]:
        _line(made, text, TITLE, ERHAO, WD_ALIGN_PARAGRAPH.CENTER).paragraph_format.line_spacing = Pt(36)
    _line(made, "")


def _body(made: Document, paper: Paper) -> None:
    """Addressee flush left with a colon, paragraphs indented by two characters, annexes one line below (7.3.2–7.3.4)."""
    if paper.addressee:
        _line(made, f"{paper.addressee}：")
    for part in paper.body:
        _part(made, part)
    if paper.annexes:
        _line(made, "")
        for number, name in enumerate(paper.annexes, 1):
            lead = "附件：" if number == 1 else "　　　"
            counted = f"{number}．" if len(paper.annexes) > 1 else ""
            _indent(_line(made, f"{lead}{counted}{name}"), 2)


def _part(made: Document, part: Part) -> None:
    """A paragraph of the text; line breaks typed into it become paragraphs."""
    for text in part.text.splitlines():
        if text.strip():
            _indent(_line(made, text.strip(), FONTS[part.level]), 2)


def _signature(made: Document, paper: Paper) -> None:
    """The day four characters from the right edge, the organ centred above it (7.3.5.1); a note in brackets (7.3.6)."""
    if paper.signer or paper.day:
        _line(made, "")
        _line(made, "")
    day = in_words(paper.day) if paper.day else ""
    if paper.signer:
        _right(made, paper.signer, 4 + (_width(day or paper.signer) - _width(paper.signer)) / 2)
    if day:
        _right(made, day, 4)
    if paper.note:
        _indent(_line(made, f"（{paper.note}）"), 2)


def _imprint(made: Document, paper: Paper) -> None:
    """版记: copies, printing office and day between lines, 4号 (7.4). Thick lines outside, thin ones between."""
    lines = []
    if paper.copies:
        lines.append(f"抄送：{'，'.join(paper.copies)}。")
    if paper.issued_by:
        day = f"{in_words(paper.day)}印发" if paper.day else ""
        lines.append(f"{paper.issued_by}　　{day}".rstrip())
    for number, text in enumerate(lines):
        if number == 0:
            _line(made, "")
        line = _line(made, text, FANGSONG, SIHAO)
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = SIHAO
        line.paragraph_format.keep_together = True
        _rule(line, "top", eighths=8 if number == 0 else 6)
        if number == len(lines) - 1:
            _rule(line, "bottom", eighths=8)


def _line(
    made: Document,
    text: str,
    font: str = FANGSONG,
    size: Pt = SANHAO,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY,
) -> Paragraph:
    """One paragraph in one font."""
    line = made.add_paragraph()
    line.alignment = align
    set_font(line.add_run(_clean(text)), font, size)
    return line


def _right(made: Document, text: str, characters: float) -> None:
    """A line that ends so many characters before the right edge."""
    line = _line(made, text, align=WD_ALIGN_PARAGRAPH.RIGHT)
    line.paragraph_format.right_indent = Pt(max(0.0, characters) * SANHAO.pt)


def _indent(line: Paragraph, characters: int) -> None:
    line.paragraph_format.first_line_indent = Pt(characters * SANHAO.pt)


def _rule(line: Paragraph, side: str, *, eighths: int, colour: str = "000000") -> None:
    """A line above or below a paragraph, in eighths of a point."""
    properties = line._element.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        place(borders, properties, ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"))
    border = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "1"), ("color", colour)):
        border.set(qn(f"w:{name}"), value)
    borders.append(border)


def _width(text: str) -> float:
    """In characters of full width."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _clean(text: str) -> str:
    return _ILLEGAL.sub("", text)
