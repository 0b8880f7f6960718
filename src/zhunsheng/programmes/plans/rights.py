"""Who may do what with a plan, a duty or a report: the roles of the day, asked once for each person and day."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.now import today
from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import Division, MemberRole, Role

OFFICE = frozenset({Role.OFFICE_CLERK, Role.OFFICE_HEAD})


@dataclass(frozen=True, slots=True)
class Rights:
    """The units that a person reports and confirms for, and the parts of the division tree that they oversee."""

    reports: frozenset[int] = field(default_factory=frozenset)
    confirms: frozenset[int] = field(default_factory=frozenset)
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
    day = today()
    known: tuple[object, Rights] | None = getattr(actor, "_plan_rights", None)
    if known is not None and known[0] == day:
        return known[1]
    found = _asked(actor.pk) if actor.pk is not None else Rights()
    if hasattr(actor, "__dict__"):
        object.__setattr__(actor, "_plan_rights", (day, found))
    return found


def _asked(member: int) -> Rights:
    held = list(
        MemberRole.objects.filter(in_force(today()), member_id=member, member__is_active=True).values_list(
            "role", "unit_id", "division__path"
        )
    )
    return Rights(
        reports=frozenset(unit for role, unit, _ in held if role == Role.LIAISON_OFFICER and unit),
        confirms=frozenset(unit for role, unit, _ in held if role == Role.UNIT_HEAD and unit),
        oversees=tuple(path for role, _, path in held if role in OFFICE and path),
        reads=tuple(path for role, _, path in held if role == Role.LEADING_GROUP_MEMBER and path),
    )


def may_prepare(actor: Actor, division: Division) -> bool:
    """Whether they may import and mend plans of that division."""
    return rights(actor).over(division.path)
