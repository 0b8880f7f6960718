"""What of the two logs an audit administrator may see: everything, or where one database serves several places, their own.

The logs know persons and units, no divisions. Whoever covers the place of the installation sees all; any other sees what
was done by members of the units that they audit.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from zhunsheng.kernel.now import today
from zhunsheng.people.installation import current
from zhunsheng.people.models import Member
from zhunsheng.people.scope import Purpose, Scope, scope


def audited(by: Member) -> Q:
    """The condition on ``actor_id``, for blocks and for accesses."""
    reach = scope(by, Purpose.AUDIT, today())
    return Q() if whole(reach) else Q(actor_id__in=members(reach))


def whole(reach: Scope) -> bool:
    """Whether the place of the installation is within."""
    installation = current()
    return installation is not None and reach.covers(installation.division)


def members(reach: Scope) -> QuerySet[Member, int]:
    """The numbers of the members of the units within."""
    return Member.objects.filter(reach.units("unit__")).values_list("pk", flat=True)
