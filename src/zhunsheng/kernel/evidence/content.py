"""What a file is, decided by its content; what is not taken as evidence, and why.

Nothing is inflated or executed here: of an archive only the directory is read.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, NoReturn

from django.conf import settings

from zhunsheng.kernel.documents.refusal import size_words
from zhunsheng.kernel.documents.sniff import sniff
from zhunsheng.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that is taken: its name, the endings that fit it, and the media type that it is served with."""

    name: str
    label: str
    endings: tuple[str, ...]
    media: str


def _office(part: str) -> str:
    return f"application/vnd.openxmlformats-officedocument.{part}"


KINDS: Final = {
    kind.name: kind
    for kind in (
        FileKind("pdf", "PDF 文件", ("pdf",), "application/pdf"),
        FileKind("ofd", "OFD 版式文件", ("ofd",), "application/ofd"),
        FileKind("docx", "Word 文档", ("docx",), _office("wordprocessingml.document")),
        FileKind("xlsx", "电子表格", ("xlsx",), _office("spreadsheetml.sheet")),
        FileKind("pptx", "演示文稿", ("pptx",), _office("presentationml.presentation")),
        FileKind("doc", "旧版 Word 或 WPS 文档", ("doc", "wps"), "application/msword"),
        FileKind("xls", "旧版电子表格", ("xls", "et"), "application/vnd.ms-excel"),
        FileKind("png", "PNG 图片", ("png",), "image/png"),
        FileKind("jpg", "JPEG 图片", ("jpg", "jpeg"), "image/jpeg"),
        FileKind("txt", "文本文件", ("txt",), "text/plain; charset=utf-8"),
        FileKind("csv", "逗号分隔的表", ("csv",), "text/csv; charset=utf-8"),
    )
}
TAKEN: Final = "可以交 PDF、OFD、Word、Excel、演示文稿、图片（PNG、JPEG）和文本文件"
LONGEST_NAME: Final = 120

# Deflate cannot pass 1032 to 1; office markup of real documents stays far below.
MAX_MEMBERS: Final = 5_000
MAX_INFLATED: Final = 500 * 1024 * 1024
MAX_RATIO: Final = 200
RATIO_FROM: Final = 32 * 1024 * 1024

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ARCHIVES: Final = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAIN_PARTS: Final = (
    ("docx", ("word/document",)), ("xlsx", ("xl/workbook.xml",)), ("pptx", ("ppt/presentation.xml",)),
    ("ofd", ("OFD.xml",)),
)  # fmt: skip


