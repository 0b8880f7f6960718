from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.kernel.documents.markup_text import LineWriter


def written(writer: LineWriter) -> str:
    text = "".join(writer.parts)
    assert writer.length == len(text)
    assert writer.lines == text.count("\n")
    return text


def test_pending_breaks_are_dropped_at_both_ends() -> None:
    writer = LineWriter()
    writer.block()
    writer.words(" 一 ")
    writer.line_break()
    writer.block()
    assert written(writer) == "一"


def test_what_follows_an_empty_last_cell_stands_on_its_own_line() -> None:
    writer = LineWriter()
    writer.begin_cell()
    writer.words("一")
    writer.end_cell()
    writer.separate("\t")
    writer.begin_cell()
    writer.end_cell()
    writer.block()
    writer.words("二")
    assert written(writer) == "一\t\n二"


def test_a_marker_waits_for_words_and_yields_to_their_own_number() -> None:
    writer = LineWriter()
    writer.marker("1. ")
    writer.words(" \n ")
    writer.words("甲")
    writer.block()
    writer.marker("2. ")
    writer.words("(二)乙")
    assert written(writer) == "1. 甲\n(二)乙"


@given(st.lists(st.text("云a ,\n\t", max_size=6), max_size=8))
def test_white_space_is_never_doubled_and_words_never_lost(pieces: list[str]) -> None:
    writer = LineWriter()
    for piece in pieces:
        writer.words(piece)
    text = written(writer)
    assert "".join(text.split()) == "".join("".join(pieces).split())
    assert "  " not in text
    assert text == text.strip()
    assert "云 云" not in text or " " in "".join(pieces) or "\t" in "".join(pieces)
