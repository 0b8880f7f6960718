"""Role proposals that an administrator decides about or has asked for."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet

from zhunsheng.people import administration
from zhunsheng.people.models import Decision, Member, Role, RoleProposal, Unit

BOTH: Final = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)


def proposals_of(by: Member, *roles: Role) -> QuerySet[RoleProposal]:
    """Those of members whom ``by`` administers in one of ``roles``."""
    units = Unit.objects.filter(administration.domain(by, *roles))
    related = (
        "member__person",
        "member__unit__division",
        "unit",
        "division",
        "proposed_by__person",
        "decided_by__person",
    )
    return RoleProposal.objects.filter(member__unit__in=units).select_related(*related)


def waiting(by: Member) -> int:
    """How many wait for the security administrator."""
    return proposals_of(by, Role.SECURITY_ADMINISTRATOR).filter(decision=Decision.OPEN).count()
