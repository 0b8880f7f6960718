"""Small files of each kind, made here."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
JPG = b"\xff\xd8\xff\xe0" + bytes(64)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return buffer.getvalue()


DOCX = archive(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>"))
XLSX = archive(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>"))
PPTX = archive(("[Content_Types].xml", b"<Types/>"), ("ppt/presentation.xml", b"<p/>"))
OFD = archive(("OFD.xml", b"<ofd:OFD/>"))
MACRO = archive(("word/document.xml", b"<w:document/>"), ("word/vbaProject.bin", b"x"))
BOMB = archive(("word/document.xml", b"<w:document/>"), ("word/media/a.bmp", bytes(40 * 1024 * 1024)))
PLAIN_ZIP = archive(("a.txt", b"hello"))


def old_office(*streams: str) -> bytes:
    return OLE + bytes(504) + b"".join(stream.encode("utf-16-le") + b"\x00\x00" + bytes(20) for stream in streams)


@dataclass(frozen=True)
class Someone:
    """An actor of a unit."""

    pk: int | None
    unit_id: int | None
    full_name: str = "何秀兰"
    unit_name: str = "南坪镇"
