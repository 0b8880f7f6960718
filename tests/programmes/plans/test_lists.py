"""Whoever handed in on time is late nowhere, however long the office takes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tools.benches import large_plan
from zhunsheng.kernel import now
from zhunsheng.people.models import Member, Unit
from zhunsheng.programmes.plans import lists
from zhunsheng.programmes.plans.counting import refresh
from zhunsheng.programmes.plans.dates import reminders
from zhunsheng.programmes.plans.models import Assignment, Duty, Plan
from zhunsheng.programmes.plans.nearness import days, late
from zhunsheng.programmes.plans.rights import Rights

DUE = date(2026, 12, 28)
LATER = DUE + timedelta(days=20)
HANDED_IN = ["head", "lead", "office"]


@pytest.fixture
def plan(clerk: Member) -> Plan:
    """One task of one unit, due on 28 December."""
    return large_plan.build(tasks=1, units=list(Unit.objects.filter(short_name="白石镇")), by=clerk)


def everything(plan: Plan) -> lists.Chosen:
    return lists.Chosen(Rights(oversees=(plan.division.path,)))


def put(state: str, handed_in: date | None = None, done_on: date | None = None) -> None:
    with now.on(handed_in or DUE):
        moment = now.now() if handed_in else None
    Duty.objects.update(state=state, submitted_at=moment, done_on=done_on)
    refresh(Assignment.objects.all())


@pytest.mark.parametrize(("state", "owed"), [("run", 1), *((state, 0) for state in HANDED_IN)])
def test_lists_periods_and_reminders_agree_who_is_late(plan: Plan, state: str, owed: int) -> None:
    put(state, DUE if state in HANDED_IN else None)
    assert Duty.objects.filter(late(LATER)).count() == owed
    assert lists.by_cell(everything(plan), LATER, days()) == ({"late": 1} if owed else {"wait": 1})
    assert lists.standing(plan, LATER, days()).cells == ({"late": 1} if owed else {"wait": 1})
    (period,) = lists.period_lines(everything(plan), LATER)
    assert (period.late, period.owing) == (owed, owed)
    assert bool(list(reminders(LATER))) is bool(owed)


@pytest.mark.parametrize(
    ("handed_in", "in_time"), [(DUE, 1), (DUE - timedelta(days=9), 1), (DUE + timedelta(days=1), 0)]
)
def test_the_day_of_handing_in_counts_not_that_of_the_confirmation(plan: Plan, handed_in: date, in_time: int) -> None:
    put("done", handed_in, LATER)
    found = lists.standing(plan, LATER, days())
    assert (found.closed, found.in_time) == (1, in_time)
