"""Who is qualified for what on which day. The kinds are the pack ``qualifications``, which a county may change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from zhunsheng.kernel import packs
from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import Person, Qualification

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of certificate: its id, its Chinese name, the law that asks for it, whether it is given for a term only."""

    id: str
    name: str
    law: str
    has_term: bool


def kinds() -> dict[str, Kind]:
    """All kinds by id, in the order of the pack."""
    rows = packs.load("qualifications").content["kinds"]
    return {row["id"]: Kind(row["id"], row["name"], row["law"], row["has_term"]) for row in rows}


def counts_on(day: date, prefix: str = "") -> Q:
    """Qualifications that count on ``day``: begun, not run out, not revoked."""
    revoked_on = f"{prefix}revoked_on"
    return in_force(day, prefix) & (Q(**{f"{revoked_on}__isnull": True}) | Q(**{f"{revoked_on}__gt": day}))


def qualified(person: Person, kind: str, day: date) -> bool:
    """Whether ``person`` holds a certificate of that kind that counts on ``day``."""
    return person.qualifications.filter(counts_on(day), kind=kind).exists()


def qualified_among(persons: Iterable[Person], kind: str, day: date) -> frozenset[int]:
    """The numbers of those of ``persons`` who are qualified, in one query."""
    held = Qualification.objects.filter(counts_on(day), kind=kind, person__in=list(persons))
    return frozenset(held.values_list("person_id", flat=True))


def holders(kind: str, day: date) -> QuerySet[Person]:
    """Everybody who is qualified on ``day``, each once; filter on by unit or count as a measure needs."""
    held = Qualification.objects.filter(counts_on(day), kind=kind, person=OuterRef("pk"))
    return Person.objects.filter(Exists(held))


def running_out(until: date, day: date) -> QuerySet[Qualification]:
    """Certificates that have run out or no longer count on ``until``, and that nothing replaces; the earliest end first.

    Left out: those revoked by ``day``, and those renewed (the person holds another of the kind that lasts longer).
    """
    standing = Q(revoked_on__isnull=True) | Q(revoked_on__gt=day)
    longer = Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("valid_to"))
    renewed = Qualification.objects.filter(longer, standing, person=OuterRef("person"), kind=OuterRef("kind"))
    ending = Qualification.objects.filter(~Exists(renewed), standing, valid_to__lte=until)
    return ending.select_related("person").order_by("valid_to", "pk")
