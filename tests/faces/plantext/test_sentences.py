from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.faces.plantext.sentences import excerpt, sentences

TEXT = st.text(alphabet="甲乙。；！）”\n 　丙丁1.", max_size=80)


def test_sentences_end_with_their_marks_and_the_brackets_behind_them() -> None:
    text = "1.开展检查。（牵头：县司法局。）\n  2.组织培训；年底总结"
    assert [text[one.start : one.end] for one in sentences(text, 0, len(text))] == [
        "1.开展检查。",
        "（牵头：县司法局。）",
        "2.组织培训；",
        "年底总结",
    ]


def test_brackets_are_not_cut() -> None:
    text = "1.检查。（牵头：甲；责任：乙）\n（没有合上；的一行\n2.培训"
    assert [text[one.start : one.end] for one in sentences(text, 0, len(text))] == [
        "1.检查。",
        "（牵头：甲；责任：乙）",
        "（没有合上；的一行",
        "2.培训",
    ]


def test_only_the_stretch_asked_for_is_cut() -> None:
    text = "甲。乙。丙。"
    assert [one.start for one in sentences(text, 2, 4)] == [2]


@given(TEXT, st.integers(0, 80), st.integers(0, 80))
def test_nothing_visible_is_lost_and_nothing_overlaps(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = list(sentences(text, start, end))
    assert "".join("".join(text[s.start : s.end].split()) for s in found) == "".join(text[start:end].split())
    edges = [edge for s in found for edge in (s.start, s.end)]
    assert edges == sorted(edges)
    assert all(start <= s.start < s.end <= end for s in found)


def test_an_excerpt_is_one_line() -> None:
    assert excerpt("甲\n乙  丙") == "甲 乙 丙"
    assert excerpt("一二三四五", 3) == "一二三……"
