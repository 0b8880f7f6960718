from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.kernel.matter import scenes
from tests.kernel.matter.conftest import TODAY, Cast
from zhunsheng.kernel import now
from zhunsheng.kernel.matter import actions, desk
from zhunsheng.kernel.matter.models import Matter
from zhunsheng.kernel.matter.proposals import propose
from zhunsheng.kernel.waiting import Answer, Pile, Question
from zhunsheng.people.models import Member


def address(matter: Matter) -> str:
    return f"/m/{matter.pk}"


def ask(who: Member, pile: Pile = "mine", **rest: object) -> Answer:
    return desk.answer(Question(who, now.today(), pile, **rest), address)  # type: ignore[arg-type]


def verbs(answer: Answer) -> list[str]:
    return [one.verb for one in answer.items]


def test_each_step_waits_for_its_person_and_is_handed_on_by_the_other(cast: Cast) -> None:
    draft = scenes.drafted(cast)
    assert verbs(ask(cast.head)) == ["签发"]
    assert verbs(ask(cast.clerk)) == []
    assert verbs(ask(cast.townsman)) == []
    actions.issue(matter=draft, by=cast.head)
    assert verbs(ask(cast.townsman)) == ["签收"]
    assert ask(cast.clerk).piles["handed"] == 1
    actions.sign(matter=draft, by=cast.townsman)
    assert verbs(ask(cast.townsman)) == ["报情况"]
    scenes.answered(cast, draft)
    assert verbs(ask(cast.townsman)) == []
    assert verbs(ask(cast.townsman, "handed")) == ["看"]
    assert verbs(ask(cast.clerk)) == ["核查"]
    actions.send_back(matter=draft, opinion="缺", by=cast.clerk)
    told = ask(cast.townsman, "back")
    assert (told.piles["mine"], told.piles["back"], verbs(told)) == (1, 1, ["报情况"])
    assert ask(cast.other).piles["mine"] == 0
    assert ask(cast.townsman, "done").piles["done"] == 1


def test_what_another_has_proposed_waits_for_a_decision(cast: Cast) -> None:
    matter = scenes.signed(cast)
    propose(matter=matter, what="extend", reason="x", new_due=date(2026, 12, 18), by=cast.head)
    assert verbs(ask(cast.second)) == ["批准"]
    assert verbs(ask(cast.head)) == []


def test_items_carry_date_link_and_kind(cast: Cast) -> None:
    matter = scenes.issued(cast)
    item = ask(cast.townsman).items[0]
    assert (item.due, item.url, item.group, item.origin) == (date(2026, 11, 25), f"/m/{matter.pk}", "督办单", "南坪镇")
    assert (item.ref, item.to_do) == (matter.ref, "督办单：签收")


def test_groups_and_nearness_are_counted_and_items_are_narrowed(cast: Cast) -> None:
    scenes.issued(cast)
    signed = scenes.signed(cast)
    scenes.issued(cast, kind="rectification_notice", due=date(2026, 12, 31))
    told = ask(cast.townsman)
    assert told.groups == {"督办单": 2, "整改通知": 1}
    assert told.nearness == {"week": 2, "later": 1}
    assert [one.due for one in told.items] == [date(2026, 11, 25), date(2026, 11, 25), scenes.FIRST_DUE]
    assert [one.ref for one in ask(cast.townsman, limit=1).items] == [told.items[0].ref]
    assert ask(cast.townsman, group="整改通知").nearness == {"week": 1}
    assert ask(cast.townsman, group="计划任务").items == []
    assert ask(cast.clerk, "handed", unit=cast.other_town.pk).piles["handed"] == 0
    with now.on(date(2026, 12, 8)):
        assert ask(cast.townsman).nearness == {"late": 3}
    assert signed.due == scenes.FIRST_DUE


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("pile", ["mine", "handed", "done"])
def test_queries_are_flat(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, count: int, pile: Pile
) -> None:
    for _ in range(count):
        scenes.issued(cast)
        scenes.drafted(cast)
    with django_assert_num_queries(4), now.on(TODAY):
        ask(cast.head, pile)


@pytest.mark.parametrize("count", [1, 3])
def test_what_falls_on_a_day_is_a_line_for_each_kind(
    cast: Cast, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = [scenes.issued(cast) for _ in range(count)]
    day = made[0].sign_by
    assert day is not None
    with django_assert_num_queries(1):
        seen = list(desk.agenda(cast.townsman, day, day, address, lambda kind: f"/{kind}"))
    if count == 1:
        assert [(one.day, one.words, one.url) for one in seen] == [(day, str(made[0]), address(made[0]))]
    else:
        assert [(one.day, one.words, one.url) for one in seen] == [(day, "督办单 3 件", "/supervision_order")]
