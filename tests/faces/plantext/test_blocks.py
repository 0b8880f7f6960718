from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.programmes.plans.handmade import TEXT, reading
from zhunsheng.faces.plantext.blocks import Grid, Line, blocks, spans
from zhunsheng.kernel.documents import Cell, Document, Table

PLAIN = replace(reading(), sections=(), tasks=(), goals=(), definitions=(), warnings=(), title="")


def styles(text: str, **changes: object) -> list[tuple[str, str]]:
    found = blocks(Document(text, "text"), replace(reading(), text=text, **changes))  # type: ignore[arg-type]
    return [(text[b.start : b.end], b.style) for b in found if isinstance(b, Line)]


def test_a_title_over_two_lines_and_headings_are_found() -> None:
    found = styles(TEXT)
    assert found[0] == ("云溪县2025年普法工作", "title")
    assert found[1] == ("方案", "title")
    assert ("　　一、主要目标", "h1") in found
    assert ("二、重点任务", "h1") in found


def test_a_heading_glued_to_its_paragraph_is_a_paragraph() -> None:
    text = TEXT.replace("二、重点任务\n", "二、重点任务。" + "要抓紧落实。" * 12 + "\n")
    assert not any(style == "h1" and words.startswith("二") for words, style in styles(text))


def test_several_blank_lines_become_one() -> None:
    assert styles("甲\n\n\n \n乙", sections=(), title="") == [("甲", ""), ("", "nil"), ("乙", "")]


@settings(deadline=None)
@given(st.text(alphabet="甲 \n\t\u3000", max_size=60))
def test_no_line_is_lost(text: str) -> None:
    found = blocks(Document(text, "text"), replace(PLAIN, text=text))
    shown = "".join(text[start:end] for start, end in spans(found))
    assert "".join(shown.split()) == "".join(text.split())


TABLE_TEXT = "前文\n甲\t乙\n\t丙\n后文"
MERGED = Table(((Cell(3, 4, 0), Cell(5, 6, 1)), (Cell(3, 4, 0, merged=True), Cell(8, 9, 1))))


def test_a_table_is_a_grid_and_merged_cells_span_rows() -> None:
    found = blocks(Document(TABLE_TEXT, "docx", (MERGED,)), replace(PLAIN, text=TABLE_TEXT))
    grid = next(block for block in found if isinstance(block, Grid))
    assert [[(TABLE_TEXT[c.start : c.end], c.rows) for c in row] for row in grid.rows] == [
        [("甲", 2), ("乙", 1)],
        [("丙", 1)],
    ]
    assert [TABLE_TEXT[b.start : b.end] for b in found if isinstance(b, Line) and b.style != "nil"] == ["前文", "后文"]


def test_a_table_whose_cells_leave_words_out_is_shown_as_lines() -> None:
    broken = Table(((Cell(3, 4, 0),), (Cell(8, 9, 1),)))
    found = blocks(Document(TABLE_TEXT, "docx", (broken,)), replace(PLAIN, text=TABLE_TEXT))
    assert all(isinstance(block, Line) for block in found)


def test_a_table_without_cells_is_left_out() -> None:
    found = blocks(Document("甲", "docx", (Table(()),)), replace(PLAIN, text="甲"))
    assert found == [Line(0, 1, "")]
