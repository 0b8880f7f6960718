from __future__ import annotations

import pytest

from tests.kernel.documents.word.files import docx, p, r
from zhunsheng.kernel.documents.read import read_document


def printed(*runs: str) -> str:
    return read_document(docx("".join(p(runs=inner) for inner in runs))).text


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(words: str) -> str:
    return f"<w:r><w:instrText>{words}</w:instrText></w:r>"


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ("<w:r><w:t>甲</w:t></w:r><w:r><w:t>乙</w:t></w:r>", "甲乙"),
        ('<w:r><w:t xml:space="preserve"> 甲 </w:t></w:r>' + r("乙"), " 甲 乙"),
        ("<w:r><w:t>\n 甲\n </w:t></w:r>" + r("乙"), "甲乙"),
        ('<w:r><w:t xml:space="preserve">甲\n乙\t丙</w:t></w:r>', "甲 乙 丙"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", "甲\t乙"),
        ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r>", "甲\n乙\n丙"),
        ("<w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t><w:softHyphen/></w:r>", "1-2"),
        (r("甲") + "<w:hyperlink>" + r("网址") + "</w:hyperlink>", "甲网址"),
        ("<w:sdt><w:sdtPr><w:t>名</w:t></w:sdtPr><w:sdtContent>" + r("甲") + "</w:sdtContent></w:sdt>", "甲"),
        ("<w:smartTag>" + r("甲") + "</w:smartTag>", "甲"),
        ("<w:ins>" + r("新") + "</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", "新"),
        ("<w:del>" + r("旧") + "</w:del>" + r("新"), "新"),
        ("<w:moveFrom>" + r("移") + "</w:moveFrom>" + r("甲") + "<w:moveTo>" + r("移") + "</w:moveTo>", "甲移"),
        (r("甲") + "<w:r><w:footnoteReference/></w:r><w:r><w:commentReference/></w:r>", "甲"),
        (r("甲", "<w:vanish/>") + r("乙", '<w:vanish w:val="0"/>'), "乙"),
        ("<w:r><w:ruby><w:rt>" + r("yún") + "</w:rt><w:rubyBase>" + r("云") + "</w:rubyBase></w:ruby></w:r>", "云"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + r("甲"), "甲"),
    ],
)
def test_what_is_printed(runs: str, expected: str) -> None:
    assert printed(runs) == expected


def test_fields_show_their_result() -> None:
    date = mark("begin") + instruction("DATE") + r("码") + mark("separate") + r("2025年") + mark("end")
    assert printed(r("于") + date + r("前")) == "于2025年前"
    assert printed('<w:fldSimple w:instr="PAGE">' + r("3") + "</w:fldSimple>") == "3"


def test_fields_inside_fields() -> None:
    inner = mark("begin") + instruction("A") + mark("separate") + r("里") + mark("end")
    assert printed(mark("begin") + inner + mark("separate") + r("外") + inner + mark("end")) == "外里"


def test_a_field_over_several_paragraphs() -> None:
    assert printed(mark("begin") + instruction("TOC") + mark("separate") + r("甲"), r("乙") + mark("end"), r("丙")) == (
        "甲\n乙\n丙"
    )


@pytest.mark.parametrize("broken", [mark("begin"), mark("end"), mark("separate"), mark("begin") + mark("begin")])
def test_a_broken_field_hides_nothing_after_its_paragraph(broken: str) -> None:
    assert printed(r("甲") + broken, r("乙")) == "甲\n乙"


def test_marks_in_hidden_runs_still_count() -> None:
    hidden = '<w:r><w:rPr><w:vanish/></w:rPr><w:t>码</w:t><w:fldChar w:fldCharType="separate"/></w:r>'
    assert printed(mark("begin") + hidden + r("果") + mark("end") + r("后")) == "果后"


def box(words: str, *, choice: bool = True, fallback: bool = True) -> str:
    content = f"<w:txbxContent>{p(words)}</w:txbxContent>"
    branches = f'<mc:Choice Requires="wps"><w:drawing>{content}</w:drawing></mc:Choice>' if choice else ""
    branches += f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback>" if fallback else ""
    return f"<w:r><mc:AlternateContent>{branches}</mc:AlternateContent></w:r>"


@pytest.mark.parametrize(("choice", "fallback"), [(True, True), (True, False), (False, True)])
def test_a_text_box_is_read_once_after_its_paragraph(choice: bool, fallback: bool) -> None:
    assert printed(r("前") + box("框", choice=choice, fallback=fallback) + r("后"), r("下")) == "前后\n框\n下"


def test_an_alternative_without_branches_prints_nothing() -> None:
    assert printed(r("甲") + box("", choice=False, fallback=False)) == "甲"
