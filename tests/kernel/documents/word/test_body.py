from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.documents.word.files import WHAT, docx, p, part, r, tbl, tc, tr, zipped
from zhunsheng.kernel.documents.model import Document
from zhunsheng.kernel.documents.word.body import read_docx


def read(body: str) -> Document:
    return read_docx(docx(body), WHAT)


def cells(document: Document, table: int = 0) -> list[list[tuple[int, str, bool]]]:
    text = document.text
    return [[(c.column, text[c.start : c.end], c.merged) for c in row] for row in document.tables[table].rows]


def test_paragraphs_are_lines_and_empty_ones_stay() -> None:
    assert read(p("甲") + p() + p("　　乙 ")).text == "甲\n\n　　乙 "


def test_a_table_of_tasks() -> None:
    document = read(p("表") + tbl(tr("序号", "任务"), tr("1", "做好工作")) + p("完"))
    assert document.text == "表\n序号\t任务\n1\t做好工作\n完"
    assert cells(document) == [[(0, "序号", False), (1, "任务", False)], [(0, "1", False), (1, "做好工作", False)]]


def test_merged_cells_point_at_their_words() -> None:
    rows = tr(tc("类", merge="restart"), "甲"), tr(tc("藏", merge="continue"), "乙"), tr(tc("", merge="x"), "丙")
    document = read(tbl(*rows))
    assert document.text == "类\t甲\n\t乙\n\t丙"
    assert cells(document) == [
        [(0, "类", False), (1, "甲", False)],
        [(0, "类", True), (1, "乙", False)],
        [(0, "类", True), (1, "丙", False)],
    ]


def test_columns_count_what_cells_span() -> None:
    document = read(tbl(tr(tc("宽", span=3), "末"), tr("1", "2", "3", "4")))
    assert [column for column, _, _ in cells(document)[0]] == [0, 3]


def test_columns_count_what_stands_before_the_row() -> None:
    document = read(tbl(tr("1", "2", "3"), tr("2", "3", properties='<w:gridBefore w:val="1"/>')))
    assert [column for column, _, _ in cells(document)[1]] == [1, 2]


def test_a_spanning_cell_continues_the_one_above_it() -> None:
    document = read(tbl(tr(tc("宽", span=2, merge="restart"), "一"), tr(tc(span=2, merge="continue"), "二")))
    assert cells(document)[1] == [(0, "宽", True), (2, "二", False)]


def test_several_paragraphs_and_tabs_in_a_cell() -> None:
    cell = tc(p(), p("县司法局"), p(runs="<w:r><w:t>县</w:t><w:tab/><w:t>财政局</w:t></w:r>"), p())
    assert cells(read(tbl(tr("1", cell))))[0][1] == (1, "县司法局\n县 财政局", False)


def test_nested_tables_become_lines_of_the_cell() -> None:
    inner = tbl(tr("甲", "乙"), tr("丙", ""))
    document = read(tbl(tr("1", tc(p("前"), inner, p("后")))))
    assert cells(document) == [[(0, "1", False), (1, "前\n甲 乙\n丙\n后", False)]]


def test_a_frame_of_one_column_is_no_table() -> None:
    document = read(tbl(tr(tc(p("云溪县人民政府文件"), tbl(tr("甲", "乙")))), tr("下")))
    assert document.text == "云溪县人民政府文件\n甲\t乙\n下"
    assert len(document.tables) == 1


@pytest.mark.parametrize("gone", ["<w:del/>", "<w:hidden/>"])
def test_rows_that_are_not_printed(gone: str) -> None:
    assert read(tbl(tr("1", "甲"), tr("2", "乙", properties=gone))).text == "1\t甲"


def test_content_controls_around_everything() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    row = f"<w:tr>{control(tc('1'))}{tc('甲')}</w:tr>"
    table = f"<w:tbl>{control(row)}</w:tbl>"
    assert read(control(p("前") + control(table)) + f"<w:customXml>{p('后')}</w:customXml>").text == "前\n1\t甲\n后"


def test_a_table_of_contents_is_left_out() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="{}"/></w:docPartObj>'
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    contents = control.format(gallery.format("Table of Contents"), p("一、总体要求 1"))
    cover = control.format(gallery.format("Cover Pages"), p("封面"))
    assert read(contents + cover + p("一、总体要求")).text == "封面\n一、总体要求"


def test_blocks_that_were_moved_or_inserted() -> None:
    assert (
        read(f"<w:ins>{p('新')}</w:ins><w:del>{p('旧')}</w:del><w:moveFrom>{p('移')}</w:moveFrom>{p('末')}").text
        == "新\n末"
    )


def test_a_deleted_mark_joins_paragraphs() -> None:
    assert read(p("前半", mark="<w:del/>") + p("后半") + p("末", mark="<w:moveFrom/>")).text == "前半后半\n末"


def test_a_hidden_empty_paragraph_is_no_line() -> None:
    hidden = p(runs=r("藏", "<w:vanish/>"), mark="<w:vanish/>")
    assert read(p("甲") + hidden + p("乙")).text == "甲\n乙"


def test_headers_and_footers_are_left_out() -> None:
    data = docx(p("正文"), word__header1=part("hdr", p("页眉")))
    assert read_docx(data, WHAT).text == "正文"


def test_a_document_without_a_body_is_empty() -> None:
    assert read_docx(zipped({"word/document.xml": part("document", "")}), WHAT).text == ""


@pytest.mark.parametrize(
    "opening", ["<w:tbl><w:tr><w:tc/><w:tc>", "<w:sdt><w:sdtContent>", "<w:p><w:r><w:txbxContent>"]
)
def test_the_deepest_nesting_that_the_parser_admits(opening: str) -> None:
    closing = "".join(
        f"</{tag}>" for tag in reversed([tag for tag in opening[1:-1].split("><") if not tag.endswith("/")])
    )
    depth = 240 // closing.count("</")
    assert read(opening * depth + p("底") + closing * depth).text.strip().endswith("底")


words = st.text("云溪县司法局，。（）1", min_size=1, max_size=6)


@given(
    st.lists(st.one_of(words, st.lists(st.lists(words, min_size=2, max_size=3), min_size=1, max_size=3)), max_size=8)
)
def test_no_word_is_lost_and_cells_are_true(blocks: list[str | list[list[str]]]) -> None:
    body = "".join(p(b) if isinstance(b, str) else tbl(*(tr(*row) for row in b)) for b in blocks)
    document = read(body)
    assert (
        document.text.split("\n")
        == [line for b in blocks for line in ([b] if isinstance(b, str) else ["\t".join(row) for row in b])]
        or not blocks
    )
    tables = [b for b in blocks if not isinstance(b, str)]
    assert [[[text for _, text, _ in row] for row in cells(document, n)] for n in range(len(tables))] == tables
