from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from tools.measures import large_plan
from zhunsheng.people.models import Member, Unit
from zhunsheng.programmes.plans import counting
from zhunsheng.programmes.plans.lists import Wish, task_lines
from zhunsheng.programmes.plans.matrix import LEADS, matrix
from zhunsheng.programmes.plans.models import Assignment, Duty, Edition, Plan
from zhunsheng.programmes.plans.nearness import days
from zhunsheng.programmes.plans.spans import Span, spans

DAY = date(2026, 2, 20)


def units() -> list[Unit]:
    return list(Unit.objects.filter(valid_to=None).select_related("division").order_by("pk"))


@pytest.mark.parametrize(("tasks", "periods"), [(1, 1), (3, 4), (30, 2)])
def test_the_matrix_takes_three_queries_whatever_its_size(
    clerk: Member, django_assert_num_queries: DjangoAssertNumQueries, tasks: int, periods: int
) -> None:
    plan = large_plan.build(tasks=tasks, units=units(), periods=periods, by=clerk)
    with django_assert_num_queries(3):
        found = matrix(plan, DAY, Unit.objects.order_by("kind", "pk"))
    assert found.total == tasks * len(units())


def test_a_plan_that_is_not_published_yet_has_an_empty_matrix(draft: Edition) -> None:
    found = matrix(draft.plan, DAY, Unit.objects.order_by("pk"))
    assert (found.columns, found.rows, found.total) == ((), (), 0)


def test_what_the_cells_say_is_what_the_duties_are(published: Plan) -> None:
    found = matrix(published, DAY, Unit.objects.order_by("pk"))
    parts = Assignment.objects.filter(task__plan=published, ended=False)
    assert found.total == parts.count()
    assert found.counts["late"] == 0
    leads = sum(cell.endswith(LEADS) for row in found.rows for cell in row.cells.values())
    assert leads == parts.filter(role="lead").count()
    assert sum(found.parts.values()) == found.total
    assert [column.number for column in found.columns] == [str(number) for number in range(1, 25)]


def test_a_cell_turns_with_the_days(published: Plan) -> None:
    """任务 4 is due on 30 September: nothing, yellow 30 days before, orange 10 before, red after."""
    task = published.tasks.get(wording__number="4")
    seen = []
    for day in (
        date(2026, 8, 30),
        date(2026, 8, 31),
        date(2026, 9, 19),
        date(2026, 9, 20),
        date(2026, 9, 30),
        date(2026, 10, 1),
    ):
        found = matrix(published, day, Unit.objects.filter(short_name="县人社局"))
        seen.append(found.rows[0].cells[task.pk])
    assert seen == ["new", "soon", "soon", "near", "near", "late"]


def test_what_is_done_stays_done_until_the_next_period_begins(published: Plan) -> None:
    first = published.tasks.get(wording__number="1")
    unit = Unit.objects.get(short_name="白石镇")
    Duty.objects.filter(task=first, unit=unit, due=date(2026, 3, 31)).update(state="done", done_on=date(2026, 3, 2))
    counting.refresh(Assignment.objects.filter(task=first, unit=unit))
    at = {
        day: matrix(published, day, Unit.objects.filter(pk=unit.pk)).rows[0].cells[first.pk]
        for day in (date(2026, 3, 20), date(2026, 4, 1))
    }
    assert list(at.values()) == ["done", "new"]


def test_only_some_states_leave_only_units_that_have_them(published: Plan) -> None:
    found = matrix(published, date(2026, 4, 2), Unit.objects.order_by("pk"), only=frozenset({"late"}))
    assert found.rows
    assert set(found.counts) == {"late"}
    assert not matrix(published, DAY, Unit.objects.order_by("pk"), only=frozenset({"back"})).rows


