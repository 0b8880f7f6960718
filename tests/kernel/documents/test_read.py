"""The entrance as a whole: limits, messages, and that no bytes at all raise anything but UnreadableDocument."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kernel.documents.pdf_files import Pdf
from tests.kernel.documents.word.files import abstract, docx, level, num, p, r, tbl, tc, tr
from zhunsheng.kernel.documents import MAX_BYTES, Document, UnreadableDocument, read_document

WORD = docx(
    p("云溪县工作要点")
    + p("健全制度", num="1:0")
    + p(runs="<w:ins>" + r("新") + "</w:ins><w:del>" + r("旧") + "</w:del>")
    + tbl(tr(tc("类", merge="restart"), "一"), tr(tc(merge="continue"), "二", properties="<w:del/>")),
    numbering=abstract(0, level(0, "chineseCounting", "%1、")) + num(1, 0),
    styles='<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:basedOn w:val="b"/></w:style>',
)
PAGE = (
    "<!DOCTYPE html><meta charset=utf-8><title>要点</title><main><h1>云溪县</h1><ol start=2><li>一<li>二</ol>"
    "<table><tr><th rowspan=2>类<td colspan=2>甲<tr><td>乙<td>丙</table></main>"
).encode()
PRINTED = (
    Pdf()
    .lines("云溪县工作要点", ">一、健全制度")
    .table([90, 200, 300], [600, 560, 520], [["序", "任务"], ["1", "甲"]])
    .save()
)
PLAIN = "云溪县工作要点\r\n一、健全制度\r\n".encode("gb18030")
SAMPLES = {"docx": WORD, "html": PAGE, "pdf": PRINTED, "txt": PLAIN}


def read_or_refuse(data: bytes, name: str = "") -> None:
    """Reading gives a sound document or a refusal with a full Chinese sentence."""
    try:
        document = read_document(data, name=name)
    except UnreadableDocument as error:
        assert error.code.isidentifier()
        assert str(error).startswith("收到的是")
        assert str(error).endswith("。")
        return
    check(document)


def check(document: Document) -> None:
    assert document.text.strip()
    assert "\r" not in document.text
    for table in document.tables:
        assert 0 <= table.start <= table.end <= len(document.text)
        assert all(row and all(cell.start <= cell.end for cell in row) for row in table.rows)


@pytest.mark.parametrize(("kind", "expected"), [("docx", "docx"), ("html", "html"), ("pdf", "pdf"), ("txt", "text")])
def test_every_kind_is_read_under_any_name(kind: str, expected: str) -> None:
    for name in ("", "plan", "plan.txt", "plan.docx", "方案.pdf"):
        document = read_document(SAMPLES[kind], name=name)
        assert document.kind == expected
        assert document.text.startswith("云溪县")
        check(document)


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (b"", "empty", "空文件"),
        (b" \n\t\n", "empty", "里面没有文字"),
        ("\u3000\u00a0\n".encode(), "empty", "里面没有文字"),
        (docx(p()), "empty", "Word 文档“方案.docx”"),
        (b"<html><body><p></p></body></html>", "empty", "网页文件"),
        (b"a\x00b" * 100, "noise", "不是文字"),
        (bytes(MAX_BYTES + 1), "too_large", "超过 50 MB"),
        (b"\x89PNG\r\n\x1a\n123", "unsupported", "PNG 图片“方案.docx”"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument\0".encode("utf-16-le"), "unsupported", "另存为”.docx"),
    ],
)
def test_refusals_say_what_was_received(data: bytes, code: str, says: str) -> None:
    with pytest.raises(UnreadableDocument, match=says) as caught:
        read_document(data, name="方案.docx")
    assert caught.value.code == code


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_truncated_files(kind: str) -> None:
    data = SAMPLES[kind]
    for cut in range(0, len(data), max(1, len(data) // 150)):
        read_or_refuse(data[:cut], f"plan.{kind}")


changes = st.lists(
    st.tuples(st.sampled_from(["set", "cut", "copy", "insert"]), st.floats(0, 1), st.binary(min_size=1, max_size=6)),
    min_size=1,
    max_size=8,
)


def changed(data: bytes, steps: list[tuple[str, float, bytes]]) -> bytes:
    """``data`` after a few accidents at the given places."""
    for what, where, piece in steps:
        place = int(where * len(data))
        if what == "set":
            data = data[:place] + piece + data[place + len(piece) :]
        elif what == "cut":
            data = data[:place] + data[place + 7 * len(piece) :]
        elif what == "copy":
            data = data[:place] + data[place // 2 : place // 2 + 20 * len(piece)] + data[place:]
        else:
            data = data[:place] + piece + data[place:]
    return data


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), changes)
def test_damaged_files_of_every_kind(kind: str, steps: list[tuple[str, float, bytes]]) -> None:
    read_or_refuse(changed(SAMPLES[kind], steps))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["word/document.xml", "word/numbering.xml", "word/styles.xml"]), changes)
def test_word_files_with_damaged_markup(part: str, steps: list[tuple[str, float, bytes]]) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as source, zipfile.ZipFile(stream, "w") as target:
        for member in source.namelist():
            content = source.read(member)
            target.writestr(member, changed(content, steps) if member == part else content)
    read_or_refuse(stream.getvalue())


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"\xd0\xcf\x11\xe0"]),
)
def test_any_bytes(tail: bytes, head: bytes) -> None:
    read_or_refuse(head + tail)


def test_a_text_is_read_without_the_libraries_of_other_formats() -> None:
    code = (
        "import sys; from zhunsheng.kernel.documents import read_document; read_document('云溪县'.encode()); "
        "sys.exit(any(name in sys.modules for name in ('lxml', 'pypdfium2', 'django')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
