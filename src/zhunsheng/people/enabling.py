"""启用: which administrator lets an account in, so that nobody takes over an administrator's account alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhunsheng.kernel.now import today
from zhunsheng.people.conditions import admitted, in_force, lasting
from zhunsheng.people.models import ADMINISTRATORS, Member, MemberRole, Role
from zhunsheng.people.models.division import paths_to

if TYPE_CHECKING:
    from django.db.models import QuerySet


def administers(member: Member) -> list[Role]:
    """The administrators' roles that a member holds, or will hold from a day that is still to come."""
    held = member.roles.filter(lasting(today()), role__in=ADMINISTRATORS).order_by("pk").values_list("role", flat=True)
    return [Role(role) for role in held]


def enabled_by(member: Member) -> Role | None:
    """Who enables this account: a security administrator other than its holder, who can sign in and administers its unit.

    Where there is none, the account of a security administrator is the audit administrator's to enable, lest everybody
    be locked out. ``None``: nobody could.
    """
    if _others(Role.SECURITY_ADMINISTRATOR, member).exists():
        return Role.SECURITY_ADMINISTRATOR
    theirs = Role.SECURITY_ADMINISTRATOR in administers(member)
    return Role.AUDIT_ADMINISTRATOR if theirs and _others(Role.AUDIT_ADMINISTRATOR, member).exists() else None


def _others(role: Role, member: Member) -> QuerySet[MemberRole]:
    """The role in the hands of somebody else who can sign in, over the place of the member's unit."""
    live = MemberRole.objects.filter(in_force(today()), admitted(today(), "member__"), role=role)
    return live.filter(division__path__in=paths_to(member.unit.division.path)).exclude(member=member)
