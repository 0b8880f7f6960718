"""Records of the home county for the pages of units and persons (``world.OBJECTS``)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.people import actions
from zhunsheng.people.models import Member, Person, Role, UnitAlias

if TYPE_CHECKING:
    from tests.faces.world import World

DAY: Final = date(2024, 1, 1)


def a_division(world: World, member: Member) -> dict[str, object]:
    """The county."""
    return {"pk": world.home.division.pk}


def a_unit(world: World, member: Member) -> dict[str, object]:
    """The office, in which everybody works."""
    return {"pk": world.home.office.pk}


def an_alias(world: World, member: Member) -> dict[str, object]:
    """Another name of it."""
    found, _ = UnitAlias.objects.get_or_create(unit=world.home.office, name="青石司法")
    return {"pk": world.home.office.pk, "alias": found.pk}


def somebody(world: World) -> Person:
    """A colleague without a part in business."""
    return world.home.members[Role.REVIEWER].person


def a_person(world: World, member: Member) -> dict[str, object]:
    """The colleague."""
    return {"pk": somebody(world).pk}


def a_certificate(world: World, member: Member) -> dict[str, object]:
    """Their certificate."""
    person = somebody(world)
    held = person.qualifications.first() or actions.add_qualification(
        person=person, kind="legal_profession", number="A1", issuer="司法部", valid_from=DAY, by=SYSTEM
    )
    return {"pk": person.pk, "held": held.pk}


def a_post(world: World, member: Member) -> dict[str, object]:
    """Their post."""
    person = somebody(world)
    held = person.appointments.first() or actions.appoint(
        person=person, post="科员", day=DAY, unit=world.home.office, by=SYSTEM
    )
    return {"pk": person.pk, "post": held.pk}


OBJECTS: Final = {
    "desk:division_code": a_division,
    "desk:unit": a_unit,
    "desk:unit_members": a_unit,
    "desk:unit_amend": a_unit,
    "desk:unit_rename": a_unit,
    "desk:unit_end": a_unit,
    "desk:unit_absorb": a_unit,
    "desk:unit_alias": a_unit,
    "desk:unit_alias_forget": an_alias,
    "desk:person": a_person,
    "desk:person_qualify": a_person,
    "desk:qualification_revoke": a_certificate,
    "desk:person_appoint": a_person,
    "desk:appointment_end": a_post,
}
