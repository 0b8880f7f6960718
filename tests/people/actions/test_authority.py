"""Every change asks whether whoever makes it has a role for it there, today; the sister county's administrators have none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from tests.people.acting import BY, refused
from tests.people.sheets.books import book
from zhunsheng.kernel import now
from zhunsheng.kernel.actor import Actor
from zhunsheng.people import actions
from zhunsheng.people.models import (
    Appointment,
    Division,
    DivisionKind,
    Ending,
    Leadership,
    Member,
    MemberRole,
    Qualification,
    Role,
    Unit,
    UnitAlias,
    UnitKind,
)
from zhunsheng.people.scope import Purpose, ensure
from zhunsheng.people.sheets import import_workbook

DAY, LATER = date(2026, 3, 1), date(2026, 9, 1)


@dataclass
class World:
    """A county with its bureau, its township, a member with a role; and who may do what there and elsewhere."""

    county: Division
    bureau: Unit
    town: Unit
    member: Member
    role: MemberRole
    actors: dict[Role, Member]
    strangers: dict[Role, Member]


@pytest.fixture
def world(county: Division, bureau: Unit, town: Unit) -> Iterator[World]:
    sister = actions.add_division(by=BY, parent=None, kind=DivisionKind.COUNTY, name="赤石县")
    member = actions.add_member(by=BY, username="wuyihe", name="吴一禾", unit=town)
    role = actions.grant_role(by=BY, member=member, role=Role.LIAISON_OFFICER, scope=town, day=DAY)
    with now.on(DAY):
        yield World(county, bureau, town, member, role, everybody(bureau, county), everybody(bureau, sister))


def everybody(unit: Unit, place: Division) -> dict[Role, Member]:
    """One member for every role that is for a division."""
    made = {}
    for role in set(Role) - {Role.LIAISON_OFFICER, Role.UNIT_HEAD}:
        made[role] = actions.add_member(by=BY, username=f"{role}.{place.pk}", name="某人", unit=unit)
        actions.grant_role(by=BY, member=made[role], role=role, scope=place, day=DAY)
    return made


def alias(world: World) -> UnitAlias:
    return UnitAlias.objects.get_or_create(unit=world.town, name="南坪政府")[0]


def certificate(world: World, by: Actor) -> Qualification:
    held = world.member.person.qualifications.first()
    return held or actions.add_qualification(
        by=by, person=world.member.person, kind="legal_profession", number="A1", issuer="司法部", valid_from=DAY
    )


def post(world: World, by: Actor) -> Appointment:
    held = world.member.person.appointments.first()
    return held or actions.appoint(by=by, person=world.member.person, post="科员", day=DAY, unit=world.town)


SYSTEM, SECURITY = Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR
OFFICE = {Role.OFFICE_CLERK, Role.OFFICE_HEAD}
CHANGES: dict[str, tuple[set[Role], Callable[[World, Member], object]]] = {
    "add a division": (
        {SYSTEM},
        lambda w, by: actions.add_division(by=by, parent=w.county, kind=DivisionKind.TOWNSHIP, name="北坪镇"),
    ),
    "change a code": ({SYSTEM}, lambda w, by: actions.change_code(by=by, division=w.county, code="050029", day=LATER)),
    "add a unit": (
        {SYSTEM},
        lambda w, by: actions.add_unit(
            by=by, division=w.county, kind=UnitKind.DEPARTMENT, name="县财政局", short_name="县财政局"
        ),
    ),
    "amend a unit": (
        {SYSTEM},
        lambda w, by: actions.amend_unit(
            by=by, unit=w.town, kind=UnitKind.TOWNSHIP, led_by=Leadership.PLACE, superior=None, assessed_by=w.bureau
        ),
    ),
    "rename a unit": (
        {SYSTEM},
        lambda w, by: actions.rename_unit(by=by, unit=w.town, name="南平镇", short_name="南平镇", day=DAY),
    ),
    "end a unit": (
        {SYSTEM},
        lambda w, by: actions.end_unit(by=by, unit=w.town, day=LATER, ending=Ending.ABOLISHED),
    ),
    "merge units": (
        {SYSTEM},
        lambda w, by: actions.merge_units(by=by, predecessors=[w.town], successor=w.bureau, day=LATER),
    ),
    "learn an alias": ({SYSTEM, *OFFICE}, lambda w, by: actions.learn_alias(by=by, unit=w.town, name="南坪府")),
    "forget an alias": ({SYSTEM, *OFFICE}, lambda w, by: actions.forget_alias(by=by, alias=alias(w), day=DAY)),
    "decide a group": (
        OFFICE,
        lambda w, by: actions.decide_group(by=by, division=w.county, phrase="有关部门", units=[w.bureau], day=DAY),
    ),
    "add a member": (
        {SYSTEM},
        lambda w, by: actions.add_member(by=by, username="xuerhe", name="许二禾", unit=w.town),
    ),
    "amend a person": (
        {SYSTEM},
        lambda w, by: actions.amend_person(by=by, person=w.member.person, name="吴一和", office_phone="0500-5550123"),
    ),
    "move a member": ({SYSTEM}, lambda w, by: actions.move_member(by=by, member=w.member, unit=w.bureau, day=LATER)),
    "grant a role": (
        {SECURITY},
        lambda w, by: actions.grant_role(by=by, member=w.member, role=Role.UNIT_HEAD, scope=w.town, day=DAY),
    ),
    "enter a certificate": (OFFICE, certificate),
    "revoke a certificate": (
        OFFICE,
        lambda w, by: actions.revoke_qualification(
            by=by, qualification=certificate(w, BY), day=LATER, reason="调离执法岗位"
        ),
    ),
    "appoint": (OFFICE, post),
    "appoint to a named body": (
        OFFICE,
        lambda w, by: actions.appoint(by=by, person=w.member.person, post="组员", day=DAY, body=(w.county, "领导小组")),
    ),
    "end an appointment": (OFFICE, lambda w, by: actions.end_appointment(by=by, appointment=post(w, BY), day=LATER)),
    "end a role": ({SECURITY}, lambda w, by: actions.end_role(by=by, role=w.role, day=LATER)),
    "propose a role": (
        {SYSTEM},
        lambda w, by: actions.propose_role(by=by, member=w.member, role=Role.UNIT_HEAD, place=w.town, day=DAY),
    ),
    "import a workbook": (
        {SYSTEM},
        lambda w, by: import_workbook(
            book({"单位": [{"全称": "甲局", "简称": "甲局", "类别": "其他部门"}]}), division=w.county, day=DAY, by=by
        ),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_only_who_has_the_role_there_may(name: str, world: World) -> None:
    allowed, make = CHANGES[name]
    for role, actor in world.actors.items():
        if role not in allowed:
            with refused("out_of_scope", "权限"):
                make(world, actor)
    for stranger in world.strangers.values():
        with refused("out_of_scope", "权限"):
            make(world, stranger)
    make(world, world.actors[min(allowed)])


def test_nobody_adds_a_county_but_the_program(world: World) -> None:
    for actor in world.actors.values():
        with refused("out_of_scope", "最高一级"):
            actions.add_division(by=actor, parent=None, kind=DivisionKind.COUNTY, name="白石县")


def test_a_role_of_tomorrow_does_not_count_today(world: World) -> None:
    with now.on(date(2026, 2, 28)), refused("out_of_scope", "青石县"):
        ensure(world.actors[SYSTEM], world.county, Purpose.MANAGE_UNITS)


def test_a_code_ends_on_the_day_on_which_the_next_begins(world: World) -> None:
    actions.change_code(by=BY, division=world.county, code="050029", day=LATER)
    codes = world.county.codes.order_by("pk").values_list("code", "valid_from", "valid_to")
    assert list(codes) == [("050022", None, LATER), ("050029", LATER, None)]
    with refused("same_code", "050029"):
        actions.change_code(by=BY, division=world.county, code="050029", day=LATER)


def test_a_member_who_moves_loses_the_roles_for_the_old_unit(world: World) -> None:
    actions.grant_role(by=BY, member=world.member, role=Role.REVIEWER, scope=world.county, day=DAY)
    moved = actions.move_member(by=BY, member=world.member, unit=world.bureau, day=LATER)
    assert moved.unit == world.bureau
    ends = dict(world.member.roles.values_list("role", "valid_to"))
    assert ends == {Role.LIAISON_OFFICER: LATER, Role.REVIEWER: None}
    actions.end_unit(by=BY, unit=world.town, day=LATER, ending=Ending.ABOLISHED)
    world.town.refresh_from_db()
    with refused("unit_ended", "南坪镇"):
        actions.move_member(by=BY, member=moved, unit=world.town, day=LATER)


def test_a_person_is_corrected(world: World) -> None:
    person = actions.amend_person(by=BY, person=world.member.person, name="吴一和", office_phone="0500-5550123")
    person.refresh_from_db()
    assert (person.name, person.office_phone) == ("吴一和", "0500-5550123")
    with refused("invalid", "办公电话"):
        actions.amend_person(by=BY, person=person, name="吴一和", office_phone="13900000000")
