"""The roles that somebody holds today, asked once for each request: pages ask a dozen times who is looking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhunsheng.kernel.now import today
from zhunsheng.kernel.prepared import prepared
from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import MemberRole, Role

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from zhunsheng.kernel.actor import Actor

KEPT: Final = "_held_today"


@dataclass(frozen=True, slots=True)
class Held:
    """A role, with the unit or the division (its path) that it is held for; the other is ``None``."""

    role: Role
    unit: int | None
    path: str | None


def held(actor: Actor) -> tuple[Held, ...]:
    """The roles in force today; none of the program itself, none of a disabled account.

    Kept with ``actor``, which lives as long as a request. What grants and ends roles asks ``scope`` instead, which
    asks the database each time.
    """
    day = today()
    kept: tuple[date, tuple[Held, ...]] | None = getattr(actor, KEPT, None)
    if kept is None or kept[0] != day:
        kept = (day, _asked(actor, day))
        if hasattr(actor, "__dict__"):
            object.__setattr__(actor, KEPT, kept)
    return kept[1]


def _asked(actor: Actor, day: date) -> tuple[Held, ...]:
    if actor.pk is None:
        return ()
    return tuple(Held(Role(role), unit, path) for role, unit, path in _roles(actor.pk, day))


@prepared
def _roles(member: int, day: date) -> QuerySet[MemberRole, tuple[str, int | None, str | None]]:
    rows = MemberRole.objects.filter(in_force(day), member_id=member, member__is_active=True)
    return rows.values_list("role", "unit", "division__path")
