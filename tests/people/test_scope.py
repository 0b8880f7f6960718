from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from tests.people.acting import BY
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.people import actions
from zhunsheng.people.models import (
    ADMINISTRATORS,
    UNIT_ROLES,
    Division,
    DivisionKind,
    Member,
    MemberRole,
    Role,
    Unit,
    UnitKind,
)
from zhunsheng.people.scope import GRANTS, Purpose, Scope, scope

DAY = date(2026, 3, 1)
BUSINESS = {Purpose.READ, Purpose.REPORT, Purpose.CONFIRM, Purpose.OVERSEE, Purpose.REVIEW}


def plant(name: str, parent: Division | None) -> Division:
    """A county with one bureau, one township and its government, one village and its committee."""
    county = actions.add_division(by=BY, parent=parent, kind=DivisionKind.COUNTY, name=f"{name}县")
    place = county
    add_unit(county, UnitKind.DEPARTMENT, f"{name}县司法局")
    for kind, unit_kind, end in (
        (DivisionKind.TOWNSHIP, UnitKind.TOWNSHIP, "镇"),
        (DivisionKind.VILLAGE, UnitKind.VILLAGE, "村"),
    ):
        place = actions.add_division(by=BY, parent=place, kind=kind, name=f"{name}{end}")
        add_unit(place, unit_kind, f"{name}{end}")
    return county


def add_unit(division: Division, kind: UnitKind, name: str) -> Unit:
    return actions.add_unit(by=BY, division=division, kind=kind, name=name, short_name=name)


@pytest.fixture
def prefecture(db: None) -> Division:
    city = actions.add_division(by=BY, parent=None, kind=DivisionKind.PREFECTURE, name="清石市")
    add_unit(city, UnitKind.DEPARTMENT, "清石市司法局")
    for name in ("青石", "赤石"):
        plant(name, city)
    return city


def member_of(unit: Unit, username: str = "wuyihe") -> Member:
    return actions.add_member(by=BY, username=username, name="吴一禾", unit=unit)


def given_role(role: Role, division: str = "青石县", unit: str = "青石镇") -> Member:
    """A member of the county's justice bureau with this role, for a unit or for a division."""
    member = member_of(Unit.objects.get(name="青石县司法局"))
    place = Unit.objects.get(name=unit) if role in UNIT_ROLES else Division.objects.get(name=division)
    actions.grant_role(by=BY, member=member, role=role, scope=place, day=DAY)
    return member


def units_in(found: Scope) -> set[str]:
    return set(Unit.objects.filter(found.units()).values_list("name", flat=True))


COUNTY = {"青石县司法局", "青石镇", "青石村"}


@pytest.mark.usefixtures("prefecture")
@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("role", Role)
def test_what_each_role_reaches_and_nothing_of_the_sister_county(role: Role, purpose: Purpose) -> None:
    found = scope(given_role(role), purpose, DAY)
    own = {"青石镇"} if role in UNIT_ROLES else COUNTY
    assert units_in(found) == (own if purpose in GRANTS[role] else set())
    assert found.empty == (purpose not in GRANTS[role])
    assert {unit.name for unit in Unit.objects.all() if found.allows(unit)} == units_in(found)
    places = set(Division.objects.filter(found.divisions()).values_list("name", flat=True))
    assert {place.name for place in Division.objects.all() if found.covers(place)} == places
    assert places == ({"青石县", "青石镇", "青石村"} if not found.empty and role not in UNIT_ROLES else set())


@pytest.mark.usefixtures("prefecture")
def test_rows_are_reached_over_a_join() -> None:
    office = given_role(Role.OFFICE_CLERK)
    theirs = member_of(Unit.objects.get(name="赤石县司法局"), "xuerhe")
    for member in (office, theirs):
        place = Division.objects.get(name=f"{member.unit.name[:2]}县")
        actions.grant_role(by=BY, member=member, role=Role.REVIEWER, scope=place, day=DAY)
    found = scope(office, Purpose.OVERSEE, DAY)
    assert set(Member.objects.filter(found.units("unit__"))) == {office}
    assert set(MemberRole.objects.filter(found.divisions("division__")).values_list("member", flat=True)) == {office.pk}


