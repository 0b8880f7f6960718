from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.documents.pdf_files import Pdf
from tests.kernel.documents.word.files import docx, p, zipped
from zhunsheng.kernel.documents.sniff import sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + b"\x00\x00"


@pytest.mark.parametrize("name", ["", "plan.txt", "plan.pdf", "plan.doc"])
def test_content_goes_before_the_name(name: str) -> None:
    assert sniff(docx(p("一、")), name).kind == "docx"
    assert sniff(Pdf().text(1, 1, "一").save(), name).kind == "pdf"
    assert sniff("<!DOCTYPE html><p>一".encode(), name).kind == "html"
    assert sniff("一、健全制度".encode(), name).kind == "text"


@pytest.mark.parametrize(
    ("data", "label", "code"),
    [
        (stream("WordDocument"), "旧版 Word 或 WPS 文档", "unsupported"),
        (stream("Workbook"), "旧版电子表格", "unsupported"),
        (stream("PowerPoint Document"), "旧版演示文稿", "unsupported"),
        (stream("EncryptedPackage"), "加密的 Office 文档", "encrypted"),
        (OLE, "旧版 Office 文件", "unsupported"),
        (zipped({"[Content_Types].xml": "", "xl/workbook.xml": "<x/>"}), "电子表格（.xlsx）", "unsupported"),
        (zipped({"[Content_Types].xml": "", "ppt/presentation.xml": "<x/>"}), "演示文稿", "unsupported"),
        (zipped({"OFD.xml": "<x/>", "Doc_0/Document.xml": ""}), "OFD 版式文件", "unsupported"),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}, 0),
            "OpenDocument",
            "unsupported",
        ),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}, 0),
            "电子表格（.ods）",
            "unsupported",
        ),
        (zipped({"方案.docx": docx(p("一"))}), "压缩包（.zip）", "unsupported"),
        (b"{\\rtf1\\ansi", "RTF 文档", "unsupported"),
        (b"\x89PNG\r\n\x1a\n", "PNG 图片", "unsupported"),
        (b"\xff\xd8\xff\xe0", "JPEG 图片", "unsupported"),
        (b"GIF89a", "GIF 图片", "unsupported"),
        (b"BM\x00\x00\x00\x00", "BMP 图片", "unsupported"),
        (b"RIFF\x00\x00\x00\x00WEBP", "WEBP 图片", "unsupported"),
        (b"\x00\x00\x00\x18ftypheic", "图片或视频文件", "unsupported"),
        (b"Rar!\x1a\x07\x00", "RAR 压缩包", "unsupported"),
        (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", "unsupported"),
        (b"\x1f\x8b\x08", "gzip 压缩包", "unsupported"),
        (b"MZ\x90\x00\x03", "程序文件", "unsupported"),
        (b"MIME-Version: 1.0", "单个文件网页", "unsupported"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "Office XML 文档", "unsupported"),
        (b"", "空文件", "empty"),
    ],
)
def test_kinds_that_no_reader_takes(data: bytes, label: str, code: str) -> None:
    found = sniff(data, "plan.docx")
    assert found.refusal is not None
    assert found.label.startswith(label)
    assert found.refusal.code == code


def test_a_word_file_with_a_spreadsheet_inside_is_a_word_file() -> None:
    sheet = zipped({"xl/workbook.xml": "<x/>"}, 0)
    found = sniff(docx(p("一"), word__embeddings__a=sheet), "")
    assert (found.kind, found.refusal) == ("docx", None)


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>一</body></html>",
        "\ufeff\n <!-- 注释 --><!DOCTYPE HTML><p>一",
        '<?xml version="1.0" encoding="gb2312"?>\n<html xmlns="x"><p>一</p></html>',
        '<div class="a">一</div>',
        "<TABLE><TR><TD>一",
        "标题<p>一</p><p>二</p><p>三</p>",
    ],
)
def test_pages(page: str) -> None:
    assert sniff(page.encode(), "").kind == "html"
    assert sniff(page.removeprefix("\ufeff").encode("utf-16"), "").kind == "html"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<<云溪县工作方案>>", ""),
        ("<意见>的通知", ""),
        ("网页里用</p>结束一段", ""),
        ("说明：<p>一</p><p>二</p><p>三</p>", "说明.txt"),
        ("MZ县", ""),
        ("BM", ""),
    ],
)
def test_texts_that_are_no_pages(text: str, name: str) -> None:
    found = sniff(text.encode(), name)
    assert (found.kind, found.refusal) == ("text", None)


def test_the_name_decides_what_the_content_leaves_open() -> None:
    assert sniff("一<p>二</p>".encode(), "a.html").kind == "html"
    assert sniff("一<p>二</p>".encode(), "a").kind == "text"


@given(st.binary(max_size=300), st.text(max_size=10))
def test_never_raises(data: bytes, name: str) -> None:
    assert sniff(data, name).label


KINDS = ("电子表格", "演示文稿", "图片", "压缩包", "旧版", "版式", "加密", "空文件")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        stream("WordDocument"),
        stream("Workbook"),
        stream("PowerPoint Document"),
        stream("EncryptedPackage"),
        b"\x89PNG\r\n\x1a\n",
        b"Rar!\x1a\x07",
        zipped({"OFD.xml": b""}),
        zipped({"xl/workbook.xml": b""}),
        zipped({"readme": b""}),
    ],
)
def test_a_message_names_the_kind_once(data: bytes) -> None:
    found = sniff(data)
    assert found.refusal is not None
    assert any(kind in found.label for kind in KINDS)
    assert not any(kind in found.label and kind in found.refusal.wrong for kind in KINDS)
