"""The one entrance: bytes in, a document out, or a Chinese sentence that says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhunsheng.kernel.documents.refusal import describe, refuse
from zhunsheng.kernel.documents.sniff import Sniffed, sniff
from zhunsheng.kernel.documents.text import read_text

if TYPE_CHECKING:
    from zhunsheng.kernel.documents.model import Document

MAX_BYTES = 50 * 1024 * 1024


def read_document(data: bytes, *, name: str = "") -> Document:
    """Read a file of at most 50 MB; its content decides the type, ``name`` only where the content leaves it open.

    Raises :class:`UnreadableDocument`, and nothing else, for whatever gives no text.
    """
    if len(data) > MAX_BYTES:
        what = describe("文件", len(data), name)
        raise refuse("too_large", what, "超过 50 MB 的上限", "请只交方案正文：去掉图片和附件，或分成几个文件")
    found = sniff(data, name)
    what = describe(found.label, len(data), name)
    if found.refusal is not None:
        raise refuse(found.refusal.code, what, found.refusal.wrong, found.refusal.advice)
    document = _read_as(found, data, what)
    if not document.text.strip():
        raise refuse("empty", what, "里面没有文字（空白，或只有图片）", "请检查是否选错了文件，或把正文复制粘贴进来")
    return document


def _read_as(found: Sniffed, data: bytes, what: str) -> Document:
    """Hand over to the reader of the format; readers of formats with heavy libraries are loaded only here."""
    if found.kind == "docx":
        from zhunsheng.kernel.documents.word import read_docx

        return read_docx(data, what)
    if found.kind == "pdf":
        from zhunsheng.kernel.documents.pdf import read_pdf

        return read_pdf(data, what)
    if found.kind == "html":
        from zhunsheng.kernel.documents.markup import read_html

        return read_html(data, what)
    return read_text(data, what)
