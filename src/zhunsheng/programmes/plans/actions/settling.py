"""What a person decides before publication: whom a name means, how a doubt is settled."""

from __future__ import annotations

from collections.abc import Collection

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import today
from zhunsheng.people.actions import decide_group, learn_alias
from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans import settling
from zhunsheng.programmes.plans.actions.drafts import opened
from zhunsheng.programmes.plans.models import Edition, Name, Query
from zhunsheng.programmes.plans.refs import ref_of_plan


def settle_name(
    *, name: Name, units: Collection[Unit], by: Actor, learn: bool = True, version: int | None = None
) -> Name:
    """Say which units a name stands for, in all tasks of the edition that use it; no units: it names none.

    ``learn``: the county remembers it for the next plan, as another name of the unit or as a group.
    """
    with change(by, "确定称谓", about=[ref_of_plan(name.edition.plan)]):
        edition = opened(name.edition, by, version)
        outside = [unit for unit in units if not unit.division.path.startswith(edition.plan.division.path)]
        if outside:
            raise Refused("unit_outside", f"{outside[0]}不在{edition.plan.division}，不能承担这份方案的任务。")
        settling.enter([name], {name.printed: tuple(units)}, "person" if units else "none")
        if learn and units:
            _learn(name, units, by)
    return name


def settle_query(*, query: Query, answer: str, by: Actor, version: int | None = None) -> Query:
    """Settle a doubt in words: what was decided. Raises ``Refused`` without words or where it is settled already."""
    if not answer.strip():
        raise Refused("answer", "请写明这处存疑是怎样定的。")
    with change(by, "定存疑", about=[ref_of_plan(query.edition.plan)], reason=answer):
        opened(query.edition, by, version)
        query = Query.objects.select_for_update().get(pk=query.pk)
        query.answer, query.settled_by_id = answer.strip()[:200], by.pk
        query.save(update_fields=["answer", "settled_by"])
    return query


def unsettled(edition: Edition) -> list[str]:
    """What still keeps an edition from being published, as Chinese clauses."""
    names = edition.names.filter(settled="", mentions__isnull=False).distinct().count()
    queries = edition.queries.filter(settled_by__isnull=True).exclude(code="group_unclear").count()
    idle = edition.wordings.exclude(mentions__name__units__isnull=False).count()
    return [
        clause
        for count, clause in (
            (names, f"{names} 个单位称谓没有定"),
            (queries, f"{queries} 处存疑没有定"),
            (idle, f"{idle} 项任务还没有单位承担"),
        )
        if count
    ]


def _learn(name: Name, units: Collection[Unit], by: Actor) -> None:
    """Let the county remember: a group under its phrase, a single unit under one more name."""
    plan = name.edition.plan
    if name.collective:
        decide_group(division=plan.division, phrase=name.printed, units=units, day=today(), by=by)
    elif len(units) == 1:
        learn_alias(unit=next(iter(units)), name=name.printed, by=by)