@pytest.mark.usefixtures("prefecture")
def test_the_prefectures_office_reaches_every_county() -> None:
    found = scope(given_role(Role.OFFICE_HEAD, "清石市"), Purpose.OVERSEE, DAY)
    assert units_in(found) == {"清石市司法局", *COUNTY, *(name.replace("青", "赤") for name in COUNTY)}


def test_every_role_has_its_purposes_and_administrators_none_of_business() -> None:
    assert set(GRANTS) == set(Role)
    for role, purposes in GRANTS.items():
        assert purposes
        assert bool(purposes & BUSINESS) != (role in ADMINISTRATORS)
        assert purposes <= BUSINESS or not purposes & BUSINESS


def test_no_two_administrators_share_a_purpose() -> None:
    purposes = [purpose for role in ADMINISTRATORS for purpose in GRANTS[role]]
    assert len(purposes) == len(set(purposes))


@pytest.mark.usefixtures("prefecture")
def test_a_role_counts_from_its_first_day_until_the_day_it_ended() -> None:
    member = given_role(Role.OFFICE_CLERK)
    actions.end_role(by=BY, role=member.roles.get(), day=date(2026, 6, 1))
    reached = [
        not scope(member, Purpose.READ, day).empty for day in days("2026-02-28 2026-03-01 2026-05-31 2026-06-01")
    ]
    assert reached == [False, True, True, False]


def days(written: str) -> Iterator[date]:
    return map(date.fromisoformat, written.split())


@pytest.mark.usefixtures("prefecture")
def test_a_disabled_account_reaches_nothing() -> None:
    member = given_role(Role.OFFICE_CLERK)
    Member.objects.filter(pk=member.pk).update(is_active=False)
    assert scope(member, Purpose.READ, DAY).empty


@pytest.mark.usefixtures("prefecture")
def test_the_program_itself_reaches_nothing() -> None:
    for purpose in Purpose:
        assert scope(SYSTEM, purpose, DAY).empty


@pytest.mark.usefixtures("prefecture")
@pytest.mark.parametrize("more", [0, 2])
def test_one_query_whatever_the_number_of_roles(more: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    member = given_role(Role.LIAISON_OFFICER)
    for name in ("赤石镇", "赤石村")[:more]:
        unit = Unit.objects.get(name=name)
        actions.grant_role(by=BY, member=member, role=Role.LIAISON_OFFICER, scope=unit, day=DAY)
    with django_assert_num_queries(1):
        found = scope(member, Purpose.REPORT, DAY)
    assert len(found.unit_ids) == 1 + more


@pytest.mark.usefixtures("prefecture")
def test_a_division_within_another_adds_no_condition() -> None:
    member = given_role(Role.OFFICE_CLERK, "清石市")
    for name in ("青石县", "赤石镇"):
        place = Division.objects.get(name=name)
        actions.grant_role(by=BY, member=member, role=Role.OFFICE_HEAD, scope=place, day=DAY)
    assert scope(member, Purpose.OVERSEE, DAY).paths == (Division.objects.get(name="清石市").path,)


class Forest(TestCase):
    """Any scope over two counties: the condition and the answer for one unit agree."""

    units: ClassVar[list[Unit]]
    paths: ClassVar[list[str]]

    @classmethod
    def setUpTestData(cls) -> None:
        for name in ("青石", "赤石"):
            plant(name, None)
        cls.units = list(Unit.objects.select_related("division"))
        cls.paths = list(Division.objects.values_list("path", flat=True))

    @settings(max_examples=40, deadline=None)
    @given(st.data())
    def test_condition_and_answer_agree(self, data: st.DataObject) -> None:
        paths = tuple(data.draw(st.lists(st.sampled_from(self.paths), unique=True, max_size=3)))
        ids = frozenset(data.draw(st.lists(st.sampled_from([unit.pk for unit in self.units]), max_size=3)))
        found = Scope(paths, ids)
        allowed = {unit.pk for unit in self.units if found.allows(unit)}
        assert set(Unit.objects.filter(found.units()).values_list("pk", flat=True)) == allowed
        assert found.empty == (not allowed)
        assert all(
            unit.pk in ids or any(unit.division.path.startswith(path) for path in paths)
            for unit in self.units
            if unit.pk in allowed
        )
