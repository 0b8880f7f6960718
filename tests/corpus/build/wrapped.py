"""Plans as PDF pages, and as text that was copied out of such pages."""

# mypy: disable-error-code="import-untyped, import-not-found"
from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NO_LINE_START = "、。，；：）”》】〕%"


def marked_lines(source: str) -> Iterator[tuple[str, str]]:
    """Each line of a source as its mark (`title`, `@table`, or `body`) and its text."""
    for line in source.splitlines():
        if not line or line.startswith("%%"):
            continue
        found = re.match(r"\{(\w+)\}", line)
        if line.startswith("@"):
            word, _, rest = line.partition(" ")
            yield word, rest
        else:
            yield (found[1], line[found.end() :]) if found else ("body", line)


def write_pdf(source: str, path: Path) -> None:
    """Official A4 layout with a Chinese CID font; a page number under every page."""
    from reportlab import rl_config
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    rl_config.invariant = 1
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    base = ParagraphStyle("body", fontName="STSong-Light", fontSize=16, leading=28, wordWrap="CJK", firstLineIndent=32)
    styles = {
        "body": base,
        "title": ParagraphStyle("title", base, fontSize=22, leading=34, alignment=1, firstLineIndent=0),
        "center": ParagraphStyle("center", base, alignment=1, firstLineIndent=0),
        "right": ParagraphStyle("right", base, alignment=2, firstLineIndent=0),
        "plain": ParagraphStyle("plain", base, firstLineIndent=0),
        "cell": ParagraphStyle("cell", base, fontSize=11, leading=16, firstLineIndent=0),
    }
    story: list[object] = []
    rows: list[list[object]] = []
    widths: list[int] = []
    size = landscape(A4) if "@landscape" in source else A4
    for mark, text in marked_lines(source):
        if mark == "@page":
            story.append(PageBreak())
        elif mark == "@table":
            widths = [int(width) * 5 for width in text.split(",")]
        elif mark == "@end":
            story.append(Table(rows, widths, repeatRows=1, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")]))
        elif widths and mark == "body":
            rows.append([Paragraph(cell.replace("//", "<br/>"), styles["cell"]) for cell in text.split("|")])
        elif not mark.startswith("@"):
            story.append(Paragraph(text.replace("⏎", "<br/>"), styles[mark]))

    margins = {"leftMargin": 79, "rightMargin": 73, "topMargin": 105, "bottomMargin": 99}
    document = SimpleDocTemplate(str(path), pagesize=size, **margins)

    def number_page() -> None:
        document.canv.setFont("STSong-Light", 14)
        document.canv.drawCentredString(size[0] / 2, 50, f"— {document.page} —")

    document.afterPage = number_page
    document.build(story)


def write_txt(source: str, path: Path) -> None:
    """Hard-wrapped lines, a page number (and perhaps a running head) after every page, as copied from a PDF."""
    setup = dict(re.findall(r"^@(width|page|foot|head) (.*)$", source, re.MULTILINE))
    width, page = int(setup["width"]), int(setup["page"])
    lines: list[str] = []
    for mark, text in marked_lines(source):
        if not mark.startswith("@"):
            for part in text.split("⏎"):
                lines += wrap(part, width, mark)
    out: list[str] = []
    for number, start in enumerate(range(0, len(lines), page), 1):
        out += [setup["head"]] if "head" in setup and number > 1 else []
        out += [*lines[start : start + page], setup["foot"].format(number)]
    path.write_text("\n".join(out) + "\n", encoding="utf-8")


def wrap(text: str, width: int, mark: str) -> list[str]:
    """Break a paragraph into printed lines: numbers stay whole, closing marks hang, opening ones go down."""
    if mark in ("title", "center", "right"):
        space = 2 * width - columns(text)
        return [" " * max(space if mark == "right" else space // 2, 0) + text]
    lines, line = [], "" if mark == "plain" else "\u3000\u3000"
    for token in re.findall(r"[（〔【《“]*(?:[\x21-\x7e]+|.)[、。，；：）”》】〕%]*", text):
        if columns(line + token.rstrip(NO_LINE_START)) > 2 * width:
            lines.append(line)
            line = ""
        line += token
    return [*lines, line]


def columns(text: str) -> int:
    """Printed width in half-width columns."""
    return sum(1 if ord(character) < 0x2000 else 2 for character in text)
