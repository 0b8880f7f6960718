"""Whose records a person may touch, and for what: nothing unless a role in force gives it.

The answer is one condition on the path of a division, or on a few units, that any query takes over a join. What within
a record may be seen, and in which state, is the business of the room that owns it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.now import today
from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import MemberRole, Role, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from zhunsheng.kernel.actor import Actor
    from zhunsheng.people.models import Division


class Purpose(StrEnum):
    """What somebody wants to do with the records of units."""

    READ = "read"
    """See business records, drafts and unconfirmed reports included."""
    REPORT = "report"
    """Report for a unit."""
    CONFIRM = "confirm"
    """Confirm, as its head, what a unit reports."""
    OVERSEE = "oversee"
    """Plan, accept, send back, urge: the office."""
    REVIEW = "review"
    """See what was published or handed to somebody from outside, and score it. Less than READ."""
    MANAGE_UNITS = "manage_units"
    """Change divisions, units and their names."""
    MANAGE_ACCOUNTS = "manage_accounts"
    """Create accounts, disabled, and ask for their roles."""
    MANAGE_RIGHTS = "manage_rights"
    """Enable accounts, give and end roles."""
    AUDIT = "audit"
    """Read the journal and the access log."""


LABELS: Final[dict[Purpose, str]] = {
    Purpose.READ: "查看",
    Purpose.REPORT: "上报",
    Purpose.CONFIRM: "确认",
    Purpose.OVERSEE: "统筹督办",
    Purpose.REVIEW: "评审监督",
    Purpose.MANAGE_UNITS: "管理区划和单位",
    Purpose.MANAGE_ACCOUNTS: "开设账号",
    Purpose.MANAGE_RIGHTS: "授予角色",
    Purpose.AUDIT: "审计",
}
"""What each purpose is called in a refusal."""

_OFFICE: Final = frozenset({Purpose.READ, Purpose.OVERSEE})
GRANTS: Final[dict[Role, frozenset[Purpose]]] = {
    Role.LIAISON_OFFICER: frozenset({Purpose.READ, Purpose.REPORT}),
    Role.UNIT_HEAD: frozenset({Purpose.READ, Purpose.CONFIRM}),
    Role.OFFICE_CLERK: _OFFICE,
    Role.OFFICE_HEAD: _OFFICE,
    Role.LEADING_GROUP_MEMBER: frozenset({Purpose.READ}),
    Role.REVIEWER: frozenset({Purpose.REVIEW}),
    Role.SUPERVISOR: frozenset({Purpose.REVIEW}),
    Role.SYSTEM_ADMINISTRATOR: frozenset({Purpose.MANAGE_UNITS, Purpose.MANAGE_ACCOUNTS}),
    Role.SECURITY_ADMINISTRATOR: frozenset({Purpose.MANAGE_RIGHTS}),
    Role.AUDIT_ADMINISTRATOR: frozenset({Purpose.AUDIT}),
}
"""What each role is for. An administrator's purposes are never those of business."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Units at or below some divisions (``paths``), and some units by themselves; nothing if both are empty."""

    paths: tuple[str, ...] = ()
    unit_ids: frozenset[int] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether nothing at all is within."""
        return not self.paths and not self.unit_ids

    def units(self, prefix: str = "") -> Q:
        """Rows whose unit is within; ``prefix`` reaches the unit over a join (``"task__unit__"``)."""
        by_unit = Q(**{f"{prefix}pk__in": sorted(self.unit_ids)})
        return by_unit | self.divisions(f"{prefix}division__") if self.paths else by_unit

    __call__ = units

    def divisions(self, prefix: str = "") -> Q:
        """Rows whose division lies at or below one that is within; units by themselves bring no division with them."""
        if not self.paths:
            return Q(**{f"{prefix}pk__in": ()})
        condition = Q()
        for path in self.paths:
            condition |= Q(**{f"{prefix}path__startswith": path})
        return condition

    def allows(self, unit: Unit) -> bool:
        """Whether one unit is within. Asks the database only for a division that was not fetched with the unit."""
        return unit.pk in self.unit_ids or (bool(self.paths) and unit.division.path.startswith(self.paths))

    def covers(self, division: Division) -> bool:
        """Whether a whole division is within."""
        return bool(self.paths) and division.path.startswith(self.paths)


NOTHING: Final = Scope()


def scope(actor: Actor, purpose: Purpose, day: date) -> Scope:
    """What ``actor`` may touch for ``purpose`` on ``day``, in one query. The program itself has no roles, so nothing."""
    if actor.pk is None:
        return NOTHING
    roles = [role for role, purposes in GRANTS.items() if purpose in purposes]
    held = MemberRole.objects.filter(in_force(day), member_id=actor.pk, member__is_active=True, role__in=roles)
    places = list(held.values_list("division__path", "unit_id"))
    return Scope(
        paths=_outermost(path for path, _ in places if path),
        unit_ids=frozenset(unit for _, unit in places if unit),
    )


def ensure(actor: Actor, division: Division | None, *purposes: Purpose) -> None:
    """Raise ``Refused`` unless a role of today gives ``actor`` one of ``purposes`` for the whole of ``division``.

    ``None`` is the place above all divisions, which no role reaches. The program passes: what it may do stands in its
    commands.
    """
    if actor.pk is None:
        return
    if division is None or not any(scope(actor, purpose, today()).covers(division) for purpose in purposes):
        place = division.name if division else "最高一级"
        wanted = "或者".join(LABELS[purpose] for purpose in purposes)
        raise Refused("out_of_scope", f"您没有在{place}{wanted}的权限，请找有这项权限的人办理。")


def _outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths that lie below no other one, in order."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not path.startswith(tuple(kept)):
            kept.append(path)
    return tuple(kept)
