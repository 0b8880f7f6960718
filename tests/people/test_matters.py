from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.people.acting import BY
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.matter import rights
from zhunsheng.kernel.matter.rights import Standing
from zhunsheng.people import actions
from zhunsheng.people.matters import RolesAndScope
from zhunsheng.people.models import Division, Member, Role, Unit

BEGUN = date(2020, 1, 1)


def holder(unit: Unit, role: Role, scope: Unit | Division) -> Member:
    member = actions.add_member(by=BY, username=f"m{role}".replace("_", ""), name="何秀兰", unit=unit)
    actions.grant_role(by=BY, member=member, role=role, scope=scope, day=BEGUN)
    return member


def test_people_register_themselves(db: None) -> None:
    assert isinstance(rights._RIGHTS[0], RolesAndScope)


@pytest.mark.parametrize(
    ("role", "drafts", "approves", "sees"),
    [
        (Role.OFFICE_CLERK, True, False, True),
        (Role.OFFICE_HEAD, True, True, True),
        (Role.LEADING_GROUP_MEMBER, False, False, True),
        (Role.REVIEWER, False, False, False),
        (Role.SUPERVISOR, False, False, False),
        (Role.SYSTEM_ADMINISTRATOR, False, False, False),
        (Role.AUDIT_ADMINISTRATOR, False, False, False),
    ],
)
def test_what_a_role_of_a_division_may_do(
    bureau: Unit, town: Unit, county: Division, role: Role, drafts: bool, approves: bool, sees: bool
) -> None:
    held = RolesAndScope().standing(holder(bureau, role, county))
    assert held.acts_for == frozenset()
    assert held.drafts == (frozenset({bureau.pk}) if drafts else frozenset())
    assert held.approves == (frozenset({bureau.pk}) if approves else frozenset())
    assert set(Unit.objects.filter(held.units(""))) == ({bureau, town} if sees else set())


@pytest.mark.parametrize("role", [Role.LIAISON_OFFICER, Role.UNIT_HEAD])
def test_people_of_a_unit_act_for_it_and_see_no_other(bureau: Unit, town: Unit, role: Role) -> None:
    held = RolesAndScope().standing(holder(town, role, town))
    assert (held.acts_for, held.drafts, held.approves) == (frozenset({town.pk}), frozenset(), frozenset())
    assert not Unit.objects.filter(held.units("")).exists()


def test_a_standing_is_one_query_and_ends_with_the_account(
    bureau: Unit, county: Division, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    member = holder(bureau, Role.OFFICE_HEAD, county)
    with django_assert_num_queries(1):
        assert RolesAndScope().standing(member).approves
        assert RolesAndScope().standing(member).drafts
    Member.objects.filter(pk=member.pk).update(is_active=False)
    assert not RolesAndScope().standing(Member.objects.get(pk=member.pk)).approves
    assert RolesAndScope().standing(SYSTEM) == Standing()


def test_names_are_full_names(bureau: Unit, town: Unit) -> None:
    assert RolesAndScope().names([bureau.pk]) == {bureau.pk: "青石县司法局"}
