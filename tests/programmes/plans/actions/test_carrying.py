from __future__ import annotations

from datetime import date

import pytest

from zhunsheng.kernel.errors import Refused
from zhunsheng.people.models import Member, Unit
from zhunsheng.programmes.plans.actions import carrying, mending, publishing
from zhunsheng.programmes.plans.actions.importing import Terms, import_plan
from zhunsheng.programmes.plans.days import later
from zhunsheng.programmes.plans.models import Duty, Edition, Plan, Report, WordedDue

from .test_importing import ONE, THREE, TITLE, TWO, publish, written


@pytest.fixture
def running(office: Unit, clerk: Member, second: Member) -> Plan:
    found = import_plan(document=written(TITLE, ONE, TWO, THREE), name="甲", office=office, by=clerk)
    return publish(found.edition, clerk, second)


def test_last_years_tasks_become_a_draft(running: Plan, clerk: Member) -> None:
    edition = carrying.carry_forward(plan=running, year=2027, title="", by=clerk)
    plan = edition.plan
    assert (plan.title, plan.year_from, plan.year_to, plan.state) == ("云溪县2027年普法工作要点", 2027, 2027, "draft")
    assert (plan.carried_from, plan.default_due) == (running, date(2027, 12, 31))
    assert [one.number for one in edition.wordings.all()] == ["1", "2", "3"]
    assert list(WordedDue.objects.filter(wording__edition=edition).values_list("date", flat=True)) == [
        date(2027, 9, 30)
    ]
    old = set(running.tasks.values_list("pk", flat=True))
    assert not old & set(edition.wordings.values_list("task_id", flat=True))
    assert not Report.objects.filter(duty__task__plan=plan).exists()
    assert edition.names.get(printed="各乡镇、街道").settled == "group"


def test_words_read_again_in_a_carried_plan_are_of_the_new_year(running: Plan, clerk: Member) -> None:
    edition = carrying.carry_forward(plan=running, year=2028, title="", by=clerk)
    first = edition.wordings.get(number="1")
    mending.move_bounds(wording=first, start=first.start, end=first.end, by=clerk)
    assert first.dues.get().date == date(2028, 9, 30)


def test_it_is_carried_once_to_a_year(running: Plan, clerk: Member) -> None:
    edition = carrying.carry_forward(plan=running, year=2027, title="", by=clerk)
    with pytest.raises(Refused) as refusal:
        carrying.carry_forward(plan=running, year=2027, title="另一份", by=clerk)
    assert refusal.value.code == "carried"
    publishing.give_up(edition=edition, by=clerk, reason="重来")
    assert carrying.carry_forward(plan=running, year=2027, title="另一份", by=clerk).plan.title == "另一份"


@pytest.mark.parametrize("year", [0, 2025, 2026, 2101])
def test_only_to_a_later_year(running: Plan, clerk: Member, year: int) -> None:
    with pytest.raises(Refused, match="晚于 2026 年"):
        carrying.carry_forward(plan=running, year=year, title="", by=clerk)


def test_what_was_never_published_is_not_carried(office: Unit, clerk: Member) -> None:
    edition = import_plan(document=written(TITLE, ONE), name="甲", office=office, by=clerk).edition
    with pytest.raises(Refused, match="没有发布过"):
        carrying.carry_forward(plan=edition.plan, year=2027, title="", by=clerk)


def test_all_years_of_a_title_move(office: Unit, clerk: Member) -> None:
    document = written("云溪县法治建设行动计划（2026—2028年）\n\n", ONE)
    plan = import_plan(document=document, name="甲", office=office, by=clerk, terms=Terms(2026, 2028)).edition.plan
    assert carrying.title_of_year(plan, 2029) == "云溪县法治建设行动计划（2029—2031年）"


@pytest.mark.parametrize(
    ("day", "years", "found"),
    [
        (date(2026, 9, 30), 1, date(2027, 9, 30)),
        (date(2028, 2, 29), 1, date(2029, 2, 28)),
        (date(2028, 2, 29), 4, date(2032, 2, 29)),
        (None, 1, None),
    ],
)
def test_days_move_by_whole_years(day: date | None, years: int, found: date | None) -> None:
    assert later(day, years) == found


def test_a_plan_is_put_away_when_nothing_is_open(running: Plan, clerk: Member) -> None:
    with pytest.raises(Refused, match="还有 "):
        carrying.archive(plan=running, by=clerk)
    Duty.objects.filter(task__plan=running).update(state="cancelled")
    assert carrying.archive(plan=running, by=clerk).state == "archived"
    with pytest.raises(Refused, match="执行中"):
        carrying.archive(plan=running, by=clerk)


def test_terms_are_set_before_publication(office: Unit, clerk: Member) -> None:
    edition = import_plan(document=written(TITLE, ONE), name="甲", office=office, by=clerk).edition
    bureau = Unit.objects.select_related("division").get(short_name="县司法局")

    def terms(edition: Edition, **changed: object) -> Plan:
        given = {"office": bureau, "cycle": "quarter", "default_due": date(2026, 12, 15), "title": " 普法 要点 "}
        return carrying.set_terms(edition=edition, by=clerk, **{**given, **changed})  # type: ignore[arg-type]

    plan = terms(edition)
    assert (plan.office, plan.cycle, plan.default_due, plan.title) == (
        bureau,
        "quarter",
        date(2026, 12, 15),
        "普法 要点",
    )
    for wrong in ({"default_due": date(2030, 1, 1)}, {"title": " "}, {"cycle": "week"}, {"title": "长" * 201}):
        with pytest.raises(Refused):
            terms(edition, **wrong)
    assert Plan.objects.get(pk=plan.pk).title == "普法 要点"
