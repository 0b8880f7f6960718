"""我盯的数: how the running plans stand. Each figure opens onto the rows that it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.http import HttpRequest

from zhunsheng.faces.guard import member
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import today
from zhunsheng.kernel.prepared import prepared
from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans import lists, visible
from zhunsheng.programmes.plans.models import Plan
from zhunsheng.programmes.plans.nearness import days
from zhunsheng.programmes.plans.rights import Rights, rights

MOST: Final = 3
"""Plans, or units, of which figures are shown: the newest."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure: its name, value and unit, and the address of its rows ("" where it has none); a shape for its state."""

    label: str
    value: str
    unit: str = ""
    url: str = ""
    shape: str = ""


def figures(request: HttpRequest) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """For those who see whole plans: the plans; for units: what they owe. Two queries either way."""
    held = rights(member(request))
    if held.oversees or held.reads:
        yield from _plans(request)
    elif held.units:
        yield from _units(held)


def _plans(request: HttpRequest) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    plans = _running(rights(member(request)))
    standing = lists.cells_of(plans, today(), days())
    for plan in plans:
        cells, matrix = standing[plan.pk], reverse("desk:plan_matrix", args=[plan.pk])
        parts = sum(cells.values())
        if parts:
            yield (
                plan.title,
                (
                    Fact("办结", f"{cells['done']:,}", f"/ {parts:,} 份", matrix),
                    Fact("逾期和退回", f"{cells['late'] + cells['back']:,}", "份", f"{matrix}?only=trouble", "late"),
                    Fact("待确认", f"{cells['wait']:,}", "份", f"{matrix}?only=wait", "wait"),
                ),
            )


@prepared
def _running(held: Rights) -> QuerySet[Plan]:
    return visible.plans_of(held).filter(state="running").order_by("-year_from", "-pk")[:MOST]


@prepared
def _named(units: frozenset[int]) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=units).order_by("pk")[:MOST]


def _units(held: Rights) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    counted: dict[int, Counter[str]] = {}
    for pk, key, count in lists.by_unit(held.units, today(), limits=days()):
        counted.setdefault(pk, Counter())[key] += count
    for unit in _named(frozenset(counted)):
        cells, page = counted[unit.pk], reverse("desk:unit_tasks", args=[unit.pk])
        yield (
            f"{unit.short_name}的任务",
            (
                Fact("办结", f"{cells['done']:,}", f"/ {sum(cells.values()) - cells['na']:,} 件", f"{page}?state=done"),
                Fact("逾期", f"{cells['late']:,}", "件", f"{page}?state=late", "late"),
                Fact("待确认", f"{cells['wait']:,}", "件", f"{page}?state=wait", "wait"),
            ),
        )
