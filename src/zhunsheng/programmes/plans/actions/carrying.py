"""Last year's plan carried forward as a draft of the new year, and plans that are over put away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans import settling
from zhunsheng.programmes.plans.actions.drafts import opened
from zhunsheng.programmes.plans.models import (
    Duty,
    Edition,
    Goal,
    Mention,
    Name,
    Plan,
    Target,
    Task,
    WordedDue,
    WordedFrequency,
    Wording,
)
from zhunsheng.programmes.plans.refs import ref_of_plan
from zhunsheng.programmes.plans.rights import may_prepare
from zhunsheng.programmes.plans.states import OPEN


def carry_forward(*, plan: Plan, year: int, title: str, by: Actor) -> Edition:
    """A draft for ``year`` with the tasks of a plan's published edition; states, reports and figures do not come along.

    The words are still last year's, so its dates move by whole years; units are resolved anew, as they are now.
    """
    with change(by, "沿用上年方案", about=[ref_of_plan(plan)]):
        old = plan.editions.filter(state="published").select_related("source").first()
        if old is None:
            raise Refused("state", "这份方案还没有发布过，没有可以沿用的任务。")
        if not may_prepare(by, plan.division):
            raise Refused("right", "沿用方案由依法治县办办理。")
        if year <= plan.year_from:
            raise Refused("year", f"沿用到的年度要晚于 {plan.year_from} 年。")
        return _copied(plan, old, year, title.strip() or plan.title.replace(str(plan.year_from), str(year)))


def _copied(plan: Plan, old: Edition, year: int, title: str) -> Edition:
    shift = year - plan.year_from
    new = Plan.objects.create(
        division=plan.division,
        office=plan.office,
        title=title[:200],
        year_from=year,
        year_to=plan.year_to + shift,
        cycle=plan.cycle,
        default_due=_later(plan.default_due, shift),
        carried_from=plan,
    )
    edition = Edition.objects.create(plan=new, source=old.source, number=1)
    names = _names(old, edition)
    wordings = _wordings(old, edition)
    _values(old, wordings, names, shift)
    _goals(old, edition)
    settling.settle_by_rule(edition, date(year, 1, 1))
    return edition


def _names(old: Edition, edition: Edition) -> dict[int, Name]:
    """The names of the new edition by those of the old; whom they mean is asked anew."""
    rows = list(old.names.all())
    made = Name.objects.bulk_create(
        Name(edition=edition, printed=one.printed, collective=one.collective) for one in rows
    )
    return {one.pk: name for one, name in zip(rows, made, strict=True)}


def _wordings(old: Edition, edition: Edition) -> dict[int, Wording]:
    rows = list(old.wordings.all())
    tasks = Task.objects.bulk_create(Task(plan=edition.plan) for _ in rows)
    columns = ("order", "number", "section", "title", "start", "end", "open_ended", "role_label", "product")
    made = Wording.objects.bulk_create(
        Wording(edition=edition, task=task, **{column: getattr(one, column) for column in columns})
        for one, task in zip(rows, tasks, strict=True)
    )
    return {one.pk: wording for one, wording in zip(rows, made, strict=True)}


def _values(old: Edition, wordings: dict[int, Wording], names: dict[int, Name], shift: int) -> None:
    mentions = Mention.objects.filter(wording__edition=old)
    Mention.objects.bulk_create(
        Mention(wording=wordings[one.wording_id], name=names[one.name_id], role=one.role, start=one.start, end=one.end)
        for one in mentions
    )
    dues = _moved(WordedDue.objects.filter(wording__edition=old), wordings)
    for one in dues:
        one.date = _later(one.date, shift)
    WordedDue.objects.bulk_create(dues)
    WordedFrequency.objects.bulk_create(_moved(WordedFrequency.objects.filter(wording__edition=old), wordings))
    Target.objects.bulk_create(_moved(Target.objects.filter(wording__edition=old), wordings))


V = TypeVar("V", WordedDue, WordedFrequency, Target)


def _moved(rows: Iterable[V], wordings: dict[int, Wording]) -> list[V]:
    """The rows as new ones of the new wordings, not yet saved."""
    found = list(rows)
    for one in found:
        one.pk, one.wording = None, wordings[one.wording_id]
    return found


def _goals(old: Edition, edition: Edition) -> None:
    goals = list(old.goals.all())
    for goal in goals:
        goal.pk, goal.edition = None, edition
    Goal.objects.bulk_create(goals)


def _later(day: date | None, years: int) -> date | None:
    """The same day so many years later; 29 February becomes the 28th where there is none."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def archive(*, plan: Plan, by: Actor) -> Plan:
    """Put a plan away once nothing of it is open. Raises ``Refused`` with how much still is."""
    with change(by, "归档", about=[ref_of_plan(plan)]):
        plan = Plan.objects.select_for_update(of=("self",)).select_related("division").get(pk=plan.pk)
        if not may_prepare(by, plan.division):
            raise Refused("right", "归档由依法治县办办理。")
        waiting = Duty.objects.filter(task__plan=plan, state__in=[*OPEN, "paused"]).count()
        if plan.state != "running" or waiting:
            raise Refused(
                "open", f"还不能归档：还有 {waiting} 件没有办结或者取消。" if waiting else "只有执行中的方案可以归档。"
            )
        plan.state = "archived"
        plan.save(update_fields=["state"])
    return plan


def set_terms(
    *,
    edition: Edition,
    office: Unit,
    cycle: str,
    default_due: date | None,
    title: str,
    by: Actor,
    version: int | None = None,
) -> Plan:
    """Before publication: what the plan is called, who is in charge, how often units report, the date where none is set."""
    with change(by, "改方案要素", about=[ref_of_plan(edition.plan)]):
        plan = opened(edition, by, version).plan
        if default_due is not None and not plan.year_from <= default_due.year <= plan.year_to + 1:
            raise Refused("due", f"办结期限应当在 {plan.year_from} 年到 {plan.year_to + 1} 年之间。")
        plan.office, plan.cycle, plan.default_due, plan.title = office, cycle, default_due, title.strip()[:200]
        plan.full_clean()
        plan.save()
    return plan