def test_a_report_that_waits_for_the_office_hides_no_period_that_is_late(published: Plan) -> None:
    """The first quarter waits to be confirmed all year; the second, which the unit owes, still shows late."""
    first, unit = published.tasks.get(wording__number="1"), Unit.objects.get(short_name="白石镇")
    mine = Duty.objects.filter(task=first, unit=unit)
    mine.filter(due=date(2026, 3, 31)).update(state="office", submitted_at=datetime(2026, 3, 20, tzinfo=UTC))
    counting.refresh(Assignment.objects.filter(task=first, unit=unit))
    town = Unit.objects.filter(pk=unit.pk)
    at = [matrix(published, day, town).rows[0].cells[first.pk] for day in (date(2026, 6, 30), date(2026, 7, 1))]
    assert at == ["wait", "late"]
    line = next(
        one for one in task_lines(published, date(2026, 7, 1), days(), Wish(unit=unit.pk)) if one.task == first.pk
    )
    assert (line.state, line.due) == ("late", date(2026, 6, 30))


def span(plan: Plan, key: str) -> Span:
    return next(one for one in spans(plan) if one.key == key)


def test_a_finished_quarter_can_be_looked_back_at(published: Plan) -> None:
    first, unit = published.tasks.get(wording__number="1"), Unit.objects.get(short_name="白石镇")
    mine = Duty.objects.filter(task=first, unit=unit)
    mine.filter(due=date(2026, 3, 31)).update(state="done", done_on=date(2026, 3, 2))
    counting.refresh(Assignment.objects.filter(task=first, unit=unit))
    day, town = date(2026, 7, 1), Unit.objects.filter(pk=unit.pk)
    at = {
        key: matrix(published, day, town, span=span(published, key)).rows[0].cells[first.pk]
        for key in ("2026q1", "2026q2", "2026q3", "2026")
    }
    assert at == {"2026q1": "done", "2026q2": "late", "2026q3": "new", "2026": "late"}
    assert matrix(published, day, town).rows[0].cells[first.pk] == "late"


@pytest.mark.parametrize(
    ("states", "cell"),
    [
        (("done", "new", "new", "new"), "run"),
        (("new", "new", "new", "new"), "new"),
        (("done", "done", "done", "done"), "done"),
        (("done", "paused", "done", "done"), "stop"),
        (("done", "cancelled", "done", "done"), "done"),
        (("cancelled", "cancelled", "cancelled", "cancelled"), "na"),
        (("done", "back", "run", "new"), "back"),
    ],
)
def test_several_periods_make_one_cell(published: Plan, states: tuple[str, ...], cell: str) -> None:
    """On a day on which nothing is near yet: what is most pressing, and done only where nothing is left."""
    first, unit = published.tasks.get(wording__number="1"), Unit.objects.get(short_name="白石镇")
    for duty, state in zip(Duty.objects.filter(task=first, unit=unit).order_by("begins"), states, strict=True):
        Duty.objects.filter(pk=duty.pk).update(state=state, done_on=DAY if state == "done" else None)
    town = Unit.objects.filter(pk=unit.pk)
    day = date(2026, 1, 15)
    assert matrix(published, day, town, span=span(published, "2026")).rows[0].cells[first.pk] == cell
    narrowed = matrix(published, day, town, span=span(published, "2026"), only=frozenset({"na"}))
    assert (first.pk in narrowed.rows[0].cells if narrowed.rows else False) == (cell == "na")


def test_what_a_newer_edition_dropped_is_no_part_of_a_stretch(published: Plan) -> None:
    first, unit = published.tasks.get(wording__number="1"), Unit.objects.get(short_name="白石镇")
    Duty.objects.filter(task=first, unit=unit, due=date(2026, 3, 31)).update(state="cancelled", dropped=True)
    found = matrix(published, DAY, Unit.objects.filter(pk=unit.pk), span=span(published, "2026q1"))
    assert first.pk not in found.rows[0].cells


@pytest.mark.parametrize(("tasks", "periods"), [(1, 1), (3, 4), (30, 12)])
def test_a_stretch_takes_three_queries_whatever_its_size(
    clerk: Member, django_assert_num_queries: DjangoAssertNumQueries, tasks: int, periods: int
) -> None:
    plan = large_plan.build(tasks=tasks, units=units(), periods=periods, by=clerk)
    year = span(plan, "2026")
    with django_assert_num_queries(3):
        found = matrix(plan, DAY, Unit.objects.order_by("kind", "pk"), span=year)
    assert found.total == tasks * len(units())
