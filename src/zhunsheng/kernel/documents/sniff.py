"""What a file is: decided by its content, and by its name only where the content fits several kinds."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhunsheng.kernel.documents.refusal import SAVE_AS

if TYPE_CHECKING:
    from zhunsheng.kernel.documents.model import Kind

LABELS: dict[Kind, str] = {"text": "文本文件", "html": "网页文件", "docx": "Word 文档", "pdf": "PDF 文件"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a recognised kind is not read."""

    code: str
    wrong: str
    advice: str


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The kind of a file and its Chinese name; ``refusal`` is set where no reader can take it."""

    kind: Kind
    label: str
    refusal: Refusal | None = None


_OLD_OFFICE = Refusal("unsupported", "这种格式不能直接读取", SAVE_AS)
_SHEET = Refusal("unsupported", "不是方案正文", "请把工作表内容复制到 Word 文档里另存为 .docx，或者直接复制粘贴进来")
_SLIDES = Refusal("unsupported", "不是方案正文", "请交方案的 .docx 或 .pdf 原件")
_IMAGE = Refusal("unsupported", "里面没有可读取的文字", "请先用文字识别（OCR）软件转成文字，或找来 .docx 原件")
_ARCHIVE = Refusal("unsupported", "不会替您解开", "请先解压，再选里面的 .docx、.pdf 或 .txt 文件")
_PROGRAM = Refusal("unsupported", "不是文档", "请检查是否选错了文件，方案应是 .docx、.pdf、.html 或 .txt")
_LOCKED = Refusal("encrypted", "读不到文字", "请用 Word 或 WPS 输入密码打开，取消密码后另存为 .docx")
_SAVE = Refusal("unsupported", "这种格式不能直接读取", SAVE_AS)
_OFD = Refusal("unsupported", "暂不能读取", "请用 OFD 阅读器另存为 PDF，或找来 .docx 原件")
_EMPTY = Refusal("empty", "没有正文可读", "请检查是否选错了文件，或把正文复制粘贴进来")

_SIGNATURES: tuple[tuple[bytes, str, Refusal], ...] = (
    (b"{\\rtf", "RTF 文档", _SAVE),
    (b"\x89PNG\r\n", "PNG 图片", _IMAGE),
    (b"\xff\xd8\xff", "JPEG 图片", _IMAGE),
    (b"GIF8", "GIF 图片", _IMAGE),
    (b"II*\x00", "TIFF 图片", _IMAGE),
    (b"MM\x00*", "TIFF 图片", _IMAGE),
    (b"Rar!\x1a\x07", "RAR 压缩包", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", _ARCHIVE),
    (b"\x1f\x8b\x08", "gzip 压缩包", _ARCHIVE),
    (b"BZh", "bzip2 压缩包", _ARCHIVE),
    (b"\xfd7zXZ\x00", "xz 压缩包", _ARCHIVE),
    (b"SQLite format 3\x00", "数据库文件", _PROGRAM),
    (b"\x7fELF", "程序文件", _PROGRAM),
    (b"MIME-Version:", "单个文件网页（MHT）", _SAVE),
)

_OLE_STREAMS: tuple[tuple[str, str, Refusal], ...] = (
    ("EncryptedPackage", "加密的 Office 文档", _LOCKED),
    ("WordDocument", "旧版 Word 或 WPS 文档（.doc、.wps）", _OLD_OFFICE),
    ("Workbook", "旧版电子表格（.xls、.et）", _SHEET),
    ("Book", "旧版电子表格（.xls）", _SHEET),
    ("PowerPoint Document", "旧版演示文稿（.ppt、.dps）", _SLIDES),
)

_ZIP_MEMBERS: tuple[tuple[tuple[bytes, ...], str, Refusal], ...] = (
    ((b"OFD.xml",), "OFD 版式文件", _OFD),
    ((b"xl/workbook.",), "电子表格（.xlsx）", _SHEET),
    ((b"ppt/presentation.",), "演示文稿（.pptx）", _SLIDES),
    ((b"opendocument.spreadsheet",), "电子表格（.ods）", _SHEET),
    ((b"opendocument.text", b"opendocument.presentation"), "OpenDocument 文档（.odt）", _SAVE),
    ((b"application/epub+zip",), "电子书（.epub）", _SAVE),
)

_TAGS = (
    "html head body meta title link script style base div p span table tbody tr td th h1 h2 h3 h4 h5 h6 ol ul li "
    "article main section header nav form center font br hr a b strong em u img pre blockquote dl"
).replace(" ", "|")
_OPENING = re.compile(
    rf"\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).){{0,4000}}-->\s*)*(?:<!doctype\s+html|<(?:{_TAGS})(?:[\s/][^<]{{0,2000}})?>)",
    re.IGNORECASE | re.DOTALL,
)
_CLOSING = re.compile(r"</(?:p|div|td|tr|table|span|html|body|h[1-6]|li)\s*>", re.IGNORECASE)
_OFFICE_XML = re.compile(
    r"mso-application|schemas\.microsoft\.com/office/(?:word/2003|2006/xmlPackage)|<office:document"
)


def sniff(data: bytes, name: str = "") -> Sniffed:
    """The kind of ``data``. Never raises; a kind without a reader comes with its refusal."""
    if not data:
        return Sniffed("text", "空文件", _EMPTY)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _sniff_zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _sniff_ole(data)
    if b"%PDF-" in data[:1024]:
        return Sniffed("pdf", LABELS["pdf"])
    for signature, label, refusal in _SIGNATURES:
        if data.startswith(signature):
            return Sniffed("text", label, refusal)
    return _sniff_binary(data) or _sniff_writing(data, name)


def _sniff_ole(data: bytes) -> Sniffed:
    """The old Office container names its streams in UTF-16."""
    for stream, label, refusal in _OLE_STREAMS:
        if stream.encode("utf-16-le") + b"\x00\x00" in data:
            return Sniffed("text", label, refusal)
    return Sniffed("text", "旧版 Office 文件", _OLD_OFFICE)


def _sniff_binary(data: bytes) -> Sniffed | None:
    """Kinds whose mark is short or stands further in, so that the rest of the head must agree."""
    if data[4:8] == b"ftyp":
        return Sniffed("text", "图片或视频文件", _IMAGE)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Sniffed("text", "WEBP 图片", _IMAGE)
    head = data[:64]
    if b"\x00" in head and data.startswith(b"BM"):
        return Sniffed("text", "BMP 图片", _IMAGE)
    if b"\x00" in head and data.startswith(b"MZ"):
        return Sniffed("text", "程序文件", _PROGRAM)
    return None


def _sniff_zip(data: bytes) -> Sniffed:
    """Member names tell Office files apart; they stand uncompressed in the directory at the end."""
    # A Word file may embed whole spreadsheets, stored, so its own mark goes first.
    others = () if b"word/document" in data else _ZIP_MEMBERS
    for marks, label, refusal in others:
        if any(mark in data for mark in marks):
            return Sniffed("docx", label, refusal)
    if b"word/" in data or b"[Content_Types].xml" in data:
        return Sniffed("docx", LABELS["docx"])
    return Sniffed("docx", "压缩包（.zip）", _ARCHIVE)


def _sniff_writing(data: bytes, name: str) -> Sniffed:
    """HTML, Office XML or plain text."""
    head = _head(data)
    if _OFFICE_XML.search(head) and head.lstrip().startswith("<?xml"):
        return Sniffed("text", "Office XML 文档", _SAVE)
    tagged = _OPENING.match(head) is not None
    named_html = name.lower().endswith((".html", ".htm", ".xhtml", ".shtml"))
    closings = len(_CLOSING.findall(head)) if not tagged else 0
    # A text about markup may quote a tag; a page closes many.
    if tagged or (named_html and closings) or (closings >= 3 and not name.lower().endswith(".txt")):
        return Sniffed("html", LABELS["html"])
    return Sniffed("text", LABELS["text"])


def _head(data: bytes) -> str:
    """The first 16 KB as characters, tags legible whatever the encoding."""
    head = data[:16384]
    if head.startswith(codecs.BOM_UTF16_LE):
        return head[2:].decode("utf-16-le", "replace")
    if head.startswith(codecs.BOM_UTF16_BE):
        return head[2:].decode("utf-16-be", "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")
