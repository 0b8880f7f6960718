"""Questions about evidence: what is attached where, what may be used again, who may read what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.evidence.actions import Period
from zhunsheng.kernel.evidence.models import Evidence, EvidenceUse
from zhunsheng.kernel.refs import Ref

Reader = Callable[[Collection[str], Actor], Collection[str]]
"""Those of the keys of one kind of record whose evidence the actor may read; a fixed number of queries."""

_READERS: dict[str, Reader] = {}


def register_reader(kind: str, reader: Reader) -> None:
    """Let the room that owns ``kind`` say who reads what is attached to its records; a kind has one owner."""
    if _READERS.setdefault(kind, reader) is not reader:
        raise ValueError(f"two owners of {kind}")


def of(refs: Iterable[Ref]) -> dict[Ref, list[EvidenceUse]]:
    """What is attached to each of ``refs`` now, in the order in which it came; one query, whatever their number."""
    wanted = {(ref.kind, ref.key): ref for ref in refs}
    found: dict[Ref, list[EvidenceUse]] = {ref: [] for ref in wanted.values()}
    for use in _uses(_at(wanted)):
        found[wanted[use.kind, use.key]].append(use)
    return found


def _at(places: Collection[tuple[str, str]]) -> Q | None:
    """The condition of standing at one of these records; ``None`` for no place at all."""
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for kind, key in places:
        keys[kind].add(key)
    return reduce(or_, (Q(kind=kind, key__in=some) for kind, some in keys.items())) if keys else None


def _uses(condition: Q | None) -> QuerySet[EvidenceUse]:
    """Uses in force, with their pieces and files."""
    if condition is None:
        return EvidenceUse.objects.none()
    return EvidenceUse.objects.filter(condition, removed_at=None).select_related("evidence__file", "evidence__unit")


def standing(scope: Q) -> QuerySet[Evidence]:
    """Pieces that are not withdrawn, newest first, with ``use_count``: at how many records they are used now."""
    counted = Count("uses", filter=Q(uses__removed_at=None))
    found = Evidence.objects.filter(scope, withdrawn_at=None).select_related("file", "unit")
    return found.annotate(use_count=counted).order_by("-at", "-pk")


def reusable(actor: Actor, text: str = "", period: Period | None = None) -> QuerySet[Evidence]:
    """Pieces of the actor's unit with all words of ``text`` in name or note that speak for a day of ``period``.

    A piece without a period speaks for none and is offered only where no period is asked for.
    """
    scope = Q(unit_id=actor.unit_id)
    for word in text.split():
        scope &= Q(name__icontains=word) | Q(note__icontains=word)
    if period:
        scope &= Q(period_from__lte=period.last, period_to__gte=period.first)
    return standing(scope)


def same_content(evidence: Evidence) -> QuerySet[Evidence]:
    """Other pieces with the very same content, of whichever unit: for those who check, not for the units."""
    return Evidence.objects.filter(file=evidence.file_id).exclude(pk=evidence.pk).select_related("unit", "file")


def may_read(evidence: Evidence, actor: Actor) -> bool:
    """The piece of one's own unit, or one attached to a record that its room lets the actor read."""
    if actor.unit_id is not None and actor.unit_id == evidence.unit_id:
        return True
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for kind, key in evidence.uses.filter(removed_at=None).values_list("kind", "key"):
        keys[kind].add(key)
    return any(_READERS[kind](some, actor) for kind, some in keys.items() if kind in _READERS)
