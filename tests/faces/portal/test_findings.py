from __future__ import annotations

from dataclasses import replace

from tests.programmes.plans.handmade import TEXT, mention, reading
from zhunsheng.faces.portal.findings import Fact, present


def facts(index: int) -> dict[str, Fact]:
    return {fact.label: fact for fact in present(reading()).cards[index].facts}


def test_a_card_says_who_when_how_often_and_how_much() -> None:
    found = facts(0)
    assert list(found) == ["牵头", "责任", "期限", "频次", "目标"]
    assert [v.words for v in found["责任"].values] == ["县教育局", "各乡镇、街道"]
    assert [v.group for v in found["责任"].values] == [False, True]
    assert found["责任"].rest
    assert not found["牵头"].rest
    assert found["期限"].values[0].note == "2025-06-30"
    assert found["频次"].values[0].note == "≥ 2 次/年"
    assert found["目标"].values[0].note == "≥ 2 场"


def test_a_due_date_without_a_year_shows_no_date() -> None:
    assert facts(1)["期限"].values[0].note == ""


def test_the_printed_word_for_a_role_is_kept() -> None:
    found = reading()
    helper = mention("县教 育局", "responsible", "配合单位", "1.办好")
    odd = mention("县教 育局", "responsible", "按职责分工负责的各家单位", "1.办好")
    for unit, label in (
        (helper, "配合"),
        (odd, "责任"),
        (replace(helper, label=""), "责任"),
        (replace(helper, label="负责"), "责任"),
    ):
        cards = present(replace(found, tasks=(replace(found.tasks[0], mentions=(unit,)),), warnings=())).cards
        assert cards[0].facts[0].label == label


def test_a_task_without_anybody_has_no_facts_about_units() -> None:
    found = reading()
    bare = replace(found.tasks[0], mentions=(), due=(), frequency=(), targets=())
    assert present(replace(found, tasks=(bare,), warnings=())).cards[0].facts == ()


def test_doubts_belong_to_the_task_that_they_stand_in() -> None:
    findings = present(reading())
    assert [doubt.task.index if doubt.task else 0 for doubt in findings.doubts] == [2, 2, 0]
    assert [card.doubts for card in findings.cards] == [(), (1, 2)]
    assert findings.doubts[0].value.words == "年底前"
    assert findings.doubts[2].value.words.endswith("……")


def test_a_doubt_without_words_points_at_its_task() -> None:
    found = reading()
    nowhere = replace(found.warnings[0], end=found.warnings[0].start)
    doubt = present(replace(found, warnings=(nowhere,))).doubts[0]
    assert (doubt.value.words, doubt.value.href) == (present(found).cards[1].title, "#p2")
    outside = replace(nowhere, start=0, end=0)
    assert present(replace(found, warnings=(outside,))).doubts[0].value.href == ""


def test_numbers_that_start_again_are_replaced_by_running_numbers() -> None:
    found = reading()
    again = replace(found, tasks=(found.tasks[0], replace(found.tasks[1], number="1")))
    assert [card.label for card in present(found).cards] == ["1", "2"]
    assert [(card.number, card.label) for card in present(again).cards] == [("1", "1"), ("1", "2")]
    unnumbered = replace(found, tasks=tuple(replace(task, number="") for task in found.tasks))
    assert [card.label for card in present(unnumbered).cards] == ["1", "2"]


def test_a_title_is_the_tasks_own_or_its_first_words() -> None:
    found = reading()
    assert present(found).cards[0].title.startswith("办好<法治>讲堂。")
    named = replace(found, tasks=(replace(found.tasks[0], title="办好讲堂"),))
    assert present(named).cards[0].title == "办好讲堂"
    long = replace(found, tasks=(replace(found.tasks[0], title="长" * 100),))
    assert present(long).cards[0].title == "长" * 48 + "……"


def test_units_named_most_often_come_first() -> None:
    rows = present(reading()).units
    assert [(row.name, row.count) for row in rows] == [("县司法局", 2), ("县教育局", 1), ("各乡镇、街道", 1)]
    assert [card.index for card in rows[0].lead] == [1, 2]
    assert [card.index for card in rows[1].responsible] == [1]
    keys = {row.name: row.key for row in rows}
    assert present(reading()).cards[0].units == (keys["县司法局"], keys["县教育局"], keys["各乡镇、街道"])


def test_a_unit_named_twice_for_a_task_is_counted_once() -> None:
    found = reading()
    twice = replace(found.tasks[1], mentions=found.tasks[1].mentions * 2)
    rows = present(replace(found, tasks=(twice,), warnings=())).units
    assert [(row.name, row.count) for row in rows] == [("县司法局", 1)]


def test_goals_and_definitions_are_listed_with_their_places() -> None:
    findings = present(reading())
    goal = findings.goals[0]
    assert (goal.value.words, goal.value.note, goal.quantity) == ("达到90%", "旁听庭审参与率", "= 90%")
    assert [(due.words, due.note) for due in goal.due] == [("到2025年", "2025-12-31")]
    start = TEXT.index("（含开发区")
    assert findings.definitions[0].href == f"#w{start}-{start + 9}"


def test_tasks_are_grouped_under_their_headings() -> None:
    assert [(name, len(cards)) for name, cards in present(reading()).groups] == [("二、重点任务", 2)]
    assert [line.words for line in present(reading()).outline] == ["一、主要目标", "二、重点任务"]
