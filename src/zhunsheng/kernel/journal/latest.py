"""刚刚发生: the newest blocks about records that a person may see; rooms say which records those are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import BigIntegerField, Case, Count, Exists, Min, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.journal.models import Block, Mention
from zhunsheng.kernel.prepared import prepared
from zhunsheng.kernel.refs import Ref

REACH: Final = 5_000
"""How many blocks back is looked at: whoever has nothing newer than that sees nothing, and costs no more."""

Asks = Callable[[Actor], Any]
"""What a room knows of an actor, in a form that ``kernel.prepared`` takes: their rights."""
Watched = Callable[[Any], QuerySet[Any]]
_WATCHED: dict[str, tuple[Asks, Watched]] = {}


@dataclass(frozen=True, slots=True)
class Happening:
    """A block as a person sees it: the first of its records that they may see, and how many such there are."""

    block: Block
    ref: Ref
    action: str
    reason: str
    count: int


def watch(kind: str, rights: Asks, rows: Watched) -> None:
    """Let ``rows`` say which records of ``kind`` whoever has these ``rights`` may see; their keys are numbers."""
    _WATCHED[kind] = rights, rows


def latest(actor: Actor, size: int = 8) -> tuple[Happening, ...]:
    """The newest blocks about records that ``actor`` may see, the newest first; three queries."""
    newest = max(_newest(), default=0)
    rights = tuple(asks(actor) for asks, _ in _WATCHED.values())
    rooms = tuple((kind, rows) for kind, (_, rows) in _WATCHED.items())
    counts = dict(_grouped(rights, newest - REACH, rooms=rooms, size=size))
    return tuple(
        Happening(one.block, Ref(one.kind, one.key, one.label), one.action, one.reason, counts[one.pk])
        for one in _said(frozenset(counts))
    )


@prepared
def _newest() -> QuerySet[Block, int]:
    return Block.objects.order_by("-number").values_list("number", flat=True)[:1]


@prepared
def _grouped(
    rights: tuple[Any, ...], after: int, *, rooms: tuple[tuple[str, Watched], ...], size: int
) -> QuerySet[Mention, tuple[int, int]]:
    """The first mention of each of the newest blocks, and how many mentions of it they may see."""
    seen, numbers = _seen([(kind, rows(held)) for (kind, rows), held in zip(rooms, rights, strict=True)])
    rows = Mention.objects.alias(**numbers).filter(seen, block__gt=after).order_by("-block").values("block")
    return rows.annotate(first=Min("pk"), count=Count("pk")).values_list("first", "count")[:size]


@prepared
def _said(keys: frozenset[int]) -> QuerySet[Mention]:
    return Mention.objects.filter(pk__in=keys).select_related("block").order_by("-block")


def _seen(records: Iterable[tuple[str, QuerySet[Any]]]) -> tuple[Q, dict[str, Case]]:
    """Mentions of records that they may see, and the keys of each kind as numbers, on which that depends."""
    seen, numbers = Q(pk__in=()), {}
    for index, (kind, rows) in enumerate(records):
        name = f"number{index}"
        # A key of another kind need not be a number, and what is not asked for must not be cast.
        numbers[name] = Case(When(kind=kind, then=Cast("key", BigIntegerField())), output_field=BigIntegerField())
        # Said as a range, so that the few newest are looked up one by one: with = PostgreSQL collects all records first.
        one = rows.filter(pk__gte=OuterRef(name), pk__lte=OuterRef(name))
        seen |= Q(kind=kind) & Q(Exists(one))
    return seen, numbers
