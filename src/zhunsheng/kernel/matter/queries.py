"""Questions about matters: lists with their filters, figures, and what belongs to one of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.matter.flow import WITH_UNIT
from zhunsheng.kernel.matter.models import Matter, MatterAnswer, MatterOrigin
from zhunsheng.kernel.matter.rights import Standing, standing
from zhunsheng.kernel.now import today
from zhunsheng.kernel.refs import Ref

SORTS = {
    "due": (F("due").asc(nulls_last=True), "pk"),
    "new": ("-pk",),
    "unit": ("unit_name", "unit_id", F("due").asc(nulls_last=True), "pk"),
}
"""Orders of a list by name: earliest date, newest, unit."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; "" and ``None`` narrow nothing."""

    kind: str = ""
    state: str = ""
    unit: int | None = None
    late: bool = False
    text: str = ""
    sort: str = "due"


def seen_by(held: Standing) -> Q:
    """Matters that a person with that standing may see: those of units that they oversee, and what their own units got.

    A unit does not see what has not been issued to it.
    """
    return held.units("unit__") | Q(issuer_id__in=held.drafts) | Q(unit_id__in=held.acts_for, issued_at__isnull=False)


def visible(actor: Actor) -> QuerySet[Matter]:
    """What ``actor`` may see."""
    return visible_to(standing(actor))


def visible_to(held: Standing) -> QuerySet[Matter]:
    """What may be seen with that standing."""
    return matters_for(seen_by(held))


def matters_for(scope: Q, filters: Filters | None = None) -> QuerySet[Matter]:
    """Matters within ``scope``, narrowed and sorted, with their units; one query."""
    asked = filters or Filters()
    condition = Q()
    if asked.kind:
        condition &= Q(kind=asked.kind)
    if asked.state:
        condition &= Q(state=asked.state)
    if asked.unit is not None:
        condition &= Q(unit_id=asked.unit)
    if asked.late:
        condition &= late(today())
    for word in asked.text.split():
        condition &= Q(title__icontains=word) | Q(document_number__icontains=word) | Q(demands__icontains=word)
    found = Matter.objects.filter(scope & condition).select_related("unit", "issuer")
    return found.order_by(*SORTS.get(asked.sort, SORTS["due"]))


def late(day: date) -> Q:
    """Matters whose date has passed while the unit had them."""
    return Q(state__in=WITH_UNIT, due__lt=day)


@dataclass(frozen=True, slots=True)
class Figure:
    """How many matters of one kind one unit has in one state, and how many of them are late."""

    kind: str
    unit_id: int
    state: str
    count: int
    late: int


def figures(scope: Q, day: date | None = None) -> list[Figure]:
    """Counts by kind, unit and state of what was issued; one grouped query."""
    rows = Matter.objects.filter(scope, issued_at__isnull=False).values_list("kind", "unit_id", "state").order_by()
    counted = rows.annotate(found=Count("pk"), found_late=Count("pk", filter=late(day or today())))
    return [Figure(*row) for row in sorted(counted)]


def about(refs: Iterable[Ref]) -> dict[Ref, list[Matter]]:
    """Matters that come from each of ``refs`` (a task draws the orders that press for it); one query."""
    wanted = {(ref.kind, ref.key): ref for ref in refs}
    rows = MatterOrigin.objects.filter(kind__in={kind for kind, _ in wanted}, key__in={key for _, key in wanted})
    found: dict[Ref, list[Matter]] = {ref: [] for ref in wanted.values()}
    for row in rows.select_related("matter__unit").order_by("matter_id"):
        if (row.kind, row.key) in wanted:
            found[wanted[row.kind, row.key]].append(row.matter)
    return found


def may_read_answers(keys: Collection[str], actor: Actor) -> Collection[str]:
    """Those answers whose matters the actor may see (the evidence engine asks)."""
    seen = Matter.objects.filter(seen_by(standing(actor))).values("pk")
    numbers = [int(key) for key in keys if key.isdigit()]
    rows = MatterAnswer.objects.filter(pk__in=numbers, matter__in=seen)
    return {str(pk) for pk in rows.values_list("pk", flat=True)}
