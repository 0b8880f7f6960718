"""What a person decides before publication: whom a name means, how a doubt is settled."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import today
from zhunsheng.people.actions import decide_group, learn_alias
from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans import settling
from zhunsheng.programmes.plans.actions.drafts import opened
from zhunsheng.programmes.plans.models import Edition, Name, Query
from zhunsheng.programmes.plans.models.plan import UNTITLED
from zhunsheng.programmes.plans.refs import ref_of_plan


def settle_name(
    *, name: Name, units: Collection[Unit], by: Actor, learn: bool = True, version: int | None = None
) -> Name:
    """Say which units a name stands for, in all tasks of the edition that use it; no units: it names none.

    ``learn``: the county remembers it for the next plan, as another name of the unit or as a group.
    """
    with change(by, "确定称谓", about=[ref_of_plan(name.edition.plan)]):
        edition = opened(name.edition, by, version)
        _check(units, edition)
        settling.enter([name], {name.printed: tuple(units)}, "person" if units else "none")
        if learn and units:
            _learn(name, units, by)
    return name


def _check(units: Collection[Unit], edition: Edition) -> None:
    """Only units of the plan's division, and only those that exist, can be given tasks."""
    division = edition.plan.division
    if outside := next((unit for unit in units if not unit.division.path.startswith(division.path)), None):
        raise Refused("unit_outside", f"{outside}不在{division}，不能承担这份方案的任务。")
    if ended := next((unit for unit in units if unit.ending), None):
        raise Refused("unit_ended", f"{ended}已经终止，不能承担任务，请改选承接单位。")


def settle_query(*, query: Query, answer: str, by: Actor, version: int | None = None) -> Query:
    """Settle a doubt in words: what was decided. A later answer takes the place of an earlier one.

    Raises ``Refused`` without words.
    """
    if not answer.strip():
        raise Refused("answer", "请写明这处存疑是怎样定的。")
    with change(by, "定存疑", about=[ref_of_plan(query.edition.plan)], reason=answer):
        if by.pk is None:
            raise Refused("person", "存疑要由人来定。")
        opened(query.edition, by, version)
        query = Query.objects.select_for_update().get(pk=query.pk)
        query.answer, query.settled_by_id = answer.strip()[:200], by.pk
        query.save(update_fields=["answer", "settled_by"])
    return query


@dataclass(frozen=True, slots=True)
class Lacking:
    """How much keeps an edition from being published: names, doubts, tasks that no unit has."""

    names: int
    doubts: int
    idle: int
    untitled: bool = False

    @property
    def clauses(self) -> list[str]:
        """As Chinese clauses; none where nothing is open."""
        counted = (
            (self.names, f"{self.names} 个单位称谓没有定"),
            (self.doubts, f"{self.doubts} 处存疑没有定"),
            (self.idle, f"{self.idle} 项任务还没有单位承担"),
        )
        return [clause for count, clause in counted if count] + ["方案没有标题"] * self.untitled


def lacking(edition: Edition) -> Lacking:
    """What is still open; a group that a person must decide is counted among the names, not among the doubts."""
    return Lacking(
        names=edition.names.filter(settled="", mentions__isnull=False).distinct().count(),
        doubts=edition.queries.filter(settled_by__isnull=True).exclude(code="group_unclear").count(),
        idle=edition.wordings.exclude(mentions__name__units__isnull=False).count(),
        untitled=edition.plan.title == UNTITLED,
    )


def unsettled(edition: Edition) -> list[str]:
    """What still keeps an edition from being published, as Chinese clauses."""
    return lacking(edition).clauses


def _learn(name: Name, units: Collection[Unit], by: Actor) -> None:
    """Let the county remember: a group under its phrase, a single unit under one more name."""
    plan = name.edition.plan
    if name.collective:
        decide_group(division=plan.division, phrase=name.printed, units=units, day=today(), by=by)
    elif len(units) == 1:
        learn_alias(unit=next(iter(units)), name=name.printed, by=by)
