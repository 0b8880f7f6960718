from __future__ import annotations

import io
import struct
import zipfile

import pytest

from tests.kernel.documents.word.files import RELS, STRICT, WHAT, W, docx, p, part, zipped
from zhunsheng.kernel.documents.model import UnreadableDocument
from zhunsheng.kernel.documents.word import package
from zhunsheng.kernel.documents.word.package import open_parts

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def code(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        open_parts(data, WHAT)
    assert str(caught.value).startswith("收到的是Word 文档（1 KB），")
    return caught.value.code


def relations(*items: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="r{place}" Type="{RELS}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(items)
    )
    return f'<Relationships xmlns="{RELATIONS}">{inner}</Relationships>'


def test_parts_are_found_by_their_usual_names() -> None:
    parts = open_parts(docx(p("一"), styles="<w:style/>", numbering="<w:num/>"), WHAT)
    assert [root is not None and root.tag for root in (parts.document, parts.styles, parts.numbering)] == [
        f"{{{W}}}document",
        f"{{{W}}}styles",
        f"{{{W}}}numbering",
    ]


def test_parts_are_found_by_their_relations() -> None:
    data = zipped(
        {
            "_rels/.rels": relations(("officeDocument", "/main/text.xml")),
            "main/_rels/text.xml.rels": relations(("styles", "../looks.xml"), ("numbering", "lists.xml")),
            "main/text.xml": part("document", "<w:body/>"),
            "looks.xml": part("styles", ""),
            "main/lists.xml": part("numbering", ""),
        }
    )
    parts = open_parts(data, WHAT)
    assert parts.styles is not None
    assert parts.numbering is not None


def test_external_relations_are_not_followed() -> None:
    away = relations(("officeDocument", "word/other.xml")).replace("/>", ' TargetMode="External"/>')
    assert open_parts(docx(p("一"), **{"_rels/.rels": away}), WHAT).document.tag == f"{{{W}}}document"


def test_numbered_main_part() -> None:
    assert open_parts(zipped({"word/document2.xml": part("document", "")}), WHAT).styles is None


def test_strict_namespaces_are_read_as_the_usual_ones() -> None:
    strict = part("document", "<w:body/>").replace(W, STRICT)
    assert open_parts(zipped({"word/document.xml": strict}), WHAT).document.tag == f"{{{W}}}document"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        docx(p("一"))[:-40],
        docx(p("一" * 500))[: len(docx(p("一" * 500))) // 2],
        zipped({"word/document.xml": "<w:document"}),
        zipped({"word/document.xml": ""}),
        zipped({"word/document.xml": "<other/>"}),
        zipped({"word/document.xml": part("document", "<w:p>" * 300 + "</w:p>" * 300)}),
        zipped({"word/document.xml": '<?xml version="1.0" encoding="no-such"?><a/>'}),
    ],
)
def test_damaged_files(data: bytes) -> None:
    assert code(data) == "damaged"


def test_a_wrong_checksum_is_damage() -> None:
    data = bytearray(docx(p("一"), styles="<w:style/>"))
    data[data.index(b"PK\x01\x02") + 16] ^= 0xFF
    data[data.index(b"PK\x03\x04") + 14] ^= 0xFF
    assert code(bytes(data)) == "damaged"


def test_an_archive_without_a_main_part() -> None:
    assert code(zipped({"word/styles.xml": part("styles", "")})) == "unsupported"


@pytest.mark.parametrize("declaration", ['<!DOCTYPE a [<!ENTITY x "y">]>', "<!doctype a>"])
def test_entities_are_refused(declaration: str) -> None:
    assert code(zipped({"word/document.xml": declaration + "<a>&x;</a>"})) == "damaged"


def test_entities_hidden_in_another_encoding_give_no_text() -> None:
    hidden = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    body = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>一&x;</w:t></w:r></w:p></w:body></w:document>'
    root = open_parts(zipped({"word/document.xml": (hidden + body).encode("utf-16")}), WHAT).document
    assert "root:" not in "".join(str(text) for text in root.itertext(f"{{{W}}}t"))


def test_a_text_that_swells_is_not_inflated() -> None:
    bomb = b"<a>" + b" " * (package.MAX_PART + 1)
    assert code(zipped({"word/document.xml": bomb})) == "archive_too_large"


def test_a_ratio_that_no_document_has() -> None:
    swollen = part("document", "<w:body>" + "<w:p/>" * 800_000 + "</w:body>")
    data = zipped({"word/document.xml": swollen})
    assert len(data) * package.MAX_RATIO < len(swollen)
    assert code(data) == "archive_too_large"


def test_a_bomb_beside_the_text() -> None:
    stream = io.BytesIO(docx(p("一")))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.bin", bytes(package.RATIO_FROM_OTHERS + 1))
    assert code(stream.getvalue()) == "archive_too_large"


def test_a_declared_total_beyond_the_limit() -> None:
    data = bytearray(docx(p("一"), media1="x", media2="x"))
    place = -1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        data[place + 20 : place + 28] = struct.pack("<II", 2_000_000, 150 * 1024 * 1024)
    assert code(bytes(data)) == "archive_too_large"


def test_a_member_larger_than_declared_is_damage() -> None:
    data = bytearray(docx(p("一" * 1000)))
    place = data.index(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 100)
    assert code(bytes(data)) == "damaged"


def test_too_many_members() -> None:
    members: dict[str, bytes | str] = {f"a{number}": "" for number in range(package.MAX_MEMBERS + 1)}
    assert code(zipped(members)) == "archive_too_large"


def test_an_encrypted_archive() -> None:
    data = bytearray(docx(p("一")))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert code(bytes(data)) == "encrypted"
