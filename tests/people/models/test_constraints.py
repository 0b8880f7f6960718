"""Every constraint of the floor, with a row that only this constraint refuses, written past the models' own checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from zhunsheng.people.models import (
    Appointment,
    Decision,
    Division,
    DivisionCode,
    DivisionKind,
    Ending,
    FormerPassword,
    GroupMember,
    GroupPhrase,
    Installation,
    Leadership,
    Member,
    MemberRole,
    Person,
    Qualification,
    RecoveryCode,
    Role,
    RoleProposal,
    SecondFactor,
    SimulatedClock,
    Unit,
    UnitAlias,
    UnitKind,
)

DAY = date(2026, 1, 1)
BEFORE = date(2025, 12, 31)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@dataclass
class World:
    """Rows to break the rules against. Nothing here has passed ``full_clean``."""

    county: Division
    town: Division
    bureau: Unit
    member: Member


@pytest.fixture
def world(db: None) -> World:
    county = Division.objects.create(path="0001", kind=DivisionKind.COUNTY, name="青石县")
    town = Division.objects.create(path="00010001", parent=county, kind=DivisionKind.TOWNSHIP, name="南坪镇")
    bureau = Unit.objects.create(division=county, kind=UnitKind.DEPARTMENT, name="青石县司法局", short_name="县司法局")
    person = Person.objects.create(name="吴一禾")
    return World(county, town, bureau, Member.objects.create(username="wuyihe", person=person, unit=bureau))


def division(world: World, **changed: Any) -> Division:
    row = {"path": "00010002", "parent": world.county, "kind": DivisionKind.TOWNSHIP, "name": "北坪镇"}
    return Division.objects.create(**(row | changed))


def top(**changed: Any) -> Division:
    return Division.objects.create(**({"path": "0002", "kind": DivisionKind.COUNTY, "name": "赤石县"} | changed))


def code(world: World, **changed: Any) -> DivisionCode:
    return DivisionCode.objects.create(**({"division": world.county, "code": "050022"} | changed))


def unit(world: World, **changed: Any) -> Unit:
    row = {"division": world.county, "kind": UnitKind.DEPARTMENT, "name": "青石县财政局", "short_name": "县财政局"}
    return Unit.objects.create(**(row | changed))


def alias(world: World, **changed: Any) -> UnitAlias:
    return UnitAlias.objects.create(**({"unit": world.bureau, "name": "县法制局"} | changed))


def member(world: World, **changed: Any) -> Member:
    row = {"username": "xuerhe", "person": Person.objects.create(name="许二禾"), "unit": world.bureau}
    return Member.objects.create(**(row | changed))


def role(world: World, **changed: Any) -> MemberRole:
    row = {"member": world.member, "role": Role.REVIEWER, "division": world.county, "valid_from": DAY}
    return MemberRole.objects.create(**(row | changed))


def for_unit(world: World, **changed: Any) -> MemberRole:
    return role(world, **({"role": Role.UNIT_HEAD, "division": None, "unit": world.bureau} | changed))


def card(world: World, **changed: Any) -> Qualification:
    row = {"person": world.member.person, "kind": "enforcement_card", "number": "05-1", "issuer": "省政府"}
    return Qualification.objects.create(**(row | {"valid_from": DAY} | changed))


def post(world: World, **changed: Any) -> Appointment:
    row = {"person": world.member.person, "unit": world.bureau, "post": "局长", "valid_from": DAY}
    return Appointment.objects.create(**(row | changed))


def seat(world: World, **changed: Any) -> Appointment:
    return post(world, **({"unit": None, "division": world.county, "body": "领导小组"} | changed))


def phrase(world: World, **changed: Any) -> GroupPhrase:
    row = {"division": world.county, "phrase": "有关部门", "key": "有关部门", "decided_by": world.member}
    return GroupPhrase.objects.create(**(row | {"decided_on": DAY} | changed))


def two_members(world: World) -> None:
    decided = phrase(world)
    for _ in range(2):
        GroupMember.objects.create(phrase=decided, unit=world.bureau)


def proposal(world: World, **changed: Any) -> RoleProposal:
    row = {"member": world.member, "role": Role.REVIEWER, "division": world.county, "proposed_on": DAY}
    return RoleProposal.objects.create(**(row | changed))


def unit_proposal(world: World, **changed: Any) -> RoleProposal:
    return proposal(world, **({"role": Role.UNIT_HEAD, "division": None, "unit": world.bureau} | changed))


def own_superior(world: World) -> None:
    world.bureau.superior = world.bureau
    world.bureau.save()


def twice(make: Callable[..., models.Model], *worlds: World) -> None:
    make(*worlds)
    make(*worlds)


REFUSED: dict[str, Callable[[World], object]] = {
    "division_kind_known": lambda w: division(w, kind="province"),
    "division_name_filled": lambda w: division(w, name=""),
    "division_path_continues_parent": lambda w: division(w, path="00020002"),
    "division_name_unique_below_parent": lambda w: division(w, name="南坪镇"),
    "division_name_unique_at_top": lambda w: top(name="青石县"),
    "divisioncode_dates_ordered": lambda w: code(w, valid_from=DAY, valid_to=DAY),
    "divisioncode_length_known": lambda w: code(w, code="05002"),
    "divisioncode_one_current_per_division": lambda w: [code(w), code(w, code="050023")],
    "divisioncode_current_unique": lambda w: [code(w), code(w, division=w.town)],
    "unit_kind_known": lambda w: unit(w, kind="company"),
    "unit_led_by_known": lambda w: unit(w, led_by="nobody"),
    "unit_vertical_is_led_by_line": lambda w: unit(w, kind=UnitKind.VERTICAL, led_by=Leadership.PLACE),
    "unit_name_filled": lambda w: unit(w, name=""),
    "unit_short_name_filled": lambda w: unit(w, short_name=""),
    "unit_dates_ordered": lambda w: unit(w, valid_from=DAY, valid_to=BEFORE, ending=Ending.ABOLISHED),
    "unit_ending_complete": lambda w: unit(w, valid_to=DAY, ending=Ending.MERGED),
    "unit_not_its_own_superior_or_successor": own_superior,
    "unit_name_unique_while_live": lambda w: unit(w, name="青石县司法局"),
    "unit_short_name_unique_while_live": lambda w: unit(w, short_name="县司法局"),
    "unitalias_name_filled": lambda w: alias(w, name=""),
    "unitalias_dates_ordered": lambda w: alias(w, valid_from=DAY, valid_to=BEFORE),
    "unitalias_unique_per_unit": lambda w: twice(alias, w),
    "person_name_filled": lambda w: Person.objects.create(name=""),
    "member_username_filled": lambda w: member(w, username=""),
    "member_username_lower_case": lambda w: member(w, username="XuErhe"),
    "memberrole_role_known": lambda w: role(w, role="superuser"),
    "memberrole_dates_ordered": lambda w: role(w, valid_to=DAY),
    "memberrole_begins": lambda w: role(w, valid_from=None),
    "memberrole_scope_fits": lambda w: role(w, role=Role.LIAISON_OFFICER),
    "memberrole_unit_role_once": lambda w: twice(for_unit, w),
    "memberrole_division_role_once": lambda w: twice(role, w),
    "memberrole_one_administrator_role": lambda w: [
        role(w, role=Role.SYSTEM_ADMINISTRATOR),
        role(w, role=Role.AUDIT_ADMINISTRATOR),
    ],
    "qualification_kind_filled": lambda w: card(w, kind=""),
    "qualification_number_filled": lambda w: card(w, number=""),
    "qualification_issuer_filled": lambda w: card(w, issuer=""),
    "qualification_dates_ordered": lambda w: card(w, valid_to=DAY),
    "qualification_begins": lambda w: card(w, valid_from=None),
    "qualification_revoked_after_it_began": lambda w: card(w, revoked_on=BEFORE),
    "qualification_number_once": lambda w: twice(card, w),
    "appointment_post_filled": lambda w: post(w, post=""),
    "appointment_dates_ordered": lambda w: post(w, valid_to=DAY),
    "appointment_begins": lambda w: post(w, valid_from=None),
    "appointment_in_one_body": lambda w: post(w, body="领导小组"),
    "appointment_in_unit_once": lambda w: twice(post, w),
    "appointment_in_named_body_once": lambda w: twice(seat, w),
    "groupphrase_phrase_filled": lambda w: phrase(w, phrase=""),
    "groupphrase_key_filled": lambda w: phrase(w, key=""),
    "groupphrase_dates_ordered": lambda w: phrase(w, valid_from=DAY, valid_to=BEFORE),
    "groupphrase_one_current": lambda w: twice(phrase, w),
    "groupmember_once": two_members,
    "roleproposal_role_is_business": lambda w: proposal(w, role=Role.AUDIT_ADMINISTRATOR),
    "roleproposal_decision_known": lambda w: proposal(w, decision="maybe", decided_by=w.member, decided_on=DAY),
    "roleproposal_scope_fits": lambda w: proposal(w, role=Role.LIAISON_OFFICER),
    "roleproposal_decision_complete": lambda w: proposal(w, decision=Decision.APPROVED, decided_on=DAY),
    "roleproposal_two_persons": lambda w: proposal(
        w, proposed_by=w.member, decided_by=w.member, decided_on=DAY, decision=Decision.REFUSED
    ),
    "roleproposal_unit_role_once": lambda w: twice(unit_proposal, w),
    "roleproposal_division_role_once": lambda w: twice(proposal, w),
    "formerpassword_password_filled": lambda w: FormerPassword.objects.create(
        member=w.member, password="", set_at=NOON
    ),
    "secondfactor_secret_filled": lambda w: SecondFactor.objects.create(member=w.member, secret=""),
    "recoverycode_once": lambda w: [RecoveryCode.objects.create(member=w.member, digest="d") for _ in range(2)],
    "simulatedclock_only_one": lambda w: SimulatedClock.objects.create(id=2),
    "simulatedclock_within_ten_years": lambda w: SimulatedClock.objects.create(days=3661),
    "installation_only_one": lambda w: Installation.objects.create(id=2, division=w.county),
}


def columns(name: str) -> str:
    """What SQLite says in place of the name of a unique index: its columns."""
    for model in apps.get_app_config("people").get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and isinstance(constraint, models.UniqueConstraint):
                written = {field.name: field.column for field in model._meta.concrete_fields}
                return ", ".join(f"{model._meta.db_table}.{written[name]}" for name in constraint.fields)
    return name


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(name: str, world: World) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        REFUSED[name](world)
    said = columns(name) if connection.vendor == "sqlite" else name
    assert said in str(refusal.value)


def test_every_constraint_has_its_row() -> None:
    declared = {c.name for model in apps.get_app_config("people").get_models() for c in model._meta.constraints}
    assert declared == set(REFUSED)


ALLOWED: dict[str, Callable[[World], object]] = {
    "the same village name in two townships": lambda w: [
        division(w, path="000100010001", parent=w.town, kind=DivisionKind.VILLAGE, name="井边村"),
        division(w),
        Division.objects.create(path="000100020001", parent_id="00010002", kind=DivisionKind.VILLAGE, name="井边村"),
    ],
    "a code that another division had": lambda w: [code(w, valid_to=DAY), code(w, division=w.town, valid_from=DAY)],
    "a successor with the name of one that has ended": lambda w: [
        unit(w, valid_to=DAY, ending=Ending.RENAMED, successor=w.bureau),
        unit(w, valid_from=DAY),
    ],
    "an abolished unit without a successor": lambda w: unit(w, valid_to=DAY, ending=Ending.ABOLISHED),
    "a vertical unit under both": lambda w: unit(w, kind=UnitKind.VERTICAL, led_by=Leadership.BOTH),
    "a role again after it ended": lambda w: [role(w, valid_to=date(2026, 2, 1)), role(w)],
    "two administrators' roles one after the other": lambda w: [
        role(w, role=Role.SYSTEM_ADMINISTRATOR, valid_to=date(2026, 2, 1)),
        role(w, role=Role.AUDIT_ADMINISTRATOR, valid_from=date(2026, 2, 1)),
    ],
    "a liaison officer who is also the head": lambda w: [for_unit(w), for_unit(w, role=Role.LIAISON_OFFICER)],
    "a certificate renewed under its number": lambda w: [
        card(w, valid_to=date(2031, 1, 1)),
        card(w, valid_from=BEFORE),
    ],
    "a post again after it ended": lambda w: [post(w, valid_to=date(2026, 2, 1)), post(w)],
    "a role asked for again after it was refused": lambda w: [
        proposal(w, decision=Decision.REFUSED, decided_by=w.member, decided_on=DAY),
        proposal(w),
    ],
    "a unit that assesses itself": lambda w: Unit.objects.filter(pk=w.bureau.pk).update(assessed_by=w.bureau),
}


@pytest.mark.parametrize("case", ALLOWED)
def test_the_database_accepts(case: str, world: World) -> None:
    ALLOWED[case](world)
    connection.check_constraints()


INCOMPLETE_ENDINGS: list[dict[str, Any]] = [
    {"ending": Ending.ABOLISHED},
    {"valid_to": DAY},
    {"valid_to": DAY, "ending": "forgotten"},
]


@pytest.mark.parametrize("ending", INCOMPLETE_ENDINGS)
def test_an_ending_is_complete_or_absent(ending: dict[str, Any], world: World) -> None:
    with pytest.raises(IntegrityError, match="unit_ending_complete"), transaction.atomic():
        unit(world, **ending)


@pytest.mark.parametrize("ending", ["", Ending.ABOLISHED])
def test_only_a_renamed_or_merged_unit_has_a_successor(ending: str, world: World) -> None:
    day = DAY if ending else None
    with pytest.raises(IntegrityError, match="unit_ending_complete"), transaction.atomic():
        unit(world, ending=ending, valid_to=day, successor=world.bureau)


@transaction.atomic
def placed(path: str, parent: str | None) -> None:
    """A division at a path, foreign keys checked at once."""
    Division.objects.create(path=path, parent_id=parent, kind=DivisionKind.TOWNSHIP, name="西坪镇")
    connection.check_constraints()


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("path", "parent"),
    [("1", None), ("00010002", None), ("00010001", "0001000"), ("0001", "0001"), ("000100010001", "0001")],
)
def test_a_path_is_its_parents_path_and_four_characters(path: str, parent: str | None) -> None:
    with pytest.raises(IntegrityError):
        placed(path, parent)


@pytest.mark.parametrize("scope", [{"unit": None, "division": None}, {"unit": 1, "division": 1}])
def test_a_role_has_exactly_one_scope(scope: dict[str, Any], world: World) -> None:
    both = {"unit": scope["unit"] and world.bureau, "division": scope["division"] and world.county}
    for wanted in (Role.UNIT_HEAD, Role.SUPERVISOR):
        with pytest.raises(IntegrityError, match="memberrole_scope_fits"), transaction.atomic():
            role(world, role=wanted, **both)
