"""Figures typed by hand against targets and goals: a reporter, evidence, a second person; shown as 手工."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import now
from zhunsheng.kernel.refs import Ref
from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans.models import Figure, Goal, Plan, Target
from zhunsheng.programmes.plans.refs import ref_of_plan
from zhunsheng.programmes.plans.rights import rights

FIGURE = "plans.figure"


def report_figure(
    *,
    demand: Target | Goal,
    begins: date,
    ends: date,
    value: Decimal | None,
    source: str,
    by: Actor,
    unit: Unit | None = None,
) -> Figure:
    """Type a figure for a target or a goal; ``None`` is 不适用. It counts once a second person has confirmed it.

    The office types figures of the whole place, a liaison officer those of their own unit.
    """
    plan = plan_of(demand)
    with change(by, "填报指标值", about=[ref_of_plan(plan)], reason=source):
        if demand.measure:
            raise Refused("measured", "这个目标的数由台账算出，不能手填。数不对的，改台账里的记录。")
        if by.pk is None or not _may_report(by, plan, unit):
            raise Refused("right", "这个数不归你填。")
        if not source.strip():
            raise Refused("source", "请写明这个数从哪里来（文件、报表或者系统的名称）。")
        target, goal = (demand, None) if isinstance(demand, Target) else (None, demand)
        return Figure.objects.create(
            target=target,
            goal=goal,
            unit=unit,
            begins=begins,
            ends=ends,
            value=value,
            reporter_id=by.pk,
            reported_at=now(),
            source=source.strip()[:200],
        )


def confirm_figure(*, figure: Figure, by: Actor) -> Figure:
    """A second person confirms a figure; the earlier one for the same period is replaced by it and stays on file."""
    plan = plan_of(figure.target or figure.goal)
    with change(by, "复核指标值", about=[ref_of_plan(plan)]):
        figure = Figure.objects.select_for_update().get(pk=figure.pk)
        if figure.confirmed_by_id is not None:
            raise Refused("state", "这个数已经复核过了。")
        if figure.reporter_id == by.pk:
            raise Refused("two_persons", "填报和复核要由两个人办：这个数是你填的。")
        if by.pk is None or not _may_confirm(by, plan, figure.unit):
            raise Refused("right", "这个数不归你复核。")
        earlier = Figure.objects.filter(
            target=figure.target, goal=figure.goal, unit=figure.unit, begins=figure.begins, ends=figure.ends
        )
        earlier.filter(confirmed_by__isnull=False, replaced=False).update(replaced=True)
        figure.confirmed_by_id, figure.confirmed_at = by.pk, now()
        figure.save()
    return figure


def ref_of_figure(figure: Figure) -> Ref:
    """The link under which the evidence of a figure is kept."""
    return Ref(FIGURE, str(figure.pk), str(figure))


def plan_of(demand: Target | Goal | None) -> Plan:
    """The plan that a target or goal belongs to."""
    if isinstance(demand, Target):
        return demand.wording.edition.plan
    if demand is None:
        raise ValueError("a figure stands for a target or a goal")
    return demand.edition.plan


def _may_report(by: Actor, plan: Plan, unit: Unit | None) -> bool:
    held = rights(by)
    return held.over(plan.division.path) or (unit is not None and unit.pk in held.reports)


def _may_confirm(by: Actor, plan: Plan, unit: Unit | None) -> bool:
    held = rights(by)
    return held.over(plan.division.path) or (unit is not None and unit.pk in held.confirms)
