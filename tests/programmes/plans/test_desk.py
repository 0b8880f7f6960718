from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tools.measures import large_plan
from zhunsheng.kernel import now, waiting
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.waiting import Answer, Pile, Question
from zhunsheng.people.models import Member, Unit
from zhunsheng.programmes.plans import desk
from zhunsheng.programmes.plans.models import Duty, Plan

DAY = date(2026, 12, 21)


@pytest.fixture
def plan(clerk: Member) -> Plan:
    """Three tasks of three units, due on 28 December."""
    units = list(Unit.objects.filter(short_name__in=["白石镇", "柳河镇", "青塘镇"]).order_by("pk"))
    return large_plan.build(tasks=3, units=units, by=clerk)


@pytest.fixture
def liaison(county: None) -> Member:
    return Member.objects.select_related("person", "unit").get(username="heshuixiu")


def ask(who: Member, **rest: object) -> Answer:
    with now.on(DAY):
        return desk.answer(Question(who, DAY, **rest))  # type: ignore[arg-type]


def put(state: str, **which: object) -> None:
    Duty.objects.filter(**which).update(
        state=state,
        submitted_at=now.now() if state in {"head", "lead", "office"} else None,
        done_on=DAY if state == "done" else None,
    )


def test_a_unit_has_its_own_and_the_office_what_was_reported(plan: Plan, liaison: Member, clerk: Member) -> None:
    assert (ask(liaison).piles["mine"], ask(clerk).piles["mine"]) == (3, 0)
    put("office", unit=liaison.unit)
    assert (ask(liaison).piles["mine"], ask(clerk).piles["mine"]) == (0, 3)
    assert ask(liaison).piles["handed"] == 3
    assert [one.verb for one in ask(clerk).items] == ["确认"] * 3


def test_the_counts_are_those_of_the_rows(plan: Plan, liaison: Member, clerk: Member) -> None:
    for state, unit in (("office", "白石镇"), ("back", "柳河镇"), ("done", "青塘镇")):
        put(state, unit__short_name=unit)
    for who in (liaison, clerk):
        whole = ask(who)
        for pile in ("mine", "back", "handed", "done"):
            one = ask(who, pile=pile)
            assert one.piles == whole.piles
            assert len(one.items) == whole.piles[pile] == sum(one.nearness.values()) == sum(one.groups.values())


def test_a_group_or_a_unit_narrows(plan: Plan, clerk: Member, liaison: Member) -> None:
    put("office")
    assert sum(ask(clerk, group="督办单").nearness.values()) == 0
    assert ask(clerk, group="督办单").groups[desk.GROUP] == 9
    assert sum(ask(clerk, unit=liaison.unit_id).nearness.values()) == 3


def test_the_earliest_are_given_and_all_are_counted(plan: Plan, liaison: Member) -> None:
    Duty.objects.filter(task__wording__number="3").update(due=date(2026, 12, 1))
    Duty.objects.filter(task__wording__number="1").update(due=None)
    found = ask(liaison, limit=2)
    assert [one.due for one in found.items] == [date(2026, 12, 1), date(2026, 12, 28)]
    assert dict(found.nearness) == {"late": 1, "later": 1, "undated": 1}


@pytest.mark.parametrize("state", ["head", "lead", "office"])
def test_what_was_handed_in_is_late_on_nobodys_desk(plan: Plan, clerk: Member, liaison: Member, state: str) -> None:
    """The office has not looked yet: no date runs, and what has waited longest stands first."""
    put(state)
    Duty.objects.filter(task__wording__number="3").update(due=date(2026, 12, 1))
    for who in (clerk, liaison):
        for pile in ("mine", "handed"):
            found = ask(who, pile=pile)
            assert found.nearness["late"] == 0
            assert {one.due for one in found.items} <= {None}
    first = ask(clerk, limit=3).items if state == "office" else ask(liaison, pile="handed", limit=1).items
    assert {one.ref.label.split()[1] for one in first} == {"3"}


def test_pages_of_a_desk_follow_each_other(plan: Plan, clerk: Member) -> None:
    """A further page asks for more of the earliest: those of the page before stay where they were."""
    put("office")
    with now.on(DAY):
        whole = [one.ref.key for one in waiting.ask(Question(clerk, DAY, limit=9)).items]
        assert len(whole) == 9
        for limit in range(1, 9):
            assert [one.ref.key for one in waiting.ask(Question(clerk, DAY, limit=limit)).items] == whole[:limit]


@pytest.mark.parametrize(("who", "queries"), [("zhoumin", 5), ("heshuixiu", 6)])
@pytest.mark.parametrize("pile", ["mine", "done"])
def test_queries_are_flat(
    plan: Plan, who: str, queries: int, pile: Pile, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    put("office", task__wording__number="1")
    member = Member.objects.select_related("person", "unit").get(username=who)
    with django_assert_num_queries(queries - (pile == "done" and who == "zhoumin")):
        ask(member, pile=pile)


def test_what_falls_due_is_one_line_for_all_units_of_a_task(plan: Plan, clerk: Member, liaison: Member) -> None:
    first, last = DAY, date(2026, 12, 31)
    with now.on(DAY):
        seen = list(desk.agenda(clerk, first, last))
        assert [(one.words, one.count) for one in seen] == [("任务 1", 3), ("任务 2", 3), ("任务 3", 3)]
        put("done", task__wording__number="2")
        assert [one.words for one in desk.agenda(clerk, first, last)] == ["任务 1", "任务 3"]
        own = {one.words: one.count for one in desk.agenda(liaison, first, last)}
        assert own["任务 3"] == 1 or own["任务 1"] == 1
        assert list(desk.agenda(clerk, first, date(2026, 12, 27))) == []
        assert list(desk.agenda(SYSTEM, first, last)) == []
