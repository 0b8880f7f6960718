"""Last year's plan carried forward as a draft of the new year, and plans that are over put away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final, TypeVar

from django.core.exceptions import ValidationError

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans import settling
from zhunsheng.programmes.plans.actions.drafts import opened
from zhunsheng.programmes.plans.days import later
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
from zhunsheng.programmes.plans.yearly import set_years

LAST_YEAR: Final = 2100
LIVE: Final = ("draft", "consulting", "ready", "published", "superseded")


def carry_forward(*, plan: Plan, year: int, title: str, by: Actor) -> Edition:
    """A draft for ``year`` with the tasks of a plan's published edition; states, reports and figures do not come along.

    The words are still last year's, so its dates move by whole years; units are resolved anew, as they are now.
    """
    with change(by, "沿用上年方案", about=[ref_of_plan(plan)]):
        plan = Plan.objects.select_for_update(of=("self",)).select_related("division").get(pk=plan.pk)
        if not may_prepare(by, plan.division):
            raise Refused("right", "沿用方案由依法治县办办理。")
        old = plan.editions.filter(state="published").select_related("source").first()
        if old is None:
            raise Refused("state", "这份方案还没有发布过，没有可以沿用的任务。")
        if not plan.year_from < year <= LAST_YEAR:
            raise Refused("year", f"沿用到的年度要晚于 {plan.year_from} 年，不晚于 {LAST_YEAR} 年。")
        if plan.carried_to.filter(year_from=year, editions__state__in=LIVE).exists():
            raise Refused("carried", f"这份方案已经沿用到 {year} 年，请在那一份上接着核对。")
        return _copied(plan, old, year, " ".join(title.split()) or title_of_year(plan, year))


def title_of_year(plan: Plan, year: int) -> str:
    """What a plan is called when it is carried forward to ``year``: the years of its own in the title move along."""

    def moved(match: re.Match[str]) -> str:
        read = int(match[0])
        return str(read + year - plan.year_from) if plan.year_from <= read <= plan.year_to else match[0]

    return re.sub(r"(?<!\d)20\d\d(?!\d)", moved, plan.title)


def _copied(plan: Plan, old: Edition, year: int, title: str) -> Edition:
    shift = year - plan.year_from
    new = Plan.objects.create(
        division=plan.division,
        office=plan.office,
        title=title[:200],
        year_from=year,
        year_to=plan.year_to + shift,
        cycle=plan.cycle,
        default_due=later(plan.default_due, shift),
        carried_from=plan,
    )
    edition = Edition.objects.create(plan=new, source=old.source, number=1)
    names = _names(old, edition)
    wordings = _wordings(old, edition)
    _values(old, wordings, names, shift)
    _goals(old, edition)
    settling.settle_by_rule(edition)
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
        one.date = later(one.date, shift)
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
    years: tuple[int, int] | None = None,
) -> Plan:
    """Before publication: what the plan is called, who is in charge, how often units report, the date where none is set.

    ``years`` are the first and the last; dates without a year of their own follow them. ``None`` leaves them.
    """
    with change(by, "改方案要素", about=[ref_of_plan(edition.plan)]):
        edition = opened(edition, by, version)
        plan = edition.plan
        if years is not None:
            set_years(edition, *years)
        if default_due is not None and not plan.year_from <= default_due.year <= plan.year_to + 1:
            raise Refused("due", f"办结期限应当在 {plan.year_from} 年到 {plan.year_to + 1} 年之间。")
        if not office.division.path.startswith(plan.division.path) or office.ending:
            raise Refused("office", f"主管单位要是{plan.division.name}现有的单位。")
        plan.office, plan.cycle, plan.default_due, plan.title = office, cycle, default_due, " ".join(title.split())
        try:
            plan.full_clean()
        except ValidationError as error:
            raise Refused("invalid", "".join(error.messages)) from error
        plan.save()
    return plan