def clean_name(name: str) -> str:
    """The name as shown: no folders, no characters that cannot be seen, at most ``LONGEST_NAME``; "" if none is left."""
    shown = _UNPRINTABLE.sub("", PurePosixPath(name.replace("\\", "/")).name).strip().lstrip(".")
    stem, dot, ending = shown.rpartition(".")
    if len(shown) <= LONGEST_NAME or not dot or len(ending) > 10:
        return shown[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def kind_of(data: bytes, name: str) -> FileKind:
    """The kind of ``data``, which ``name`` must not contradict. Raises ``Refused``."""
    shown = clean_name(name) or "没有名字的文件"
    if not data:
        _refuse("empty", shown, "里面没有内容", "请检查是否选错了文件")
    if len(data) > settings.EVIDENCE_MAX_BYTES:
        limit = size_words(settings.EVIDENCE_MAX_BYTES)
        _refuse("large", shown, f"有 {size_words(len(data))}，超过 {limit} 的上限", "请压缩图片或者拆成几份再交")
    kind = _of_content(data, shown)
    _check_ending(kind, shown)
    return kind


def _of_content(data: bytes, shown: str) -> FileKind:
    """By the first bytes, then by what the archive holds, then as writing."""
    if data.startswith(_ZIP):
        return KINDS[_of_archive(data, shown)]
    if data.startswith(_OLE):
        return KINDS[_of_old_office(data, shown)]
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return KINDS["png"]
    if data.startswith(b"\xff\xd8\xff"):
        return KINDS["jpg"]
    if data.startswith(_ARCHIVES):
        _refuse("archive", shown, "是压缩包，里面是什么看不到", "请解开以后逐份上传")
    if data.lstrip()[:5] == b"%PDF-":
        return KINDS["pdf"]
    return _of_writing(data, shown)


def _of_archive(data: bytes, shown: str) -> str:
    """Office files and OFD are archives; every other archive is refused, and so are macros and bombs."""
    members = _directory(data, shown)
    names = {member.filename for member in members}
    if any(name.rpartition("/")[2].lower() in {"vbaproject.bin", "vbadata.xml"} for name in names):
        _refuse("macro", shown, "带有宏（会自动运行的程序）", "请另存为不带宏的格式（.docx、.xlsx）再交")
    if any(member.flag_bits & 1 for member in members):
        _refuse("encrypted", shown, "加了密码，别人打不开", "请取消密码再交")
    for kind, starts in _MAIN_PARTS:
        if any(name.startswith(starts) for name in names):
            return kind
    return _refuse("archive", shown, "是压缩包，里面是什么看不到", "请解开以后逐份上传")


def _directory(data: bytes, shown: str) -> list[zipfile.ZipInfo]:
    """The directory of an archive that is whole and swells no further than real documents do."""
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:
        _refuse("bomb", shown, f"里面的文件超过 {MAX_MEMBERS} 个", "请交原来的文档")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError, IndexError, EOFError):
        _refuse("damaged", shown, "不完整或者已经损坏", "请重新保存一份再交")
    inflated = sum(member.file_size for member in members)
    swollen = any(m.file_size > RATIO_FROM and m.file_size > MAX_RATIO * max(1, m.compress_size) for m in members)
    if swollen or inflated > MAX_INFLATED:
        _refuse("bomb", shown, f"解开后膨胀到 {size_words(inflated)}，像是压缩炸弹", "请交原来的文档")
    return members


def _of_old_office(data: bytes, shown: str) -> str:
    """The old Office container names its streams in UTF-16."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\x00\x00" in data

    if holds("EncryptedPackage"):
        _refuse("encrypted", shown, "加了密码，别人打不开", "请取消密码再交")
    if holds("_VBA_PROJECT") or holds("_VBA_PROJECT_CUR"):
        _refuse("macro", shown, "带有宏（会自动运行的程序）", "请另存为不带宏的格式（.docx、.xlsx）再交")
    if holds("WordDocument"):
        return "doc"
    if holds("Workbook") or holds("Book"):
        return "xls"
    return _refuse("kind", shown, "不是能收的文件", TAKEN)


def _of_writing(data: bytes, shown: str) -> FileKind:
    """Plain text, a table of it where the name says so; no markup and nothing binary."""
    sniffed = sniff(data, shown)
    if sniffed.kind == "html":
        _refuse("active", shown, "是网页，打开时会自己运行", "请打印成 PDF 再交")
    text = _decoded(data)
    if sniffed.refusal is not None or text is None or _CONTROLS.search(text):
        _refuse("kind", shown, "不是能收的文件", TAKEN)
    if re.search(r"<(?:\?xml|svg|script|html)\b", text[:4096], re.IGNORECASE):
        _refuse("active", shown, "是网页或者标记文件，打开时会自己运行", "请打印成 PDF 再交")
    return KINDS["csv" if shown.lower().endswith(".csv") else "txt"]


def _decoded(data: bytes) -> str | None:
    """The characters of a text file; ``None`` where it is none."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _check_ending(kind: FileKind, shown: str) -> None:
    """The ending of the name, where there is one, fits the content: nobody is led to open a thing as another."""
    ending = shown.rpartition(".")[2].lower() if "." in shown else ""
    if ending and ending not in kind.endings:
        fitting = "、".join(f".{one}" for one in kind.endings)
        _refuse(
            "ending",
            shown,
            f"名字以“.{ending}”结尾，内容却是{kind.label}",
            f"请核对是不是选错了文件；没有选错的，请把名字改成以{fitting}结尾再交",
        )


def _refuse(code: str, shown: str, wrong: str, remedy: str) -> NoReturn:
    """What is wrong with which file, and what to do."""
    raise Refused(f"evidence_{code}", f"“{shown}”没有收：{wrong}。{remedy}。")
