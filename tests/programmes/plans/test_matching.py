from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.programmes.plans.matching import Words, matched

WORDS = st.builds(
    Words,
    number=st.sampled_from(["1", "2", "（三）", ""]),
    title=st.sampled_from(["普法", "执法检查", "政务公开", ""]),
    text=st.text(alphabet="普法执检查公开政务一二三", max_size=30),
)
LISTS = st.lists(WORDS, max_size=6)


def task(number: str, text: str, title: str = "") -> Words:
    return Words(number, title or text[:4], f"{number}.{text}")


def test_the_same_words_under_another_number_are_the_same_task() -> None:
    old = [task("1", "开展普法宣传，年底前完成。"), task("2", "清理规范性文件，六月底前完成。")]
    new = [task("2", "开展普法宣传，年底前完成。"), task("1", "清理规范性文件，六月底前完成。")]
    assert matched(old, new) == {0: (0, "same"), 1: (1, "same")}


def test_width_and_white_space_change_nothing() -> None:
    old = [Words("1", "普法", "1.开展普法（每年 2 次）")]
    assert matched(old, [Words("1", "普法", "1．开展普法(每年2次)")]) == {0: (0, "same")}


def test_an_equal_title_is_enough_for_changed_words() -> None:
    old = [Words("1", "政务公开", "1.政务公开。甲乙丙丁")]
    assert matched(old, [Words("4", "政务公开", "4.政务公开。全然换过的另外一番话语，长得多了。")]) == {
        0: (0, "changed")
    }


def test_mostly_equal_words_are_one_task_and_others_are_not() -> None:
    old = [task("1", "开展行政执法案卷评查，每年不少于两次。", "甲")]
    near = [task("1", "开展行政执法案卷评查，每年不少于四次。", "乙")]
    far = [task("1", "建设法治文化公园，打造普法阵地。", "丙")]
    assert matched(old, near) == {0: (0, "changed")}
    assert matched(old, far) == {}


def test_the_most_alike_pair_is_taken_first() -> None:
    old = [task("1", "每季度开展一次行政执法监督检查活动。", "甲")]
    new = [task("1", "每季度开展一次执法监督检查。", "乙"), task("2", "每季度开展一次行政执法监督检查活动！", "丙")]
    assert matched(old, new) == {1: (0, "changed")}


@given(LISTS, LISTS)
def test_matching_is_one_to_one(old: list[Words], new: list[Words]) -> None:
    found = matched(old, new)
    used = [match for match, _ in found.values()]
    assert len(used) == len(set(used))
    assert set(found) <= set(range(len(new)))
    assert set(used) <= set(range(len(old)))
    assert {kind for _, kind in found.values()} <= {"same", "changed"}


@given(LISTS)
def test_the_same_text_is_all_the_same(words: list[Words]) -> None:
    found = matched(words, words)
    for index, one in enumerate(words):
        if one.plain:
            match, kind = found[index]
            assert kind == "same"
            assert words[match].plain == one.plain


@given(LISTS)
def test_equal_words_keep_their_order(words: list[Words]) -> None:
    found = matched(words, words)
    for first in range(len(words)):
        for second in range(first + 1, len(words)):
            if words[first].plain == words[second].plain != "":
                assert found[first][0] < found[second][0]
