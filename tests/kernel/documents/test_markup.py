from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.kernel.documents.markup import MAX_TAGS, read_html
from zhunsheng.kernel.documents.model import UnreadableDocument

WHAT = "网页文件（1 KB）"


def text(page: str) -> str:
    return read_html(page.encode(), WHAT).text


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030", "utf-8", ""])
@pytest.mark.parametrize("real", ["gb18030", "utf-8"])
def test_charsets_as_declared_and_as_they_are(declared: str, real: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>云溪县（㎡）镕 2025年法治政府建设工作要点</p></body></html>'
    assert read_html(page.encode(real), WHAT).text == "云溪县（㎡）镕 2025年法治政府建设工作要点"


@pytest.mark.parametrize(
    "head",
    [
        '<meta http-equiv="Content-Type" content="text/html; charset=big5">',
        "<meta charset=BIG5>",
        '<?xml version="1.0" encoding="big5"?>',
    ],
)
def test_the_places_where_a_charset_is_declared(head: str) -> None:
    assert read_html(f"{head}<p>雲溪縣工作要點</p>".encode("big5"), WHAT).text == "雲溪縣工作要點"


def test_byte_order_marks_go_before_declarations() -> None:
    assert read_html('<meta charset="gbk"><p>云溪县</p>'.encode("utf-16"), WHAT).text == "云溪县"


def test_a_few_broken_bytes_are_forgiven_as_browsers_do() -> None:
    page = ("<meta charset=gbk><p>" + "云溪县" * 800).encode("gbk") + b"\xff" + "</p><p>完</p>".encode("gbk")
    assert read_html(page, WHAT).text.endswith("完")


def test_binary_data_after_a_tag_is_noise() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_html(b"<html>" + bytes(range(256)) * 9, WHAT)
    assert caught.value.code == "noise"


def test_the_article_is_preferred_where_it_holds_most() -> None:
    page = (
        "<div>首页</div><article><h1>题</h1><p>正文正文正文</p><table><tr><td>1<td>甲</table></article><div>版权</div>"
    )
    document = read_html(page.encode(), WHAT)
    assert document.text == "题\n正文正文正文\n1\t甲"
    assert [document.text[c.start : c.end] for c in document.tables[0].rows[0]] == ["1", "甲"]
    assert text("<article>摘要</article><div>正文在这里，比摘要长得多</div>") == "摘要\n正文在这里，比摘要长得多"


def test_furniture_is_left_out_where_the_page_says_so() -> None:
    assert text("<header>站名</header><nav>首页</nav><p>正文</p><aside>相关</aside><footer>版权</footer>") == "正文"
    assert text("<header><h1>方案</h1></header><p>正文</p>") == "方案\n正文"
    assert text("<main><header>方案</header><p>正文</p><footer>落款</footer></main>") == "方案\n正文\n落款"
    assert text("<footer>只有这里有字</footer>") == "只有这里有字"


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("工作方案_云溪县人民政府", "<p>一、</p>", "工作方案\n一、"),
        ("工作方案", "<p>云溪县工作方案</p>", "云溪县工作方案"),
        ("工作\n 方案 - 门户", "<p>工作 方案</p>", "工作 方案"),
        ("门户", "<h1>工作方案</h1>", "工作方案"),
        ("工作方案", "", ""),
        ("", "<p>一</p>", "一"),
    ],
)
def test_the_title_stands_in_for_a_missing_heading(title: str, body: str, expected: str) -> None:
    assert text(f"<html><head><title>{title}</title></head><body>{body}</body></html>") == expected


def test_elements_that_the_parser_leaves_in_the_head_are_shown() -> None:
    assert text("<!DOCTYPE html><meta charset=utf-8><title>方案</title><main><p>方案</p></main>") == "方案"


def test_tables_move_with_the_title() -> None:
    document = read_html("<title>分工表</title><table><tr><td>1<td>甲</table>".encode(), WHAT)
    assert [document.text[c.start : c.end] for c in document.tables[0].rows[0]] == ["1", "甲"]


def test_control_characters_are_dropped() -> None:
    assert text("<p>云\x01溪\x0b县</p>") == "云溪县"


def test_pages_that_no_person_wrote() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        text("<div>" * 3000 + "底")
    assert caught.value.code == "too_deep"
    with pytest.raises(UnreadableDocument) as caught:
        text("<b>" * (MAX_TAGS + 1))
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("page", ["", " ", "<!-- -->", "<html></html>", "<?xml version='1.0'?>"])
def test_pages_without_words(page: str) -> None:
    assert text(page) == ""


@pytest.mark.parametrize(
    "piece",
    [
        "<p>云溪县\n 法治</p>",
        "<table><tr><td rowspan=9999>一<td>二<tr><td>三</table>",
        "<header><h1>一</h1></header>",
        "<ol><li>一</ol>",
        "字" + " " * 300,
        "<article>一</article>",
    ],
)
def test_time_grows_with_the_length(piece: str) -> None:
    def seconds(count: int) -> float:
        began = time.process_time()
        text(piece * count)
        return time.process_time() - began

    seconds(50)
    assert seconds(1_600) < 40 * max(seconds(200), 0.002)


tags = st.sampled_from(
    "<p> </p> <table> </table> <tr> <td> </td> <td rowspan=3> <td colspan=2> <th> <ol> <li> </ol> <br> <div> </div> <pre> </pre> "
    "<article> </article> <main> <nav> </nav> <script> </script> <span hidden> </span> <header> <h1> <select> <title> <!-- -->".split()
)


@given(st.lists(st.one_of(tags, st.text("甲乙 \n\u00a0&;<", max_size=5)), max_size=40))
def test_any_tag_soup_is_read_and_cells_lie_inside(pieces: list[str]) -> None:
    document = read_html("".join(pieces).encode(), WHAT)
    for table in document.tables:
        assert 0 <= table.start <= table.end <= len(document.text)
        for row in table.rows:
            assert [cell.column for cell in row] == sorted({cell.column for cell in row})
            assert all(cell.start <= cell.end for cell in row)
