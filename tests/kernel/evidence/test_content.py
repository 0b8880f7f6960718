from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tests.kernel.evidence import samples
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.evidence.content import KINDS, LONGEST_NAME, clean_name, kind_of


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (samples.PDF, "台账.pdf", "pdf"),
        (b"\r\n" + samples.PDF, "台账.PDF", "pdf"),
        (samples.OFD, "通知.ofd", "ofd"),
        (samples.DOCX, "报告.docx", "docx"),
        (samples.XLSX, "台账.xlsx", "xlsx"),
        (samples.PPTX, "课件.pptx", "pptx"),
        (samples.old_office("WordDocument"), "报告.doc", "doc"),
        (samples.old_office("WordDocument"), "报告.wps", "doc"),
        (samples.old_office("Workbook"), "台账.et", "xls"),
        (samples.PNG, "回执.png", "png"),
        (samples.JPG, "回执.jpeg", "jpg"),
        ("情况说明：已经办结。".encode(), "说明.txt", "txt"),
        ("情况说明".encode("gb18030"), "说明.txt", "txt"),
        ("情况说明".encode("utf-16"), "说明.txt", "txt"),
        ("单位,件数\n南坪镇,3\n".encode(), "表.csv", "csv"),
        (samples.PDF, "没有后缀", "pdf"),
    ],
)
def test_a_kind_is_decided_by_content(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name).name == kind


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "空.pdf", "empty"),
        (samples.DOCX, "报告.pdf", "ending"),
        (samples.PDF, "报告.docx", "ending"),
        (samples.PNG, "图.jpg", "ending"),
        ("说明".encode(), "说明.exe", "ending"),
        (samples.DOCX, "报告.docm", "ending"),
        (samples.MACRO, "报告.docx", "macro"),
        (samples.old_office("WordDocument", "_VBA_PROJECT"), "报告.doc", "macro"),
        (samples.old_office("EncryptedPackage"), "报告.docx", "encrypted"),
        (samples.old_office("PowerPoint Document"), "课件.ppt", "kind"),
        (samples.PLAIN_ZIP, "材料.zip", "archive"),
        (samples.PLAIN_ZIP, "材料.docx", "archive"),
        (b"Rar!\x1a\x07\x00" + bytes(99), "材料.rar", "archive"),
        (samples.DOCX[:-30], "报告.docx", "damaged"),
        (samples.BOMB, "报告.docx", "bomb"),
        (b"<html><body><script>alert(1)</script></body></html>", "页.html", "active"),
        (b"<html><body><p>x</p></body></html>", "说明.txt", "active"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "图.txt", "active"),
        (b"MZ\x90\x00\x03" + bytes(200), "工具.pdf", "kind"),
        (b"\x7fELF" + bytes(200), "工具", "kind"),
        (b"\x00\x01\x02\x03" * 50, "数据.txt", "kind"),
        (b"GIF89a" + bytes(50), "图.gif", "kind"),
    ],
)
def test_what_is_not_taken_is_refused_with_its_reason(data: bytes, name: str, code: str) -> None:
    with pytest.raises(Refused, match=r"^“.+”没有收：.+。.+。$") as refused:
        kind_of(data, name)
    assert refused.value.code == f"evidence_{code}"


def test_the_name_of_the_macro_part_may_be_written_in_any_case() -> None:
    with pytest.raises(Refused, match="宏"):
        kind_of(samples.archive(("word/document.xml", b"x"), ("word/VBAPROJECT.BIN", b"x")), "a.docx")


def test_a_file_over_the_limit_is_refused(settings: Settings) -> None:
    settings.EVIDENCE_MAX_BYTES = len(samples.PDF)
    assert kind_of(samples.PDF, "a.pdf").name == "pdf"
    with pytest.raises(Refused, match="超过"):
        kind_of(samples.PDF + b"\n", "a.pdf")


def test_too_many_members_are_refused_unread() -> None:
    with pytest.raises(Refused, match="超过 5000 个"):
        kind_of(b"PK\x03\x04" + b"PK\x01\x02" * 5_001, "a.docx")


@given(st.text(max_size=400))
def test_a_shown_name_is_short_visible_and_no_path(name: str) -> None:
    shown = clean_name(name)
    assert len(shown) <= LONGEST_NAME
    assert "/" not in shown
    assert "\\" not in shown
    assert not any(ord(character) < 32 or character in "\u202e\u2066" for character in shown)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("C:\\资料\\台账.pdf", "台账.pdf"),
        ("../../etc/passwd", "passwd"),
        (".htaccess", "htaccess"),
        ("照\u202egpj.exe", "照gpj.exe"),
        ("长" * 200 + ".docx", "长" * 115 + ".docx"),
    ],
)
def test_a_name_from_outside_is_cleaned(name: str, shown: str) -> None:
    assert clean_name(name) == shown


@given(st.binary(min_size=1, max_size=300), st.sampled_from(["a.pdf", "a.txt", "a", "a.docx", "a.csv"]))
def test_any_bytes_are_taken_or_refused(data: bytes, name: str) -> None:
    try:
        assert kind_of(data, name).name in KINDS
    except Refused as refused:
        assert refused.code.startswith("evidence_")
