"""Who may do what with matters, by role and scope (``kernel/matter/rights``)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.db.models import Q

from zhunsheng.kernel.matter.rights import Standing
from zhunsheng.kernel.now import today
from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import UNIT_ROLES, MemberRole, Role, Unit
from zhunsheng.people.scope import Scope

if TYPE_CHECKING:
    from zhunsheng.kernel.actor import Actor

SEES_ALL = frozenset({Role.OFFICE_CLERK, Role.OFFICE_HEAD, Role.LEADING_GROUP_MEMBER})


class RolesAndScope:
    """The office drafts for the unit that its people sit in, its head signs; units answer for themselves."""

    def standing(self, actor: Actor) -> Standing:
        """One query for the roles in force."""
        if actor.pk is None:
            return Standing()
        held = MemberRole.objects.filter(in_force(today()), member_id=actor.pk, member__is_active=True)
        roles = list(held.values_list("role", "unit_id", "division__path"))
        office = frozenset({actor.unit_id}) if actor.unit_id is not None else frozenset()
        names = {role for role, _, _ in roles}
        paths = tuple(path for role, _, path in roles if role in SEES_ALL and path)
        return Standing(
            acts_for=frozenset(unit for role, unit, _ in roles if role in UNIT_ROLES and unit is not None),
            drafts=office if names & {Role.OFFICE_CLERK, Role.OFFICE_HEAD} else frozenset(),
            approves=office if Role.OFFICE_HEAD in names else frozenset(),
            units=Scope(paths=paths).units,
        )

    def names(self, unit_ids: Collection[int]) -> Mapping[int, str]:
        """Full names."""
        return dict(Unit.objects.filter(Q(pk__in=unit_ids)).values_list("pk", "name"))
