from __future__ import annotations

import re
import threading

import pytest

from tests.kernel.documents.pdf_files import Pdf
from zhunsheng.kernel.documents import pdf
from zhunsheng.kernel.documents.model import UnreadableDocument
from zhunsheng.kernel.documents.pdf import read_pdf

WHAT = "PDF 文件（1 KB）"


def refused(data: bytes) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as caught:
        read_pdf(data, WHAT)
    assert str(caught.value).startswith("收到的是PDF 文件（1 KB），")
    return caught.value


def test_pages_follow_each_other() -> None:
    data = Pdf().lines("云溪县工作要点", "一、健全制度").page().lines("二、落实责任（县司法局）").save()
    document = read_pdf(data, WHAT)
    assert document.text == "云溪县工作要点\n一、健全制度\n二、落实责任（县司法局）"
    assert (document.kind, document.pages, document.tables) == ("pdf", 2, ())


def test_compatibility_characters_are_kept_as_read() -> None:
    assert read_pdf(Pdf().lines("⼀、健全⾏政（㈠）①").save(), WHAT).text == "⼀、健全⾏政（㈠）①"


def test_scans_have_no_text_layer() -> None:
    error = refused(Pdf().rectangle(10, 10, 500, 700).page().text(290, 40, "2").page().save())
    assert error.code == "no_text_layer"
    assert "共 3 页" in str(error)
    assert "OCR" in str(error)


def test_text_without_a_table_of_characters() -> None:
    error = refused(Pdf().lines("\ue001\ue002\ue003\ue004\ue005\ue006 云溪县").save())
    assert (error.code, "乱码" in str(error)) == ("no_text_layer", True)


def test_a_password() -> None:
    handler = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00><00>]" % (
        b"00" * 32,
        b"11" * 32,
    )
    assert refused(Pdf().lines("云溪县").save(trailer=handler)).code == "encrypted"


@pytest.mark.parametrize("data", [b"%PDF-1.4", b"%PDF-1.7\n" + b"x" * 500, Pdf().lines("云溪县").save()[:300]])
def test_damaged_files(data: bytes) -> None:
    assert refused(data).code == "damaged"


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    error = refused(Pdf().lines("一").page().lines("二").page().lines("三").save())
    assert error.code == "too_large"
    assert "共 3 页，超过 2 页" in str(error)


def test_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_SECONDS", -1.0)
    assert "超过 -1 秒" in str(refused(Pdf().lines("一").save()))


def test_several_threads_read_at_once() -> None:
    data = Pdf().lines(*(f"第{number}行云溪县法治政府" for number in range(20))).save()
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(read_pdf(data, WHAT).text)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(len(re.findall("法治政府", text)) == 20 for text in found)
