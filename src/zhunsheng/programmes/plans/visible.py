"""Which plans, tasks and duties a person may see. Every page and every link goes through here; nothing by default."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.prepared import prepared
from zhunsheng.kernel.refs import Card
from zhunsheng.programmes.plans.models import Assignment, Duty, Edition, Plan, Task
from zhunsheng.programmes.plans.refs import DUTY, PLAN, TASK
from zhunsheng.programmes.plans.rights import Rights, rights


def _below(paths: Collection[str], prefix: str) -> Q:
    """Rows whose division lies at or below one of the paths; none if there is no path."""
    found = Q(pk__in=())
    for path in paths:
        found |= Q(**{f"{prefix}division__path__startswith": path})
    return found


def plans(actor: Actor) -> QuerySet[Plan]:
    """Plans of the divisions that they oversee or may read, and plans that ask something of their unit.

    Units see a plan once it is published, or while their opinion is asked for.
    """
    return plans_of(rights(actor))


def plans_of(held: Rights) -> QuerySet[Plan]:
    """The same for whoever has these rights."""
    mine = Assignment.objects.filter(task__plan=OuterRef("pk"), unit_id__in=held.units)
    asked = Edition.objects.filter(plan=OuterRef("pk"), state="consulting", names__units__in=held.units)
    seen = _below([*held.oversees, *held.reads], "")
    return Plan.objects.filter(seen | Exists(mine) | Exists(asked)) if held.units else Plan.objects.filter(seen)


def tasks(actor: Actor) -> QuerySet[Task]:
    """Published tasks of the plans that they may see; of others' plans only those that ask something of their unit."""
    return tasks_of(rights(actor))


def tasks_of(held: Rights) -> QuerySet[Task]:
    """The same for whoever has these rights."""
    mine = Assignment.objects.filter(task=OuterRef("pk"), unit_id__in=held.units)
    seen = _below([*held.oversees, *held.reads], "plan__")
    return Task.objects.filter(seen | Exists(mine) if held.units else seen).filter(wording__isnull=False)


def duties(actor: Actor) -> QuerySet[Duty]:
    """What the units owe that they oversee, act for, or lead."""
    return duties_of(rights(actor))


def duties_of(held: Rights) -> QuerySet[Duty]:
    """The same for whoever has these rights."""
    return Duty.objects.filter(_duties(held))


def _duties(held: Rights) -> Q:
    seen = _below([*held.oversees, *held.reads], "task__plan__")
    if not held.units:
        return seen
    leading = Assignment.objects.filter(task=OuterRef("task"), unit_id__in=held.units, role="lead", ended=False)
    return seen | Q(unit_id__in=held.units) | Q(Exists(leading))


def cards(kind: str, keys: Collection[str], actor: Actor) -> Mapping[str, Card]:
    """Links to plans, tasks and duties (``kernel.refs``); one query."""
    held, numbers = rights(actor), frozenset(map(int, keys))
    if kind == PLAN:
        found: Iterable[Plan | Task | Duty] = _plans(held, numbers)
    elif kind == TASK:
        found = _tasks(held, numbers)
    else:
        found = _duties_of(held, numbers) if kind == DUTY else ()
    return {str(one.pk): Card(str(one), reverse(PAGES[kind], args=[one.pk])) for one in found}


PAGES: Final = {PLAN: "desk:plan", TASK: "desk:task", DUTY: "desk:duty"}


@prepared
def _plans(held: Rights, keys: frozenset[int]) -> QuerySet[Plan]:
    return plans_of(held).filter(pk__in=keys)


@prepared
def _tasks(held: Rights, keys: frozenset[int]) -> QuerySet[Task]:
    return tasks_of(held).filter(pk__in=keys).select_related("wording")


@prepared
def _duties_of(held: Rights, keys: frozenset[int]) -> QuerySet[Duty]:
    return duties_of(held).filter(pk__in=keys).select_related("task__wording", "occurrence", "unit")


def readable(keys: Collection[str], actor: Actor) -> set[str]:
    """The plans whose original a person may read: those that they may see. One query besides the rights."""
    return {str(pk) for pk in plans(actor).filter(pk__in=keys).values_list("pk", flat=True)}
