from __future__ import annotations

import pytest

from zhunsheng.kernel.documents.markup import read_html
from zhunsheng.kernel.documents.model import Document

LONG = "<p>做好法治政府建设各项工作，确保按期完成。</p>" * 40


def read(page: str) -> Document:
    return read_html(page.encode(), "网页文件（1 KB）")


def cells(document: Document) -> list[list[list[tuple[int, str, bool]]]]:
    text = document.text
    return [[[(c.column, text[c.start : c.end], c.merged) for c in row] for row in t.rows] for t in document.tables]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>一</p><p>二</p>", "一\n二"),
        ("<div><div><p>一</p></div></div>二", "一\n二"),
        ("<p>一<br>二<br/><br>三</p>", "一\n二\n\n三"),
        ("<p>一<br></p><p>二</p>", "一\n二"),
        ("<p>健全\n   行政</p>", "健全行政"),
        ("<p>健全\n<b>行政\n</b>决策</p>", "健全行政决策"),
        ("<p>健全 行政</p>", "健全 行政"),
        ("<p>plan\n of 2025\n年</p>", "plan of 2025 年"),
        ("<p>  一  <span> 二</span>  </p>", "一 二"),
        ("<p>&nbsp;&nbsp;一&#12288;二&lt;三&amp;</p>", "\u00a0\u00a0一\u3000二<三&"),
        ("<pre>一\n  二\r\n三</pre>四", "一\n  二\n三\n四"),
        ("<p>一</p>\n\n  <p>二</p>", "一\n二"),
        ("一<script>x</script>二<style>y</style><noscript>z</noscript><template>t</template>三", "一二三"),
        ("一<span style='display: none'>藏</span>二<b hidden>藏</b><i aria-hidden='true'>藏</i>三", "一二三"),
        ("<p style='color:red'>一</p><p style='visibility:hidden'>藏</p>", "一"),
        ("<select><option>一</option></select><button>提交</button>二", "二"),
        ("<!-- 注释 -->一<!-- -->二", "一二"),
        ("<dl><dt>一<dd>二</dl>", "一\n二"),
        ("<h2>一</h2>二<hr>三", "一\n二\n三"),
    ],
)
def test_lines(page: str, expected: str) -> None:
    assert read(page).text == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<ol><li>甲<li>乙</ol>", "1. 甲\n2. 乙"),
        ("<ol start=3><li>甲</li><li value=7>乙</li><li>丙</li></ol>", "3. 甲\n7. 乙\n8. 丙"),
        ("<ol reversed><li>甲<li>乙</ol>", "2. 甲\n1. 乙"),
        ("<ol type=A><li>甲</ol><ol type=i><li>乙<li>丙</ol>", "A. 甲\ni. 乙\nii. 丙"),
        ("<ol style='list-style-type:cjk-ideographic'><li>甲<li>乙</ol>", "一、甲\n二、乙"),
        ("<ol style='list-style:none'><li>甲</ol><ol><li style='list-style: none outside'>乙</ol>", "甲\n乙"),
        ("<ul><li>甲<li>乙</ul>", "甲\n乙"),
        ("<ol><li>甲<ul><li>子</ul><li>乙</ol>", "1. 甲\n子\n2. 乙"),
        ("<ol><li><p>甲</p><p>续</p><li><li>丙</ol>完", "1. 甲\n续\n3. 丙\n完"),
        ("<ol><li>1.甲<li>（二）乙<li>第三条 丙<li>四、丁<li>⑤戊</ol>", "1.甲\n（二）乙\n第三条 丙\n四、丁\n⑤戊"),
        ("<ol start='x'><li value='y'>甲</ol><li>散</li>", "1. 甲\n散"),
    ],
)
def test_list_numbers(page: str, expected: str) -> None:
    assert read(page).text == expected


