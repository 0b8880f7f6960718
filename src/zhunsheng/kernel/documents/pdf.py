"""PDF files with a text layer: pages in order, wrapped lines joined where the geometry leaves no doubt, ruled tables."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium_raw

from zhunsheng.kernel.documents.model import Document, UnreadableDocument
from zhunsheng.kernel.documents.pdf_layout import lay_out
from zhunsheng.kernel.documents.pdf_page import Page, read_page
from zhunsheng.kernel.documents.refusal import refuse

MAX_PAGES = 500
MAX_SECONDS = 30.0
# Fewer characters than this per page are stamps or page numbers on a scan.
_SCAN = 5
# pdfium keeps global state and is not thread-safe.
_LOCK = threading.Lock()


def read_pdf(data: bytes, what: str) -> Document:
    """Read a PDF of at most 500 pages. Raises UnreadableDocument (scans, passwords, damage)."""
    with _LOCK:
        pages = _read_pages(data, what)
    glyphs = [glyph for page in pages for line in page.lines for glyph in line if not glyph.text.isspace()]
    if len(glyphs) < _SCAN * len(pages):
        wrong = f"共 {len(pages)} 页，没有文字层，应是扫描件或图片"
        raise refuse("no_text_layer", what, wrong, "请先用文字识别（OCR）软件处理，或找来 .docx 原件")
    unmapped = sum(1 for glyph in glyphs if _is_unmapped(glyph.text))
    if unmapped * 4 > len(glyphs):
        wrong = f"共 {len(pages)} 页，字体没有文字对照表，读出来是乱码"
        raise refuse("no_text_layer", what, wrong, "请找来 .docx 原件，或用文字识别（OCR）软件处理")
    text, tables = lay_out(pages)
    return Document(text=text, kind="pdf", tables=tables, pages=len(pages))


def _read_pages(data: bytes, what: str) -> list[Page]:
    """Open the file and take every page's characters and rules; the caller holds the lock."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _cannot_open(error.err_code, what) from error
    try:
        return list(_each_page(document, time.monotonic() + MAX_SECONDS, what))
    except pypdfium2.PdfiumError as error:
        raise _damaged(what) from error
    finally:
        document.close()


def _each_page(document: pypdfium2.PdfDocument, deadline: float, what: str) -> Iterator[Page]:
    """The pages in order; too many of them, or too slow ones, are refused."""
    count = len(document)
    if count == 0:
        raise _damaged(what)
    if count > MAX_PAGES:
        wrong = f"共 {count} 页，超过 {MAX_PAGES} 页的上限"
        raise refuse("too_large", what, wrong, "请只交方案正文，或拆成几个文件")
    for index in range(count):
        if time.monotonic() > deadline:
            wrong = f"共 {count} 页，读到第 {index + 1} 页已超过 {MAX_SECONDS:.0f} 秒"
            raise refuse("too_large", what, wrong, "请只交方案正文，或另存为 .docx 再交来")
        yield read_page(document, index)


def _cannot_open(code: int | None, what: str) -> UnreadableDocument:
    if code in (pdfium_raw.FPDF_ERR_PASSWORD, pdfium_raw.FPDF_ERR_SECURITY):
        return refuse("encrypted", what, "加了打开密码，读不到文字", "请取消密码后另存一份，或找来 .docx 原件")
    return _damaged(what)


def _damaged(what: str) -> UnreadableDocument:
    return refuse("damaged", what, "文件不完整或已损坏，打不开", "请重新下载或拷贝一次，或找来 .docx 原件")


def _is_unmapped(character: str) -> bool:
    """Private-use characters and the replacement character stand where a font hides what it shows."""
    return "\ue000" <= character <= "\uf8ff" or character == "\ufffd" or character < " "
