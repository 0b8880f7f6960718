from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.programmes.plans.handmade import TEXT, reading
from zhunsheng.faces.plantext.printed import Paragraph, Piece, TableRows, place, printed
from zhunsheng.faces.portal.findings import present
from zhunsheng.kernel.documents import Cell, Document, Table
from zhunsheng.programmes.plans.reading.model import Doubt, Reading


def pieces(found: Reading, document: Document | None = None) -> list[Piece]:
    blocks = printed(document or Document(found.text, "text"), found)
    return [
        piece
        for block in blocks
        for group in ([block.pieces] if isinstance(block, Paragraph) else [c.pieces for row in block.rows for c in row])
        for piece in group
    ]


def squeezed(words: str) -> str:
    return "".join(words.split())


def test_no_word_is_lost_or_changed() -> None:
    assert squeezed("".join(p.text for p in pieces(reading()))) == squeezed(TEXT)


def test_every_id_is_there_once_and_every_link_of_the_other_side_finds_one() -> None:
    ids = Counter(name for piece in pieces(reading()) for name in piece.ids)
    assert set(ids.values()) == {1}
    findings = present(reading())
    links = [v.href for card in findings.cards for fact in card.facts for v in fact.values]
    links += [f"#p{card.index}" for card in findings.cards] + [line.href for line in findings.outline]
    links += [row.value.href for row in findings.goals] + [due.href for row in findings.goals for due in row.due]
    links += [value.href for value in findings.definitions] + [d.value.href for d in findings.doubts]
    assert {link[1:] for link in links} <= set(ids)


def test_words_link_to_what_was_read_from_them() -> None:
    found = {(p.text, p.kind): p.href for p in pieces(reading())}
    assert found["县司法局", "lead"] == "#t1"
    assert found["2025年6月底前", "due"] == "#t1"
    assert found["到2025年", "due"] == "#g1"
    assert found["达到90%", "goal"] == "#g1"
    assert found["（含开发区，下同）", "def"] == "#d1"
    assert found["1.", "no1"] == "#t1"


def test_a_doubt_goes_before_what_it_doubts() -> None:
    found = {(p.text, p.kind): p.href for p in pieces(reading())}
    assert found["年底前", "ask1"] == "#q1"
    assert found["县司法局", "ask1"] == "#q2"


def test_a_doubt_about_everything_is_not_painted_over_everything() -> None:
    text = TEXT + "长" * 300
    whole = replace(reading(), text=text, warnings=(Doubt("long", "请核对。", 0, len(text)),))
    assert not any(p.kind == "ask1" for p in pieces(whole))
    assert f"w0-{len(text)}" in pieces(whole)[0].ids


def test_the_shorter_of_two_marks_is_shown() -> None:
    found = [(p.text, p.kind) for p in pieces(reading())]
    assert ("每年", "due") in found
    assert ("不少于2场", "goal") in found


def test_lines_know_their_task() -> None:
    lines = [b for b in printed(Document(TEXT, "text"), reading()) if isinstance(b, Paragraph)]
    by_task = {line.task: "".join(p.text for p in line.pieces) for line in lines}
    assert by_task[1].startswith("1.办好")
    assert by_task[2].startswith("2.=SUM")
    assert {line.task for line in lines} == {0, 1, 2}


def test_headings_are_bold_and_own_indents_are_not_doubled() -> None:
    assert any(p.bold and p.text == "二、重点任务" for p in pieces(reading()))
    text = "\u3000\u3000甲\n  乙\n \xa0丙"
    bare = replace(reading(), text=text, sections=(), tasks=(), goals=(), definitions=(), warnings=(), title="")
    assert [b.style for b in printed(Document(text, "text"), bare) if isinstance(b, Paragraph)] == ["own", "", "own"]


def test_a_table_keeps_its_links() -> None:
    text = "编号\t单位\n1\t县司法局"
    table = Table(((Cell(0, 2, 0), Cell(3, 5, 1)), (Cell(6, 7, 0), Cell(8, 12, 1))))
    found = reading()
    unit = replace(found.tasks[0].mentions[0], start=8, end=12)
    task = replace(found.tasks[0], start=6, end=12, text=text[6:12], mentions=(unit,), due=(), frequency=(), targets=())
    bare = replace(found, text=text, tasks=(task,), sections=(), goals=(), definitions=(), warnings=(), title="")
    blocks = list(printed(Document(text, "docx", (table,)), bare))
    assert isinstance(blocks[0], TableRows)
    assert blocks[0].rows[1][1].pieces == (Piece("县司法局", "lead", "#t1", ("w8-12",), bold=False),)


@settings(deadline=None)
@given(st.data())
def test_wherever_a_doubt_points_its_anchor_is_printed(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="甲乙 \n\t", min_size=1, max_size=40).filter(str.strip))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    doubts = (Doubt("x", "请核对。", start, end),)
    bare = replace(reading(), text=text, tasks=(), sections=(), goals=(), definitions=(), warnings=doubts, title="")
    ids = [name for piece in pieces(bare) for name in piece.ids]
    assert ids == [place(start, end)[1:]]
