"""Who may do what with matters, by role and scope (``kernel/matter/rights``)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.db.models import Q

from zhunsheng.kernel.matter.rights import Standing
from zhunsheng.people.held import held
from zhunsheng.people.models import UNIT_ROLES, Role, Unit
from zhunsheng.people.scope import Scope

if TYPE_CHECKING:
    from zhunsheng.kernel.actor import Actor

SEES_ALL = frozenset({Role.OFFICE_CLERK, Role.OFFICE_HEAD, Role.LEADING_GROUP_MEMBER})


class RolesAndScope:
    """The office drafts for the unit that its people sit in, its head signs; units answer for themselves."""

    def standing(self, actor: Actor) -> Standing:
        """By the roles in force."""
        roles = held(actor)
        if not roles:
            return Standing()
        office = frozenset({actor.unit_id}) if actor.unit_id is not None else frozenset()
        names = {one.role for one in roles}
        return Standing(
            acts_for=frozenset(one.unit for one in roles if one.role in UNIT_ROLES and one.unit is not None),
            drafts=office if names & {Role.OFFICE_CLERK, Role.OFFICE_HEAD} else frozenset(),
            approves=office if Role.OFFICE_HEAD in names else frozenset(),
            units=Scope(paths=tuple(one.path for one in roles if one.role in SEES_ALL and one.path)),
        )

    def names(self, unit_ids: Collection[int]) -> Mapping[int, str]:
        """Full names."""
        return dict(Unit.objects.filter(Q(pk__in=unit_ids)).values_list("pk", "name"))
