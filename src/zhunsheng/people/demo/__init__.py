"""The fictional county 云溪县, in which a newcomer can try everything.

The county stands in the CSV files of this folder (see ``tables``); here it is entered.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password

from zhunsheng.kernel.actor import Program
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import now
from zhunsheng.people import installation
from zhunsheng.people.actions import child_path
from zhunsheng.people.demo import tables
from zhunsheng.people.models import (
    UNIT_ROLES,
    Appointment,
    Division,
    DivisionCode,
    DivisionKind,
    Installation,
    Member,
    MemberRole,
    Person,
    Qualification,
    Unit,
    UnitAlias,
    UnitKind,
)

if TYPE_CHECKING:
    from zhunsheng.kernel.actor import Actor

DEMO = Program("演示")


@dataclass(frozen=True, slots=True)
class Summary:
    """What the demo county holds now. ``units`` are those alive, without the committees of the villages."""

    divisions: int
    units: int
    villages: int
    members: int
    created: bool

    def __str__(self) -> str:
        what = "演示县已建好" if self.created else "演示县早已建好，没有改动"
        return f"{what}：{self.units} 家单位，{self.villages} 个村和社区，{self.members} 名成员。"


def build(by: Actor = DEMO) -> Summary:
    """Enter the demo county, or leave it as it is where it stands already: nothing that was done in it is lost.

    Its members cannot sign in: they have no usable passwords. Raises ``Refused`` on a database that serves
    another county or holds data of unknown origin, and changes nothing there.
    """
    standing = installation.current()
    if standing is not None and standing.is_demo:
        return _summary(created=False)
    installation.refuse_if_founded()
    with change(by, "建演示县"):
        divisions = _enter_divisions()
        units = _enter_units(divisions)
        _enter_aliases(units)
        county = next(iter(divisions.values()))
        persons = _enter_members(units, county)
        _enter_records(persons, units, county)
        Installation.objects.create(division=county, is_demo=True, founded_at=now())
    return _summary(created=True)


def _summary(*, created: bool) -> Summary:
    return Summary(
        divisions=Division.objects.count(),
        units=Unit.objects.filter(valid_to__isnull=True).exclude(kind=UnitKind.VILLAGE).count(),
        villages=Division.objects.filter(kind=DivisionKind.VILLAGE).count(),
        members=Member.objects.count(),
        created=created,
    )


def _enter_divisions() -> dict[str, Division]:
    """All divisions by name, the county first."""
    rows = tables.divisions()
    made: dict[str, Division] = {}
    children: Counter[str] = Counter()
    for row in rows:
        children[row.parent] += 1
        above = made[row.parent].path if row.parent else ""
        path = child_path(above, children[row.parent])
        made[row.name] = Division(parent_id=above or None, path=path, kind=row.kind, name=row.name)
    Division.objects.bulk_create(made.values())
    DivisionCode.objects.bulk_create(DivisionCode(division=made[row.name], code=row.code) for row in rows)
    return made


def _enter_units(divisions: dict[str, Division]) -> dict[str, Unit]:
    """All units by short name. The living come first: a unit that has ended must name its successor at once."""
    rows = {row.short_name: row for row in tables.units()}
    made = {name: _unit(row, divisions) for name, row in rows.items()}
    Unit.objects.bulk_create(unit for unit in made.values() if not unit.ending)
    for name, row in rows.items():
        made[name].successor = made.get(row.successor)
        made[name].superior = made.get(row.superior)
        made[name].assessed_by = made.get(row.assessed_by)
    Unit.objects.bulk_create(unit for unit in made.values() if unit.ending)
    Unit.objects.bulk_update((unit for unit in made.values() if not unit.ending), ["superior", "assessed_by"])
    return made


def _unit(row: tables.UnitRow, divisions: dict[str, Division]) -> Unit:
    return Unit(
        division=divisions[row.division],
        kind=row.kind,
        led_by=row.led_by,
        name=row.name,
        short_name=row.short_name,
        valid_from=tables.day(row.valid_from),
        valid_to=tables.day(row.valid_to),
        ending=row.ending,
    )


def _enter_aliases(units: dict[str, Unit]) -> None:
    UnitAlias.objects.bulk_create(
        UnitAlias(
            unit=units[row.unit],
            name=row.name,
            valid_from=tables.day(row.valid_from),
            valid_to=tables.day(row.valid_to),
        )
        for row in tables.aliases()
    )


def _enter_members(units: dict[str, Unit], county: Division) -> dict[str, Person]:
    """All members with their roles; the persons by user name."""
    rows = tables.members()
    persons = Person.objects.bulk_create(Person(name=row.name) for row in rows)
    members = Member.objects.bulk_create(
        Member(username=row.username, person=person, unit=units[row.unit], password=make_password(None))
        for row, person in zip(rows, persons, strict=True)
    )
    MemberRole.objects.bulk_create(_role(row, member, county) for row, member in zip(rows, members, strict=True))
    return {row.username: person for row, person in zip(rows, persons, strict=True)}


def _enter_records(persons: dict[str, Person], units: dict[str, Unit], county: Division) -> None:
    Qualification.objects.bulk_create(
        Qualification(
            person=persons[row.username],
            kind=row.kind,
            number=row.number,
            issuer=row.issuer,
            valid_from=tables.day(row.valid_from),
            valid_to=tables.day(row.valid_to),
            revoked_on=tables.day(row.revoked_on),
        )
        for row in tables.qualifications()
    )
    Appointment.objects.bulk_create(
        Appointment(
            person=persons[row.username],
            unit=units.get(row.unit),
            division=county if row.body else None,
            body=row.body,
            post=row.post,
            valid_from=tables.day(row.valid_from),
            valid_to=tables.day(row.valid_to),
        )
        for row in tables.appointments()
    )


def _role(row: tables.MemberRow, member: Member, county: Division) -> MemberRole:
    """The member's role: for their own unit, or for the whole county (see ``UNIT_ROLES``)."""
    own = row.role in UNIT_ROLES
    return MemberRole(
        member=member,
        role=row.role,
        unit=member.unit if own else None,
        division=None if own else county,
        valid_from=tables.day(row.valid_from),
    )
