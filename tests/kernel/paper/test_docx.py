from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from zhunsheng.kernel import now
from zhunsheng.kernel.documents import read_document
from zhunsheng.kernel.evidence.content import kind_of
from zhunsheng.kernel.paper import Paper, Part, document
from zhunsheng.kernel.paper.model import Level, in_words

PAPER = Paper(
    title="关于报送三季度\n备案台账的督办单",
    head="中共云溪县委全面依法治县委员会办公室",
    number="云法督〔2026〕14号",
    addressee="双桥镇人民政府",
    body=(
        Part("一、事由", Level.FIRST),
        Part("（一）逾期情况", Level.SECOND),
        Part("三季度台账应于2026年9月30日前报送，至今未报。\n请说明原因。"),
    ),
    annexes=("任务摘录", "期限算式"),
    signer="中共云溪县委全面依法治县委员会办公室",
    day=date(2026, 11, 3),
    note="联系人：周敏，0500-5550137",
    copies=("县政府办公室", "县纪委监委"),
    issued_by="中共云溪县委全面依法治县委员会办公室",
)


@pytest.fixture(scope="module")
def made() -> Document:
    with now.on(date(2026, 11, 3)):
        return docx.Document(io.BytesIO(document(PAPER)))


def line(made: Document, text: str) -> Paragraph:
    return next(one for one in made.paragraphs if one.text == text)


def east_asian(one: Paragraph) -> str | None:
    found = one.runs[0]._element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    assert found is not None
    return found.get(qn("w:eastAsia"))


def test_the_page_is_that_of_the_standard(made: Document) -> None:
    section = made.sections[0]
    sizes = [section.page_width, section.page_height, section.left_margin, section.right_margin]
    wide, high, left, right, top, bottom = (
        round((size or 0) / Mm(1)) for size in [*sizes, section.top_margin, section.bottom_margin]
    )
    assert (wide, high) == (210, 297)
    assert (wide - left - right, high - top - bottom) == (156, 225)
    assert (top, left) == (37, 28)


def test_the_grid_has_twenty_two_lines_of_twenty_eight_characters(made: Document) -> None:
    grid = made.sections[0]._sectPr.find(qn("w:docGrid"))
    assert grid is not None
    assert grid.get(qn("w:type")) == "lines"
    assert round(225 / 25.4 * 72 / (int(grid.get(qn("w:linePitch"), "0")) / 20), 2) == 21.99
    spacing = line(made, "双桥镇人民政府：").runs[0]._element.find(f"{qn('w:rPr')}/{qn('w:spacing')}")
    assert spacing is not None
    character = 16 + int(spacing.get(qn("w:val"), "0")) / 20
    assert 28 * character <= 156 / 25.4 * 72 < 29 * character


def test_fonts_and_sizes(made: Document) -> None:
    expected = {
        "中共云溪县委全面依法治县委员会办公室": ("方正小标宋简体", 22),
        "备案台账的督办单": ("方正小标宋简体", 22),
        "云法督〔2026〕14号": ("仿宋_GB2312", 16),
        "一、事由": ("黑体", 16),
        "（一）逾期情况": ("楷体_GB2312", 16),
        "请说明原因。": ("仿宋_GB2312", 16),
        "抄送：县政府办公室，县纪委监委。": ("仿宋_GB2312", 14),
    }
    for text, (font, size) in expected.items():
        found = line(made, text)
        assert (east_asian(found), found.runs[0].font.size) == (font, Pt(size)), text


def test_no_run_is_left_to_the_theme(made: Document) -> None:
    assert all(east_asian(one) for one in made.paragraphs)
    fonts = made.styles["Normal"].element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    assert fonts is not None
    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert not [name for name in fonts.attrib if "Theme" in name]


def test_page_numbers_stand_outside(made: Document) -> None:
    section = made.sections[0]
    assert made.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, 2), (section.even_page_footer, 0)):
        assert footer.paragraphs[0].text == "— 1 —"
        assert footer.paragraphs[0].alignment == side
        assert "PAGE" in etree.tostring(footer.paragraphs[0]._element).decode()


def test_the_order_of_the_elements(made: Document) -> None:
    texts = [one.text for one in made.paragraphs if one.text]
    assert texts == [
        "中共云溪县委全面依法治县委员会办公室",
        "云法督〔2026〕14号",
        "关于报送三季度",
        "备案台账的督办单",
        "双桥镇人民政府：",
        "一、事由",
        "（一）逾期情况",
        "三季度台账应于2026年9月30日前报送，至今未报。",
        "请说明原因。",
        "附件：1．任务摘录",
        "　　　2．期限算式",
        "中共云溪县委全面依法治县委员会办公室",
        "2026年11月3日",
        "（联系人：周敏，0500-5550137）",
        "抄送：县政府办公室，县纪委监委。",
        "中共云溪县委全面依法治县委员会办公室　　2026年11月3日印发",
    ]


def test_the_signature_is_centred_over_the_day(made: Document) -> None:
    day = line(made, "2026年11月3日")
    short = docx.Document(io.BytesIO(document(Paper("t", (), signer="云溪县司法局", day=date(2026, 11, 3)))))
    assert day.paragraph_format.right_indent == Pt(64)
    assert line(short, "2026年11月3日").paragraph_format.right_indent == Pt(64)
    # The day is 6.5 characters wide, the organ 6: it begins and ends a quarter of a character further in.
    assert line(short, "云溪县司法局").paragraph_format.right_indent == Pt(68)
    long = [one for one in made.paragraphs if one.text == PAPER.signer][1]
    assert long.paragraph_format.right_indent == Pt(0)


def test_our_own_reader_reads_it() -> None:
    text = read_document(document(PAPER), name="督办单.docx").text
    assert "云法督〔2026〕14号" in text
    assert "三季度台账应于2026年9月30日前报送，至今未报。" in text


def test_it_is_taken_as_evidence_and_has_no_traces_of_its_making() -> None:
    data = document(PAPER)
    assert kind_of(data, "督办单.docx").name == "docx"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        said = archive.read("docProps/core.xml").decode()
    assert "python-docx" not in said
    assert PAPER.signer in said


def test_a_paper_with_a_title_alone() -> None:
    made = docx.Document(io.BytesIO(document(Paper("通知", (Part("正文。"),)))))
    assert [one.text for one in made.paragraphs if one.text] == ["通知", "正文。"]


def test_schema_order_of_paragraph_properties(made: Document) -> None:
    """Word refuses a file whose paragraph properties stand in another order than the schema's."""
    order = ["pStyle", "keepNext", "keepLines", "pBdr", "spacing", "ind", "jc", "rPr"]
    for one in made.paragraphs:
        properties = one._element.pPr
        assert properties is not None
        names = [etree.QName(child).localname for child in properties]
        assert names == sorted(names, key=order.index)


def test_schema_order_of_run_properties(made: Document) -> None:
    order = ["rFonts", "b", "bCs", "color", "spacing", "sz", "szCs"]
    for one in made.paragraphs:
        properties = one.runs[0]._element.rPr
        assert properties is not None
        names = [etree.QName(child).localname for child in properties]
        assert names == sorted(names, key=order.index), names


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=300))
def test_any_text_gives_a_document_that_opens(title: str, organ: str, text: str) -> None:
    data = document(Paper(title, (Part(text),), head=organ, signer=organ, day=date(2026, 1, 2)))
    assert docx.Document(io.BytesIO(data)).paragraphs


@given(st.dates())
def test_a_day_has_no_leading_zeros(day: date) -> None:
    assert in_words(day) == f"{day.year}年{day.month}月{day.day}日"
