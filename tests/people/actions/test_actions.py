from __future__ import annotations

from datetime import date

import pytest

from tests.people.acting import BY, refused
from zhunsheng.kernel.journal.models import Mention
from zhunsheng.people import actions
from zhunsheng.people.models import (
    Division,
    DivisionCode,
    DivisionKind,
    Ending,
    Leadership,
    Member,
    MemberRole,
    Person,
    Role,
    Unit,
    UnitAlias,
    UnitKind,
)

DAY = date(2026, 3, 1)
PASSWORD = "梧桐树下3只猫头鹰Owl"


@pytest.fixture
def member(bureau: Unit) -> Member:
    return actions.add_member(by=BY, username="wuyihe", name="吴一禾", unit=bureau)


def test_divisions_get_paths_in_order(county: Division, township: Division, village: Division) -> None:
    second = actions.add_division(by=BY, parent=county, kind=DivisionKind.TOWNSHIP, name="北坪镇")
    assert [d.path for d in (county, township, village, second)] == ["0001", "00010001", "000100010001", "00010002"]


def test_a_path_is_not_given_twice_after_a_gap(county: Division, township: Division) -> None:
    actions.add_division(by=BY, parent=county, kind=DivisionKind.TOWNSHIP, name="北坪镇")
    township.delete()
    assert actions.add_division(by=BY, parent=county, kind=DivisionKind.TOWNSHIP, name="西坪镇").path == "00010003"


@pytest.mark.parametrize("number", [0, 10_000])
def test_there_is_an_end_to_the_children_of_a_division(number: int) -> None:
    with refused("division_full", "9999"):
        actions.child_path("0001", number)


def test_a_division_on_the_wrong_level_is_refused(village: Division) -> None:
    with refused("division_level", "湾里镇", "乡镇街道", "村社区"):
        actions.add_division(by=BY, parent=village, kind=DivisionKind.TOWNSHIP, name="湾里镇")


@pytest.mark.django_db
def test_a_township_cannot_stand_alone() -> None:
    with refused("division_level", "最高一级"):
        actions.add_division(by=BY, parent=None, kind=DivisionKind.TOWNSHIP, name="湾里镇")


@pytest.mark.usefixtures("township")
def test_two_divisions_of_one_name_are_refused_in_chinese(county: Division) -> None:
    with refused("invalid", "南坪镇", "同名"):
        actions.add_division(by=BY, parent=county, kind=DivisionKind.TOWNSHIP, name="南坪镇")


def test_a_wrong_code_leaves_no_division_behind(county: Division) -> None:
    with refused("invalid", "6 位"):
        actions.add_division(by=BY, parent=county, kind=DivisionKind.TOWNSHIP, name="北坪镇", code="0500221")
    assert list(Division.objects.all()) == [county]


def test_a_code_is_digits_and_a_name_has_no_slash(county: Division) -> None:
    with refused("code_digits", "05002A"):
        actions.add_division(by=BY, parent=county, kind=DivisionKind.TOWNSHIP, name="北坪镇", code="05002A")
    with refused("code_digits", "０５００２９"):
        actions.change_code(by=BY, division=county, code="０５００２９", day=DAY)
    with refused("code_missing", "青石县"):
        actions.change_code(by=BY, division=county, code="", day=DAY)
    with refused("division_name", "斜杠"):
        actions.add_division(by=BY, parent=county, kind=DivisionKind.TOWNSHIP, name="青石县/北坪镇")
    assert [one.code for one in DivisionCode.objects.all()] == ["050022"]


def test_the_code_of_a_division_is_dated(county: Division) -> None:
    town = actions.add_division(
        by=BY, parent=county, kind=DivisionKind.TOWNSHIP, name="北坪镇", code="050022101", day=DAY
    )
    assert DivisionCode.objects.get(division=town).valid_from == DAY


@pytest.mark.parametrize("names", [("青石县司法局", "另一个"), ("另一个局", "县司法局")])
def test_a_units_names_are_unique_in_its_division(names: tuple[str, str], county: Division, bureau: Unit) -> None:
    with refused("invalid", "同一区划"):
        actions.add_unit(by=BY, division=county, kind=UnitKind.DEPARTMENT, name=names[0], short_name=names[1])
    assert list(Unit.objects.all()) == [bureau]


def test_a_unit_keeps_all_that_was_said_of_it(county: Division, bureau: Unit) -> None:
    unit = actions.add_unit(
        by=BY,
        division=county,
        kind=UnitKind.VERTICAL,
        name="青石县气象局",
        short_name="县气象局",
        led_by=Leadership.BOTH,
        superior=bureau,
        assessed_by=bureau,
        valid_from=DAY,
    )
    unit.refresh_from_db()
    assert (unit.led_by, unit.superior, unit.assessed_by, unit.valid_from) == (Leadership.BOTH, bureau, bureau, DAY)


def test_the_old_names_of_a_renamed_unit_become_aliases_until_that_day(bureau: Unit) -> None:
    renamed = actions.rename_unit(by=BY, unit=bureau, name="青石县法治局", short_name="县法治局", day=DAY)
    assert (renamed.pk, renamed.name, renamed.short_name) == (bureau.pk, "青石县法治局", "县法治局")
    aliases = UnitAlias.objects.filter(unit=bureau)
    assert {(a.name, a.valid_to) for a in aliases} == {("青石县司法局", DAY), ("县司法局", DAY)}


