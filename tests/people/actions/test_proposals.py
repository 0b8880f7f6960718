from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.people.acting import BY, refused
from zhunsheng.kernel import now
from zhunsheng.people import actions
from zhunsheng.people.models import Decision, Division, DivisionKind, Member, MemberRole, Role, RoleProposal, Unit

DAY = date(2026, 3, 1)


def member(unit: Unit, username: str) -> Member:
    return actions.add_member(by=BY, username=username, name=username, unit=unit)


def security_administrator(unit: Unit, username: str, place: Division) -> Member:
    guard = member(unit, username)
    actions.grant_role(by=BY, member=guard, role=Role.SECURITY_ADMINISTRATOR, scope=place, day=DAY)
    return guard


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with now.on(DAY):
        yield


@pytest.fixture
def guard(bureau: Unit, county: Division) -> Member:
    return security_administrator(bureau, "guard", county)


@pytest.fixture
def proposal(bureau: Unit, town: Unit) -> RoleProposal:
    system = member(bureau, "system")
    actions.grant_role(by=BY, member=system, role=Role.SYSTEM_ADMINISTRATOR, scope=bureau.division, day=DAY)
    return actions.propose_role(
        member=member(town, "wuyihe"), role=Role.LIAISON_OFFICER, place=town, day=DAY, by=system
    )


def test_a_proposed_role_gives_nothing_until_it_is_approved(proposal: RoleProposal, guard: Member, town: Unit) -> None:
    assert not proposal.member.roles.exists()
    role = actions.approve_proposal(proposal=proposal, day=DAY, by=guard)
    assert (role.member, role.role, role.unit, role.valid_from) == (proposal.member, Role.LIAISON_OFFICER, town, DAY)
    proposal.refresh_from_db()
    assert (proposal.decision, proposal.decided_by, proposal.decided_on) == (Decision.APPROVED, guard, DAY)


def test_a_decided_proposal_is_not_decided_again(proposal: RoleProposal, guard: Member) -> None:
    actions.refuse_proposal(proposal=proposal, day=DAY, reason="已调离", by=guard)
    with refused("proposal_decided", "2026-03-01", "不批"):
        actions.approve_proposal(proposal=proposal, day=DAY, by=guard)
    assert not MemberRole.objects.filter(member=proposal.member).exists()


def test_only_the_security_administrator_of_the_place_decides(proposal: RoleProposal, bureau: Unit) -> None:
    sister = actions.add_division(by=BY, parent=None, kind=DivisionKind.COUNTY, name="赤石县")
    stranger = security_administrator(bureau, "stranger", sister)
    for actor in (stranger, proposal.proposed_by, proposal.member):
        assert actor is not None
        with refused("out_of_scope", "授予角色"):
            actions.approve_proposal(proposal=proposal, day=DAY, by=actor)
    with refused("proposal_needs_a_person"):
        actions.approve_proposal(proposal=proposal, day=DAY, by=BY)
    with refused("reason_missing"):
        actions.refuse_proposal(proposal=proposal, day=DAY, reason=" ", by=stranger)
    assert not MemberRole.objects.filter(member=proposal.member).exists()


def test_who_asked_does_not_decide(proposal: RoleProposal, guard: Member) -> None:
    RoleProposal.objects.filter(pk=proposal.pk).update(proposed_by=guard)
    with refused("invalid", "同一个人"):
        actions.approve_proposal(proposal=proposal, day=DAY, by=guard)
    proposal.refresh_from_db()
    assert proposal.decision == Decision.OPEN


def test_the_security_administrator_does_not_ask(guard: Member, town: Unit) -> None:
    with refused("out_of_scope", "开设账号"):
        actions.propose_role(member=member(town, "a"), role=Role.UNIT_HEAD, place=town, day=DAY, by=guard)


def test_no_administrator_is_proposed_and_nothing_twice(proposal: RoleProposal, county: Division, town: Unit) -> None:
    with refused("administrator_proposed", "审计管理员"):
        actions.propose_role(member=proposal.member, role=Role.AUDIT_ADMINISTRATOR, place=county, day=DAY, by=BY)
    with refused("invalid", "已在申请中"):
        actions.propose_role(member=proposal.member, role=Role.LIAISON_OFFICER, place=town, day=DAY, by=BY)
    assert RoleProposal.objects.count() == 1
