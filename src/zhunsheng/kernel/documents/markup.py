"""Web pages: decoded as a browser would, laid out into lines, the article preferred to what surrounds it."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from zhunsheng.kernel.documents.markup_layout import Layout
from zhunsheng.kernel.documents.model import Cell, Document, Table, UnreadableDocument
from zhunsheng.kernel.documents.refusal import refuse
from zhunsheng.kernel.documents.text import decode

# A page of 5 MB has about 200,000 tags; far more would fill the memory.
MAX_TAGS = 600_000
_CHARSET = re.compile(
    rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([\w-]+)|<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_TITLE_TAIL = re.compile(r"\s*[-_|—–]+[^-_|—–]*$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SPACES = re.compile(r"\s+")
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_html(data: bytes, what: str) -> Document:
    """Read a page: lines of the article, tables as cells. Raises UnreadableDocument."""
    if data.count(b"<") > MAX_TAGS:
        raise refuse("too_large", what, f"标签超过 {MAX_TAGS} 个，不像正常网页", "请把正文复制粘贴进来")
    root = _parse(_CONTROLS.sub("", decode_page(data, what)), what)
    if root is None:
        return Document(text="", kind="html")
    layout = Layout()
    layout.walk(root)
    if not layout.writer.length:
        layout = Layout(furniture=True)
        layout.walk(root)
    text, tables = _main_content(layout)
    return _with_title(root, text, tables)


def decode_page(data: bytes, what: str) -> str:
    """Byte-order mark, declared charset (GB names mean GB18030), else as plain text is decoded."""
    if data.startswith(_MARKS):
        return decode(data, what)
    declared = _CHARSET.search(data, 0, 8192)
    encoding = _known((declared.group(1) or declared.group(2)).decode("ascii").lower()) if declared else ""
    # Pages that were converted to UTF-8 often go on declaring GB; Chinese of another encoding is hardly ever UTF-8.
    order = ("utf-8", encoding) if _is_utf8(data) else (encoding, "utf-8")
    return next((text for name in order if name and (text := _try(data, name)) is not None), None) or decode(data, what)


def _known(encoding: str) -> str:
    """The codec that browsers use for a declared name, ``""`` for one that is unknown or no text encoding."""
    if encoding in ("gb2312", "gbk", "x-gbk", "gb_2312-80", "gb18030"):
        return "gb18030"
    if encoding in ("big5", "big5-hkscs", "x-x-big5"):
        return "big5hkscs"
    return encoding if encoding in ("utf-8", "utf8") else ""


def _is_utf8(data: bytes) -> bool:
    try:
        return _HAN.search(data.decode("utf-8")) is not None
    except UnicodeDecodeError:
        return False


def _try(data: bytes, encoding: str) -> str | None:
    """Decode, forgiving what browsers forgive: a broken byte in a thousand."""
    text = data.decode(encoding, "replace")
    return text if text.count("\ufffd") * 1000 <= len(text) else None


def _parse(page: str, what: str) -> etree._Element | None:
    """The tree, or ``None`` where there is no element; huge_tree lifts libxml2's 10 MB limit on one text, ours holds."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root: etree._Element | None = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in (entry.message or "") for entry in parser.error_log):
        raise _too_deep(what)
    return root


def _too_deep(what: str) -> UnreadableDocument:
    return refuse("too_deep", what, "标签一层套一层超过 2000 层，不像正常网页", "请把正文复制粘贴进来")


def _main_content(layout: Layout) -> tuple[str, tuple[Table, ...]]:
    """The largest article or main element where it holds most of the page, else all."""
    text = "".join(layout.writer.parts)
    start, end = max(layout.landmarks, key=lambda span: span[1] - span[0], default=(0, 0))
    if (end - start) * 2 <= len(text):
        return text, tuple(layout.tables)
    while start < end and text[start] in "\n\t":
        start += 1
    inside = [table for table in layout.tables if start <= table.start and table.end <= end]
    return text[start:end], tuple(_shifted(table, start) for table in inside)


def _with_title(root: etree._Element, text: str, tables: tuple[Table, ...]) -> Document:
    """Put the page's title on top where the page itself shows neither it nor a main heading."""
    title = _SPACES.sub(" ", root.findtext("head/title") or root.findtext(".//title") or "").strip()[:200]
    title = _TITLE_TAIL.sub("", title)
    core = _SPACES.sub("", title)
    if not core or not text.strip() or root.find(".//h1") is not None or core in _SPACES.sub("", text):
        return Document(text=text, kind="html", tables=tables)
    shifted = tuple(_shifted(table, -len(title) - 1) for table in tables)
    return Document(text=f"{title}\n{text}", kind="html", tables=shifted)


def _shifted(table: Table, cut: int) -> Table:
    """The table after ``cut`` characters in front of it are gone."""
    return Table(
        tuple(
            tuple(Cell(cell.start - cut, cell.end - cut, cell.column, cell.merged) for cell in row)
            for row in table.rows
        )
    )
