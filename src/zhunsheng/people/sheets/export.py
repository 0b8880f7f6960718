"""Units and members out of the database: as the workbook that can be imported again, and as plain lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Prefetch

from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import Division, DivisionKind, Leadership, Member, MemberRole, Role, Unit, UnitKind
from zhunsheng.people.sheets import cells
from zhunsheng.people.sheets.world import Names, World, load
from zhunsheng.people.sheets.writing import table, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

Row = dict[str, str]
UNIT_COLUMNS: Final = (
    *(("全称", 36), ("简称", 20), ("所在区划", 16), ("类别", 18), ("领导关系", 12), ("上级单位", 20), ("考核单位", 20)),
    *(("成立日期", 12), ("终止日期", 12), ("终止", 10), ("承接单位", 20), ("别名", 40)),
)


def export(division: Division, day: date) -> bytes:
    """Everything at or below ``division`` that the template can hold: imported again, it gives the same rows.

    Left out are units that have ended, and roles that are not a member's for their own unit or the whole place.
    """
    world = load(division, day)
    names = Names({key: cells.name(unit.name) for key, unit in world.units.items()})
    return workbook(
        {
            "区划": list(_divisions(world)),
            "单位": list(_units(world, names)),
            "成员": list(_members(world, names)),
        }
    )


def _divisions(world: World) -> Iterator[Row]:
    for label, division in world.divisions.items():
        if division.pk != world.root.pk:
            above = label.rpartition("/")[0]
            kind = DivisionKind(division.kind).label
            yield {"name": division.name, "kind": kind, "parent": above, "code": world.codes.get(label, "")}


def _units(world: World, names: Names) -> Iterator[Row]:
    root = cells.name(world.root.name)
    for key, unit in world.units.items():
        superior, assessed_by = (world.keys.get(pk or 0) for pk in (unit.superior_id, unit.assessed_by_id))
        aliases = [(name, row.valid_from, row.valid_to) for name, row in world.aliases.get(key, {}).items()]
        yield {
            "division": "" if key[0] == root else key[0],
            "name": unit.name,
            "short_name": unit.short_name,
            "kind": UnitKind(unit.kind).label,
            "led_by": Leadership(unit.led_by).label,
            "superior": names.written(superior) if superior else "",
            "assessed_by": names.written(assessed_by) if assessed_by else "",
            "valid_from": str(unit.valid_from or ""),
            "aliases": "、".join(map(cells.written_alias, aliases)),
        }


def _members(world: World, names: Names) -> Iterator[Row]:
    """Members of living units."""
    for username, member in world.members.items():
        unit = world.keys.get(member.unit_id)
        if unit is None:
            continue
        roles = {role for role, key in world.roles.get(username, set()) if key is None or key == unit}
        yield {
            "username": username,
            "name": member.full_name,
            "unit": names.written(unit),
            "office_phone": member.person.office_phone,
            "roles": cells.written_roles(roles),
        }


def unit_list(units: QuerySet[Unit]) -> bytes:
    """A plain list of these units, ended ones with how they ended; two queries."""
    found = units.select_related("division", "superior", "assessed_by", "successor").prefetch_related("aliases")
    return table("单位", UNIT_COLUMNS, (_unit_row(unit) for unit in found))


def _unit_row(unit: Unit) -> tuple[str | date | None, ...]:
    linked = [str(one) if one else "" for one in (unit.superior, unit.assessed_by)]
    aliases = "、".join(cells.written_alias((row.name, row.valid_from, row.valid_to)) for row in unit.aliases.all())
    ending = unit.get_ending_display() if unit.ending else ""
    successor = str(unit.successor) if unit.successor else ""
    return (
        *(unit.name, unit.short_name, unit.division.name, unit.get_kind_display(), unit.get_led_by_display()),
        *(*linked, unit.valid_from, unit.valid_to, ending, successor, aliases),
    )


def member_list(members: QuerySet[Member], day: date) -> bytes:
    """A plain list of these members with the roles that they hold on ``day``; two queries."""
    columns = (("用户名", 18), ("姓名", 12), ("单位", 20), ("办公电话", 18), ("状态", 8), ("角色", 50))
    roles = MemberRole.objects.filter(in_force(day)).select_related("unit", "division").order_by("pk")
    found = members.select_related("person", "unit").prefetch_related(Prefetch("roles", queryset=roles))
    return table("成员", columns, (_member_row(member) for member in found))


def _member_row(member: Member) -> tuple[str, ...]:
    roles = "、".join(f"{Role(row.role).label}（{row.unit or row.division}）" for row in member.roles.all())
    state = "启用" if member.is_active else "停用"
    return (member.username, member.full_name, member.unit_name, member.person.office_phone, state, roles)
