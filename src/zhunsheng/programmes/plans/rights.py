"""Who may do what with a plan, a duty or a report: the roles of the day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.now import today
from zhunsheng.people.conditions import admitted, in_force
from zhunsheng.people.held import held
from zhunsheng.people.models import Division, MemberRole, Role

OFFICE = frozenset({Role.OFFICE_CLERK, Role.OFFICE_HEAD})


@dataclass(frozen=True, slots=True)
class Rights:
    """The units that a person (``member``) reports for, confirms for, or ``both``, and the divisions that they oversee."""

    member: int | None = None
    reports: frozenset[int] = field(default_factory=frozenset)
    confirms: frozenset[int] = field(default_factory=frozenset)
    both: frozenset[int] = field(default_factory=frozenset)
    oversees: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()

    @property
    def units(self) -> frozenset[int]:
        """The units that they act for in either way."""
        return self.reports | self.confirms

    def over(self, path: str) -> bool:
        """Whether they oversee the division of that path."""
        return any(path.startswith(one) for one in self.oversees)

    def sees(self, path: str) -> bool:
        """Whether they may read what belongs to the division of that path."""
        return any(path.startswith(one) for one in (*self.oversees, *self.reads))


def rights(actor: Actor) -> Rights:
    """The rights of today; the program itself has none here (its changes are made on behalf of nobody)."""
    roles = held(actor)
    reports = frozenset(one.unit for one in roles if one.role == Role.LIAISON_OFFICER and one.unit)
    confirms = frozenset(one.unit for one in roles if one.role == Role.UNIT_HEAD and one.unit)
    return Rights(
        member=actor.pk,
        reports=reports,
        confirms=confirms,
        both=reports & confirms,
        oversees=tuple(one.path for one in roles if one.role in OFFICE and one.path),
        reads=tuple(one.path for one in roles if one.role == Role.LEADING_GROUP_MEMBER and one.path),
    )


def other_heads(unit: int, but: int) -> list[str]:
    """The names of those who confirm for a unit today and could sign in, all but one member (by number)."""
    return list(heads(but, today()).filter(unit=unit).order_by("pk").values_list("member__person__name", flat=True))


def heads(but: int | None, day: date) -> QuerySet[MemberRole]:
    """The roles of those who confirm for any unit on ``day`` and could sign in, all but one member (by number)."""
    live = MemberRole.objects.filter(in_force(day), admitted(day, "member__"), role=Role.UNIT_HEAD)
    return live.exclude(member=but)


def may_prepare(actor: Actor, division: Division) -> bool:
    """Whether they may import and mend plans of that division."""
    return rights(actor).over(division.path)