def test_a_table_between_paragraphs() -> None:
    document = read(
        "<p>前</p><table><caption>表</caption><tr><th>序号<th>任务<tr><td>1<td> 做好\n工作 </table><p>后</p>"
    )
    assert document.text == "前\n表\n序号\t任务\n1\t做好工作\n后"
    assert cells(document) == [[[(0, "序号", False), (1, "任务", False)], [(0, "1", False), (1, "做好工作", False)]]]


def test_empty_cells_keep_their_places() -> None:
    document = read("<table><tr><td>a<td><tr><td><td>b<tr><td><td></table>后")
    assert document.text == "a\t\n\tb\n\t\n后"
    assert [[cell[1] for cell in row] for row in cells(document)[0]] == [["a", ""], ["", "b"], ["", ""]]


def test_row_and_column_spans() -> None:
    page = (
        "<table><tr><th rowspan=2>类<th colspan=2>任务<th>单位<tr><td>1<td>2<td rowspan=2>丙"
        "<tr><td colspan=2>甲<td>乙<tr><td>末<td>x</table>"
    )
    assert cells(read(page)) == [
        [
            [(0, "类", False), (1, "任务", False), (3, "单位", False)],
            [(0, "类", True), (1, "1", False), (2, "2", False), (3, "丙", False)],
            [(0, "甲", False), (2, "乙", False), (3, "丙", True)],
            [(0, "末", False), (1, "x", False)],
        ]
    ]


def test_a_span_to_the_end_of_the_table() -> None:
    found = cells(read("<table><tr><td rowspan=0>类<td>1<tr><td>2<tr><td>3</table><table><tr><td>a<td>b</table>"))
    assert [row[0] for row in found[0]] == [(0, "类", False), (0, "类", True), (0, "类", True)]
    assert len(found[1][0]) == 2


def test_lines_inside_a_cell_stay() -> None:
    document = read("<table><tr><td>1<td><p>县司法局</p><p>县财政局<br>县审计局</p></table>")
    assert cells(document)[0][0][1] == (1, "县司法局\n县财政局\n县审计局", False)


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>方案</tr><tr><td><p>一</p></tr></table>",
        f"<table><tr><td>导航<td>{LONG}</table>",
        f"<table><tr><td>导航<td><table><tr><td>{LONG}</table></table>",
    ],
)
def test_tables_that_only_arrange_the_page(page: str) -> None:
    document = read(page)
    assert document.tables == ()
    assert "\t" not in document.text


def test_a_data_table_inside_a_layout_table() -> None:
    inner = "<table><tr><th>序号<th>任务</tr>" + "<tr><td>1<td>做好法治政府建设工作</tr>" * 5 + "</table>"
    document = read(f"<table><tr><td>导航<td>{inner}</table>")
    assert len(document.tables) == 1
    assert cells(document)[0][0] == [(0, "序号", False), (1, "任务", False)]
    assert document.text.startswith("导航\n")


def test_a_table_inside_a_cell_of_data_is_part_of_the_cell() -> None:
    document = read(
        "<table><tr><th>任务<th>单位<tr><td>做好法治政府建设工作<table><tr><td>甲<td>乙</table><td>县司法局</table>"
    )
    assert [cell[1] for cell in cells(document)[0][1]] == ["做好法治政府建设工作\n甲\t乙", "县司法局"]


def test_a_table_with_headings_is_data_however_long_a_cell_is() -> None:
    assert len(read(f"<table><tr><th>任务<th>单位<tr><td>{LONG}<td>县司法局</table>").tables) == 1


def test_too_many_columns_are_no_table() -> None:
    assert read("<table><tr>" + "<td>一" * 300 + "</table>").tables == ()


def test_merged_cells_without_end_are_not_written_out() -> None:
    page = "<table>" + "<tr>" + "<td rowspan=65534>a" * 150 + "<tr><td>b" * 3000 + "</table>"
    document = read(page)
    assert sum(len(row) for row in document.tables[0].rows) < 210_000


def test_cells_outside_of_tables_are_lines() -> None:
    assert read("<div><td>一</td><tr>二</tr></div>").text.split() == ["一", "二"]
