"""Word files for the tests, out of literal markup."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = f'xmlns:w="{W}" xmlns:mc="{MC}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
WHAT = "Word 文档（1 KB）"


def part(tag: str, inner: str) -> str:
    """A part with its root element."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{tag} {SPACES}>{inner}</w:{tag}>'


def zipped(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx(body: str, *, numbering: str = "", styles: str = "", **more: bytes | str) -> bytes:
    """A Word file with this body; ``more`` are further members, ``__`` in their names standing for ``/``."""
    members: dict[str, bytes | str] = {"word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>")}
    if numbering:
        members["word/numbering.xml"] = part("numbering", numbering)
    if styles:
        members["word/styles.xml"] = part("styles", styles)
    members.update({name.replace("__", "/"): content for name, content in more.items()})
    return zipped(members)


def p(text: str = "", *, num: str = "", style: str = "", runs: str = "", mark: str = "") -> str:
    """A paragraph; ``num`` is ``ID:LEVEL``, ``mark`` the properties of its mark."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        list_id, _, level = num.partition(":")
        level = f'<w:ilvl w:val="{level}"/>' if level else ""
        properties += f'<w:numPr>{level}<w:numId w:val="{list_id}"/></w:numPr>'
    properties += f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs or r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def level(index: int, number_format: str, text: str, more: str = "") -> str:
    """A list level; ``more`` are further properties."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(key: int, *levels: str) -> str:
    """A list definition."""
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(list_id: int, key: int, inner: str = "") -> str:
    """A list that uses a definition."""
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{key}"/>{inner}</w:num>'


def restart(index: int, start: int) -> str:
    """An override that starts a level anew."""
    return f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def tc(*blocks: str, span: int = 1, merge: str = "") -> str:
    """A cell of these blocks (plain words become a paragraph); ``merge`` is restart or continue."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge == "restart" else "<w:vMerge/>" if merge else ""
    inner = "".join(block if block.startswith("<") else p(block) for block in blocks or ("",))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of cells (plain words become a cell)."""
    inner = "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def tbl(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"
