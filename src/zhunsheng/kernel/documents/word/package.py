"""The zip around a Word document: opened only after its directory has been judged harmless."""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from zhunsheng.kernel.documents.model import UnreadableDocument
from zhunsheng.kernel.documents.refusal import SAVE_AS, refuse, size_words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

MAX_MEMBERS = 5_000
MAX_TOTAL = 300 * 1024 * 1024
MAX_PART = 40 * 1024 * 1024
# Deflate cannot pass 1032 to 1; word-processing markup of real documents stays below 60 to 1.
MAX_RATIO = 200
RATIO_FROM = 4 * 1024 * 1024
# A blank bitmap compresses without end too, up to a size that no picture in a plan has.
RATIO_FROM_OTHERS = 32 * 1024 * 1024

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    IndexError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parsed parts that text depends on; styles and numbering may be missing."""

    document: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None


def val(node: etree._Element | None) -> str:
    """The ``w:val`` of an element, ``""`` where the element or its value is missing."""
    return "" if node is None else node.get(W + "val") or ""


def open_parts(data: bytes, what: str) -> Parts:
    """Check the archive, inflate the few parts needed and parse them. Raises UnreadableDocument."""
    # Every directory entry has this mark, so their number is known before the directory is read.
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise _too_large(what, f"里面的文件超过 {MAX_MEMBERS} 个")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive, what)
            return _read_parts(archive, what)
    except _ZIP_FAULTS as error:
        if isinstance(error, UnreadableDocument):
            raise
        raise _damaged(what) from error


def _check_directory(archive: zipfile.ZipFile, what: str) -> None:
    """What the directory itself declares: encryption, total size, and the ratio of any member."""
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise refuse("encrypted", what, "加了密码，读不到文字", "请取消密码后另存为 .docx")
    total = sum(member.file_size for member in members)
    if total > MAX_TOTAL:
        raise _too_large(what, f"解开后有 {size_words(total)}，超过 {size_words(MAX_TOTAL)} 的上限")
    for member in members:
        smallest = RATIO_FROM if member.filename.endswith((".xml", ".rels")) else RATIO_FROM_OTHERS
        if member.file_size > smallest and member.file_size > MAX_RATIO * member.compress_size:
            raise _too_large(what, f"里面有一个文件解开后膨胀到 {size_words(member.file_size)}，像是压缩炸弹")


def _read_parts(archive: zipfile.ZipFile, what: str) -> Parts:
    names = set(archive.namelist())
    main = _main_part(archive, names, what)
    related = _relations(archive, names, main, what)
    document = _parse_part(archive, main, what)
    if document.tag != W + "document":
        raise _damaged(what)
    styles = related.get("styles", posixpath.join(posixpath.dirname(main), "styles.xml"))
    numbering = related.get("numbering", posixpath.join(posixpath.dirname(main), "numbering.xml"))
    return Parts(
        document,
        _parse_part(archive, styles, what) if styles in names else None,
        _parse_part(archive, numbering, what) if numbering in names else None,
    )


def _main_part(archive: zipfile.ZipFile, names: set[str], what: str) -> str:
    """The name of the part with the text."""
    main = _relations(archive, names, "", what).get("officeDocument", "word/document.xml")
    if main in names:
        return main
    others = sorted(name for name in names if re.fullmatch(r"word/document\d*\.xml", name))
    if not others:
        raise refuse("unsupported", what, "里面没有正文部分（document.xml），不是完整的 Word 文档", SAVE_AS)
    return others[0]


def _relations(archive: zipfile.ZipFile, names: set[str], part: str, what: str) -> dict[str, str]:
    """Kind of relation (``styles``) to part name, for the part ``part`` (the package itself for ``""``)."""
    folder, base = posixpath.split(part)
    source = posixpath.join(folder, "_rels", base + ".rels")
    if source not in names:
        return {}
    found: dict[str, str] = {}
    for relation in _parse_part(archive, source, what):
        target, kind = relation.get("Target"), relation.get("Type", "").rpartition("/")[2]
        if target and relation.get("TargetMode") != "External":
            name = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.setdefault(kind, name)
    return found


def _parse_part(archive: zipfile.ZipFile, name: str, what: str) -> etree._Element:
    """Inflate at most ``MAX_PART`` bytes and parse them without entities, network or unlimited nodes."""
    if archive.getinfo(name).file_size > MAX_PART:
        raise _too_large(what, f"正文解开后超过 {size_words(MAX_PART)}，像是压缩炸弹")
    with archive.open(name) as stream:
        content = stream.read(MAX_PART + 1)
    # The directory may lie about the size, so it is counted again.
    if len(content) > MAX_PART:
        raise _too_large(what, f"正文解开后超过 {size_words(MAX_PART)}，像是压缩炸弹")
    if _DOCTYPE.search(content):
        raise refuse("damaged", what, "正文里有 Word 不会写出的实体声明，不予读取", SAVE_AS)
    try:
        # huge_tree stays off: 10 MB in one text node or 256 levels are no document that a person wrote.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        root = etree.fromstring(content.replace(_STRICT, _TRANSITIONAL), parser)
    except etree.LxmlError as error:
        raise _damaged(what) from error
    return root


def _too_large(what: str, wrong: str) -> UnreadableDocument:
    return refuse(
        "archive_too_large", what, wrong + "，没有解开", "请用 Word 或 WPS 打开核对，只留方案正文另存为 .docx"
    )


def _damaged(what: str) -> UnreadableDocument:
    return refuse(
        "damaged", what, "文件不完整或已损坏，打不开", "请重新下载或拷贝一次，或用 Word、WPS 打开修复后另存为 .docx"
    )
