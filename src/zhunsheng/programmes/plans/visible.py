"""Which plans, tasks and duties a person may see. Every page and every link goes through here; nothing by default."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from zhunsheng.kernel.actor import Actor
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
    held = rights(actor)
    mine = Assignment.objects.filter(task__plan=OuterRef("pk"), unit_id__in=held.units)
    asked = Edition.objects.filter(plan=OuterRef("pk"), state="consulting", names__units__in=held.units)
    seen = _below([*held.oversees, *held.reads], "")
    return Plan.objects.filter(seen | Exists(mine) | Exists(asked)) if held.units else Plan.objects.filter(seen)


def tasks(actor: Actor) -> QuerySet[Task]:
    """Published tasks of the plans that they may see; of others' plans only those that ask something of their unit."""
    held = rights(actor)
    mine = Assignment.objects.filter(task=OuterRef("pk"), unit_id__in=held.units)
    seen = _below([*held.oversees, *held.reads], "plan__")
    return Task.objects.filter(seen | Exists(mine) if held.units else seen).filter(wording__isnull=False)


def duties(actor: Actor) -> QuerySet[Duty]:
    """What the units owe that they oversee, act for, or lead."""
    held = rights(actor)
    return Duty.objects.filter(_duties(held))


def _duties(held: Rights) -> Q:
    seen = _below([*held.oversees, *held.reads], "task__plan__")
    if not held.units:
        return seen
    leading = Assignment.objects.filter(task=OuterRef("task"), unit_id__in=held.units, role="lead", ended=False)
    return seen | Q(unit_id__in=held.units) | Q(Exists(leading))


def cards(kind: str, keys: Collection[str], actor: Actor) -> Mapping[str, Card]:
    """Links to plans, tasks and duties (``kernel.refs``); one query."""
    if kind == PLAN:
        return {
            str(one.pk): Card(one.title, reverse("desk:plan", args=[one.pk]))
            for one in plans(actor).filter(pk__in=keys)
        }
    if kind == TASK:
        found = tasks(actor).filter(pk__in=keys).select_related("wording")
        return {str(one.pk): Card(str(one), reverse("desk:task", args=[one.pk])) for one in found}
    if kind == DUTY:
        rows = duties(actor).filter(pk__in=keys).select_related("task__wording", "occurrence", "unit")
        return {str(one.pk): Card(str(one), reverse("desk:duty", args=[one.pk])) for one in rows}
    return {}


def readable(keys: Collection[str], actor: Actor) -> set[str]:
    """The plans whose original a person may read: those that they may see. One query besides the rights."""
    return {str(pk) for pk in plans(actor).filter(pk__in=keys).values_list("pk", flat=True)}
