from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from zhunsheng.kernel.errors import Refused
from zhunsheng.people import demo
from zhunsheng.people.installation import NewAdministrator, current, found
from zhunsheng.people.models import (
    ADMINISTRATORS,
    Division,
    DivisionKind,
    Installation,
    Member,
    MemberRole,
    Person,
    Role,
    Unit,
)

pytestmark = pytest.mark.django_db

PASSWORDS = dict(
    zip(ADMINISTRATORS, ("梧桐树下3只猫头鹰Owl", "雨后山路上2把旧伞Rain", "七里坡的7架风车Wind"), strict=True)
)
THREE = {
    role: NewAdministrator(username=username, name=name, password=PASSWORDS[role])
    for role, username, name in zip(ADMINISTRATORS, ("sysop", "guard", "audit"), ("甲一", "乙二", "丙三"), strict=True)
}


def nothing_stored() -> bool:
    tables = (Division, Unit, Person, Member, MemberRole, Installation)
    return not any(table._default_manager.exists() for table in tables)


def test_a_county_is_founded_with_a_unit_and_three_administrators() -> None:
    assert current() is None
    day = date(2026, 3, 1)
    installation = found(county=" 青石县 ", first_unit="县司法局 ", administrators=THREE, code="050022", day=day)
    assert current() == installation
    assert not installation.is_demo
    assert (installation.division.name, installation.division.kind) == ("青石县", DivisionKind.COUNTY)
    assert Unit.objects.get().name == "县司法局"
    roles = MemberRole.objects.order_by("member__username").values_list("member__username", "role", "division__name")
    assert list(roles) == [
        ("audit", Role.AUDIT_ADMINISTRATOR, "青石县"),
        ("guard", Role.SECURITY_ADMINISTRATOR, "青石县"),
        ("sysop", Role.SYSTEM_ADMINISTRATOR, "青石县"),
    ]
    assert set(MemberRole.objects.values_list("valid_from", flat=True)) == {day}


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_each_administrator_signs_in_with_the_password_given(role: Role) -> None:
    found(county="青石县", first_unit="县司法局", administrators=THREE)
    member = authenticate(RequestFactory().post("/"), username=THREE[role].username, password=PASSWORDS[role])
    assert isinstance(member, Member)
    assert member.roles.get().role == role


def test_a_prefecture_may_be_founded() -> None:
    assert (
        found(county="青石市", first_unit="市司法局", administrators=THREE, kind=DivisionKind.PREFECTURE).division.kind
        == DivisionKind.PREFECTURE
    )


def test_the_second_time_is_refused_with_the_way_out() -> None:
    found(county="青石县", first_unit="县司法局", administrators=THREE)
    with pytest.raises(Refused, match=r"青石县.*ZHUNSHENG_HOME") as refusal:
        found(county="赤石县", first_unit="县司法局", administrators=THREE)
    assert refusal.value.code == "already_founded"
    assert Division.objects.get().name == "青石县"


def test_the_demos_database_is_refused() -> None:
    demo.build()
    with pytest.raises(Refused, match="演示县“云溪县”"):
        found(county="青石县", first_unit="县司法局", administrators=THREE)


def test_a_database_of_unknown_origin_is_refused() -> None:
    Division.objects.create(path="0001", kind=DivisionKind.COUNTY, name="赤石县")
    with pytest.raises(Refused, match="空数据库") as refusal:
        found(county="青石县", first_unit="县司法局", administrators=THREE)
    assert refusal.value.code == "not_empty"


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_two_administrators_are_not_enough(role: Role) -> None:
    two = {other: admin for other, admin in THREE.items() if other != role}
    with pytest.raises(Refused, match="各一名"):
        found(county="青石县", first_unit="县司法局", administrators=two)
    assert nothing_stored()


def test_a_fourth_with_another_role_is_too_much() -> None:
    four = THREE | {Role.REVIEWER: NewAdministrator("extra", "丁四", "蓝色屋顶上面五只鸽子")}
    with pytest.raises(Refused, match="不多不少"):
        found(county="青石县", first_unit="县司法局", administrators=four)
    assert nothing_stored()


@pytest.mark.parametrize("name", ["guard", " guard "])
def test_one_user_name_for_two_is_refused(name: str) -> None:
    same = THREE | {Role.SYSTEM_ADMINISTRATOR: replace(THREE[Role.SYSTEM_ADMINISTRATOR], username=name)}
    with pytest.raises(Refused, match="用户名不能相同"):
        found(county="青石县", first_unit="县司法局", administrators=same)
    assert nothing_stored()


@pytest.mark.parametrize(
    "password", ["", "short", "七字Ab1的", "八个字的密码也不行", "8402751936480", "1q2w3e4r5t", "Audit-2026"]
)
def test_a_password_that_the_policy_refuses_stores_nothing(password: str) -> None:
    weak = THREE | {Role.AUDIT_ADMINISTRATOR: replace(THREE[Role.AUDIT_ADMINISTRATOR], password=password)}
    with pytest.raises(Refused, match="audit 的口令") as refusal:
        found(county="青石县", first_unit="县司法局", administrators=weak)
    assert refusal.value.code == "password"
    assert not re.search("[a-z]", str(refusal.value).removeprefix("audit"))
    assert nothing_stored()


@pytest.mark.parametrize(("county", "unit"), [("", "县司法局"), ("青石县", "  "), ("县" * 65, "县司法局")])
def test_names_must_be_there_and_fit(county: str, unit: str) -> None:
    with pytest.raises(Refused):
        found(county=county, first_unit=unit, administrators=THREE)
    assert nothing_stored()


def test_an_installation_says_whom_it_serves() -> None:
    division = Division(name="云溪县")
    assert str(Installation(division=division)) == "云溪县"
    assert str(Installation(division=division, is_demo=True)) == "云溪县（演示）"
