"""刚刚发生: the newest blocks about records that a person may see; rooms say which records those are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import BigIntegerField, Case, Count, Exists, Max, Min, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.journal.models import Block, Mention
from zhunsheng.kernel.refs import Ref

REACH: Final = 5_000
"""How many blocks back is looked at: whoever has nothing newer than that sees nothing, and costs no more."""

Watched = Callable[[Actor], QuerySet[Any]]
_WATCHED: dict[str, Watched] = {}


@dataclass(frozen=True, slots=True)
class Happening:
    """A block as a person sees it: the first of its records that they may see, and how many such there are."""

    block: Block
    ref: Ref
    action: str
    reason: str
    count: int


def watch(kind: str, rows: Watched) -> None:
    """Let ``rows`` say which records of ``kind`` a person may see; their keys are numbers."""
    _WATCHED[kind] = rows


def latest(actor: Actor, size: int = 8) -> tuple[Happening, ...]:
    """The newest blocks about records that ``actor`` may see, the newest first; three queries."""
    newest = Block.objects.aggregate(last=Max("number"))["last"] or 0
    seen, numbers = _seen(actor)
    grouped = (
        Mention.objects.alias(**numbers)
        .filter(seen, block__gt=newest - REACH)
        .order_by("-block")
        .values("block")
        .annotate(first=Min("pk"), count=Count("pk"))[:size]
    )
    counts = {row["first"]: row["count"] for row in grouped}
    said = Mention.objects.filter(pk__in=list(counts)).select_related("block").order_by("-block")
    return tuple(
        Happening(one.block, Ref(one.kind, one.key, one.label), one.action, one.reason, counts[one.pk]) for one in said
    )


def _seen(actor: Actor) -> tuple[Q, dict[str, Case]]:
    """Mentions of records that they may see, and the keys of each kind as numbers, on which that depends."""
    seen, numbers = Q(pk__in=()), {}
    for index, (kind, rows) in enumerate(_WATCHED.items()):
        name = f"number{index}"
        # A key of another kind need not be a number, and what is not asked for must not be cast.
        numbers[name] = Case(When(kind=kind, then=Cast("key", BigIntegerField())), output_field=BigIntegerField())
        # Said as a range, so that the few newest are looked up one by one: with = PostgreSQL collects all records first.
        one = rows(actor).filter(pk__gte=OuterRef(name), pk__lte=OuterRef(name))
        seen |= Q(kind=kind) & Q(Exists(one))
    return seen, numbers
