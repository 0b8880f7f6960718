from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from zhunsheng.faces.plantext.segments import Mark, Segment, segments, within

marks = st.lists(
    st.builds(Mark, st.integers(-3, 30), st.integers(-3, 30), st.sampled_from(["lead", "due", "ask1"])), max_size=12
)
texts = st.text(max_size=24)


@settings(deadline=None)
@given(texts, marks, st.sets(st.integers(-2, 30)))
def test_the_segments_put_together_are_the_text(text: str, given_marks: list[Mark], cuts: set[int]) -> None:
    assert "".join(text[s.start : s.end] for s in segments(len(text), given_marks, cuts)) == text


@settings(deadline=None)
@given(texts, marks)
def test_every_character_lies_under_exactly_its_marks(text: str, given_marks: list[Mark]) -> None:
    for segment in segments(len(text), given_marks):
        for offset in range(segment.start, segment.end):
            covering = tuple(m for m in given_marks if m.start <= offset < m.end)
            assert segment.marks == covering


@settings(deadline=None)
@given(texts, marks, st.sets(st.integers(0, 24)))
def test_segments_are_not_empty_and_end_at_every_cut(text: str, given_marks: list[Mark], cuts: set[int]) -> None:
    found = list(segments(len(text), given_marks, cuts))
    assert all(s.start < s.end for s in found)
    assert {c for c in cuts if 0 < c < len(text)} <= {s.start for s in found}


def test_overlapping_marks_share_the_words_that_both_cover() -> None:
    unit, doubt = Mark(2, 6, "lead"), Mark(4, 8, "ask1")
    assert list(segments(10, [unit, doubt])) == [
        Segment(0, 2, ()),
        Segment(2, 4, (unit,)),
        Segment(4, 6, (unit, doubt)),
        Segment(6, 8, (doubt,)),
        Segment(8, 10, ()),
    ]


def test_an_empty_text_has_no_segments() -> None:
    assert list(segments(0, [Mark(0, 3, "lead")], [0])) == []


def test_within_leaves_out_what_no_span_prints() -> None:
    cut = list(segments(10, [], [2, 4, 6]))
    assert [[(s.start, s.end) for s in found] for found in within(cut, [(0, 2), (4, 10), (10, 10)])] == [
        [(0, 2)],
        [(4, 6), (6, 10)],
        [],
    ]
