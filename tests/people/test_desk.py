from __future__ import annotations

from datetime import date

import pytest

from tests.faces.world import BEGUN, World, built
from zhunsheng.kernel.waiting import Pile, Question
from zhunsheng.people import actions, desk
from zhunsheng.people.models import Member, Role

DAY = date(2026, 11, 23)


@pytest.fixture
def world(db: None) -> World:
    """Two counties, in the one of which two roles are asked for."""
    made = built()
    members = made.home.members
    for role in (Role.LIAISON_OFFICER, Role.UNIT_HEAD):
        actions.propose_role(
            member=members[Role.REVIEWER],
            role=role,
            place=made.home.office,
            day=BEGUN,
            by=members[Role.SYSTEM_ADMINISTRATOR],
        )
    return made


def waiting(who: Member, pile: Pile = "mine", **rest: object) -> list[str]:
    found = desk.answer(Question(who, DAY, pile, **rest))  # type: ignore[arg-type]
    assert len(found.items) == sum(found.nearness.values())
    return [one.to_do for one in found.items]


def test_they_wait_for_the_security_administrator_of_the_place(world: World) -> None:
    assert waiting(world.home.members[Role.SECURITY_ADMINISTRATOR]) == [
        "申请角色：联络员（青石司法局）",
        "申请角色：单位负责人（青石司法局）",
    ]


def test_for_nobody_else(world: World) -> None:
    for county in (world.home, world.sister):
        for role, member in county.members.items():
            if (county, role) != (world.home, Role.SECURITY_ADMINISTRATOR):
                assert waiting(member) == [], (county.division, role)


def test_filters_and_decided_ones(world: World) -> None:
    guard = world.home.members[Role.SECURITY_ADMINISTRATOR]
    assert waiting(guard, "done") == []
    assert waiting(guard, group="督办单") == []
    assert waiting(guard, unit=world.sister.office.pk) == []
    assert len(waiting(guard, unit=world.home.office.pk)) == 2
    proposal = world.home.members[Role.REVIEWER].role_proposals.first()
    assert proposal is not None
    actions.refuse_proposal(proposal=proposal, day=DAY, reason="重复", by=guard)
    assert len(waiting(guard)) == 1
