"""Roles asked for by one administrator and given by another (三员分立)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.people.actions.members import grant_role
from zhunsheng.people.actions.saving import save
from zhunsheng.people.models import ADMINISTRATORS, Decision, Division, Member, MemberRole, Role, RoleProposal, Unit
from zhunsheng.people.references import member_ref
from zhunsheng.people.scope import Purpose, ensure

if TYPE_CHECKING:
    from datetime import date

    from zhunsheng.kernel.actor import Actor


def propose_role(*, member: Member, role: Role, place: Unit | Division, day: date, by: Actor) -> RoleProposal:
    """Ask for a role for a member; it gives no right until ``approve_proposal``."""
    if role in ADMINISTRATORS:
        raise Refused("administrator_proposed", f"{role.label}不能这样申请，由安全管理员直接设立。")
    ensure(by, place.division if isinstance(place, Unit) else place, Purpose.MANAGE_ACCOUNTS)
    unit = place if isinstance(place, Unit) else None
    division = place if isinstance(place, Division) else None
    with change(by, "申请角色", about=[member_ref(member)]):
        return save(
            RoleProposal(member=member, role=role, unit=unit, division=division, proposed_by_id=by.pk, proposed_on=day)
        )


def approve_proposal(*, proposal: RoleProposal, day: date, by: Actor) -> MemberRole:
    """Give what was asked for, from ``day`` on. Only the security administrator of the place may, and not who asked."""
    with change(by, "批准角色", about=[member_ref(proposal.member)]):
        proposal = _decided(proposal, Decision.APPROVED, day, by)
        place = proposal.unit or proposal.division
        assert place is not None  # noqa: S101 - the database holds it (roleproposal_scope_fits)
        return grant_role(member=proposal.member, role=Role(proposal.role), scope=place, day=day, by=by)


def refuse_proposal(*, proposal: RoleProposal, day: date, reason: str, by: Actor) -> RoleProposal:
    """Refuse what was asked for; the account stays as it is."""
    if not reason.strip():
        raise Refused("reason_missing", "请写明不批的原因。")
    with change(by, "不批角色", about=[member_ref(proposal.member)], reason=reason.strip()):
        return _decided(proposal, Decision.REFUSED, day, by)


def _decided(proposal: RoleProposal, decision: Decision, day: date, by: Actor) -> RoleProposal:
    locked = RoleProposal.objects.select_for_update(of=("self",)).select_related("member__unit__division")
    proposal = locked.get(pk=proposal.pk)
    if proposal.decision != Decision.OPEN:
        raise Refused("proposal_decided", f"这项申请已于 {proposal.decided_on} {proposal.get_decision_display()}。")
    if by.pk is None:
        raise Refused("proposal_needs_a_person", "角色只能由安全管理员批准。")
    ensure(by, proposal.member.unit.division, Purpose.MANAGE_RIGHTS)
    proposal.decision, proposal.decided_by_id, proposal.decided_on = decision, by.pk, day
    return save(proposal)
