"""Links to records of this floor, by which other rooms and the journal name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhunsheng.kernel.refs import Ref

if TYPE_CHECKING:
    from zhunsheng.people.models import Division, Member, Person, Unit


def division_ref(division: Division) -> Ref:
    """A division under its name of today."""
    return Ref("people.division", str(division.pk), division.name)


def unit_ref(unit: Unit) -> Ref:
    """A unit under its short name of today."""
    return Ref("people.unit", str(unit.pk), unit.short_name)


def person_ref(person: Person) -> Ref:
    """A person under their name of today."""
    return Ref("people.person", str(person.pk), person.name)


def member_ref(member: Member) -> Ref:
    """An account under the person's name of today."""
    return Ref("people.member", str(member.pk), member.full_name)
