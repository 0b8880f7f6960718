"""A checked workbook entered: all of it in one change, or nothing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError

from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.people.actions.divisions import child_path
from zhunsheng.people.models import Division, DivisionCode, Member, Person, RoleProposal, Unit, UnitAlias
from zhunsheng.people.references import division_ref
from zhunsheng.people.scope import Purpose, ensure
from zhunsheng.people.sheets.staging import Staged, stage

if TYPE_CHECKING:
    from datetime import date

    from zhunsheng.kernel.actor import Actor
    from zhunsheng.people.sheets.world import UnitKey, World


def import_workbook(content: bytes, *, division: Division, day: date, by: Actor) -> Staged:
    """Check a workbook for ``division`` and enter it if every row is right; the answer says what was done or is wrong.

    Rows that stand already are left as they are, so that the same workbook twice does nothing the second time.
    Accounts are made disabled, without a password; their roles are proposals (``RoleProposal``). Raises ``Refused``
    for whoever may not, for a file that is no such workbook, and if somebody entered the same at the same moment.
    """
    for purpose in (Purpose.MANAGE_UNITS, Purpose.MANAGE_ACCOUNTS):
        ensure(by, division, purpose)
    try:
        with change(by, "导入单位和成员", about=[division_ref(division)]):
            Division.objects.select_for_update().get(pk=division.pk)
            staged = stage(content, division=division, day=day)
            if staged.right:
                _enter(staged, day, by)
            return staged
    except IntegrityError as error:
        raise Refused("import_overtaken", "导入的同时有人改了单位或者成员，没有导入。请再导入一次。") from error


def _enter(staged: Staged, day: date, by: Actor) -> None:
    world = staged.world
    _enter_divisions(staged, world)
    units = _enter_units(staged, world)
    _enter_aliases(staged, world, units)
    _enter_members(staged, world, units, day, by)


def _enter_divisions(staged: Staged, world: World) -> None:
    last: Counter[str] = Counter()
    for division in world.divisions.values():
        above = division.path[:-4]
        last[above] = max(last[above], int(division.path[-4:]))
    made: list[Division] = []
    for new in staged.divisions:
        above = world.divisions[new.parent].path
        last[above] += 1
        division = Division(parent_id=above, path=child_path(above, last[above]), kind=new.kind, name=new.name)
        world.divisions[new.label] = division
        made.append(division)
    Division.objects.bulk_create(made)
    codes = [(world.divisions[new.label], new.code) for new in staged.divisions if new.code]
    DivisionCode.objects.bulk_create(DivisionCode(division=division, code=code) for division, code in codes)


def _enter_units(staged: Staged, world: World) -> dict[UnitKey, Unit]:
    """All living units by key. New ones come first without their superiors, for these may be new as well."""
    units = dict(world.units)
    for plan in staged.units:
        if plan.standing is None:
            division, short_name = world.divisions[plan.key[0]], plan.key[1]
            units[plan.key] = Unit(division=division, name=plan.name, short_name=short_name)
        unit = units[plan.key]
        unit.kind, unit.led_by, unit.valid_from = plan.kind, plan.led_by, plan.valid_from
    Unit.objects.bulk_create(units[plan.key] for plan in staged.units if plan.standing is None)
    touched = [
        plan for plan in staged.units if (plan.standing is None and (plan.superior or plan.assessed_by)) or plan.changed
    ]
    for plan in touched:
        units[plan.key].superior = units[plan.superior] if plan.superior else None
        units[plan.key].assessed_by = units[plan.assessed_by] if plan.assessed_by else None
    fields = ["kind", "led_by", "valid_from", "superior", "assessed_by"]
    Unit.objects.bulk_update((units[plan.key] for plan in touched), fields)
    return units


def _enter_aliases(staged: Staged, world: World, units: dict[UnitKey, Unit]) -> None:
    new, dated = [], []
    for plan in staged.units:
        for name, start, end in plan.aliases:
            standing = world.aliases.get(plan.key, {}).get(name)
            if standing is None:
                new.append(UnitAlias(unit=units[plan.key], name=name, valid_from=start, valid_to=end))
            elif (standing.valid_from, standing.valid_to) != (start, end):
                standing.valid_from, standing.valid_to = start, end
                dated.append(standing)
    UnitAlias.objects.bulk_create(new)
    UnitAlias.objects.bulk_update(dated, ["valid_from", "valid_to"])


def _enter_members(staged: Staged, world: World, units: dict[UnitKey, Unit], day: date, by: Actor) -> None:
    new = [plan for plan in staged.members if plan.standing is None]
    persons = Person.objects.bulk_create(Person(name=plan.name, office_phone=plan.office_phone) for plan in new)
    made = Member.objects.bulk_create(
        Member(
            username=plan.username,
            person=person,
            unit=units[plan.unit],
            password=make_password(None),
            is_active=False,
        )
        for plan, person in zip(new, persons, strict=True)
    )
    members = world.members | {member.username: member for member in made}
    changed = [plan for plan in staged.members if plan.changed]
    for plan in changed:
        members[plan.username].person.office_phone = plan.office_phone
    Person.objects.bulk_update((members[plan.username].person for plan in changed), ["office_phone"])
    RoleProposal.objects.bulk_create(
        RoleProposal(
            member=members[plan.username],
            role=role,
            unit=units[key] if key else None,
            division=None if key else world.root,
            proposed_by_id=by.pk,
            proposed_on=day,
        )
        for plan in staged.members
        for role, key in plan.roles
    )