def test_renaming_there_and_back_is_possible(bureau: Unit) -> None:
    for name in ("青石县法治局", "青石县司法局", "青石县法治局"):
        actions.rename_unit(by=BY, unit=bureau, name=name, short_name="县司法局", day=DAY)
    assert {a.name for a in bureau.aliases.all()} == {"青石县法治局", "青石县司法局"}


def test_a_merged_unit_ends_in_its_successor(bureau: Unit, county: Division) -> None:
    office = actions.add_unit(by=BY, division=county, kind=UnitKind.OFFICE, name="县法制办公室", short_name="县法制办")
    ended = actions.end_unit(by=BY, unit=office, day=DAY, ending=Ending.MERGED, successor=bureau)
    ended.refresh_from_db()
    assert (ended.valid_to, ended.ending, ended.successor) == (DAY, Ending.MERGED, bureau)
    with refused("unit_ended", "县法制办公室", "并入"):
        actions.end_unit(by=BY, unit=office, day=DAY, ending=Ending.ABOLISHED)
    with refused("successor_ended", "县法制办公室"):
        actions.end_unit(by=BY, unit=bureau, day=DAY, ending=Ending.MERGED, successor=office)


def test_an_incomplete_ending_is_refused_in_chinese(bureau: Unit) -> None:
    with refused("invalid", "承接单位"):
        actions.end_unit(by=BY, unit=bureau, day=DAY, ending=Ending.RENAMED)
    with refused("invalid", "自己"):
        actions.end_unit(by=BY, unit=bureau, day=DAY, ending=Ending.RENAMED, successor=bureau)
    bureau.refresh_from_db()
    assert bureau.valid_to is None


def test_without_a_password_nobody_signs_in(member: Member) -> None:
    assert not member.has_usable_password()
    assert not member.check_password("")


def test_a_weak_password_is_refused_and_leaves_nobody_behind(bureau: Unit) -> None:
    with refused("password", "wuyihe"):
        actions.add_member(by=BY, username="wuyihe", name="吴一禾", unit=bureau, password="12345678")
    assert not Member.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.usefixtures("member")
@pytest.mark.parametrize(("username", "name"), [("wuyihe", "吴三禾"), ("WuSanhe", "吴三禾"), ("", "吴三禾"), ("a", "")])
def test_a_bad_user_name_or_name_is_refused(username: str, name: str, bureau: Unit) -> None:
    with refused("invalid"):
        actions.add_member(by=BY, username=username, name=name, unit=bureau, password=PASSWORD)
    assert Person.objects.count() == 1


def test_a_role_is_given_for_a_unit_or_for_a_division(member: Member, bureau: Unit, county: Division) -> None:
    head = actions.grant_role(by=BY, member=member, role=Role.UNIT_HEAD, scope=bureau, day=DAY)
    clerk = actions.grant_role(by=BY, member=member, role=Role.OFFICE_CLERK, scope=county, day=DAY)
    assert (head.unit, head.division, clerk.unit, clerk.division) == (bureau, None, None, county)


def test_a_role_for_the_wrong_kind_of_scope_is_refused(member: Member, bureau: Unit, county: Division) -> None:
    with refused("invalid", "一个单位"):
        actions.grant_role(by=BY, member=member, role=Role.UNIT_HEAD, scope=county, day=DAY)
    with refused("invalid", "一个区划"):
        actions.grant_role(by=BY, member=member, role=Role.REVIEWER, scope=bureau, day=DAY)
    assert not MemberRole.objects.exists()


def test_an_administrator_gets_no_business_role_until_the_other_has_ended(member: Member, county: Division) -> None:
    admin = actions.grant_role(by=BY, member=member, role=Role.SYSTEM_ADMINISTRATOR, scope=county, day=DAY)
    with refused("role_clash", "吴一禾", "系统管理员", "评审"):
        actions.grant_role(by=BY, member=member, role=Role.REVIEWER, scope=county, day=DAY)
    ended = date(2026, 6, 1)
    actions.end_role(by=BY, role=admin, day=ended)
    assert actions.grant_role(by=BY, member=member, role=Role.REVIEWER, scope=county, day=ended).pk


@pytest.mark.parametrize("day", [DAY, date(2020, 1, 1)])
def test_a_role_given_by_mistake_is_taken_back_on_its_first_day(member: Member, county: Division, day: date) -> None:
    role = actions.grant_role(by=BY, member=member, role=Role.REVIEWER, scope=county, day=DAY)
    actions.end_role(by=BY, role=role, day=day)
    assert not member.roles.exists()
    assert Mention.objects.filter(action="终止角色").count() == 1
    assert actions.grant_role(by=BY, member=member, role=Role.SYSTEM_ADMINISTRATOR, scope=county, day=DAY).pk


def test_a_role_ends_once(member: Member, county: Division) -> None:
    role = actions.grant_role(by=BY, member=member, role=Role.REVIEWER, scope=county, day=DAY)
    actions.end_role(by=BY, role=role, day=date(2026, 4, 1))
    with refused("role_ended", "吴一禾", "2026-04-01"):
        actions.end_role(by=BY, role=role, day=date(2026, 5, 1))
