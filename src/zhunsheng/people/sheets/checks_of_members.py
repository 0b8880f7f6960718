"""The rules for rows of the sheet 成员."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhunsheng.people.models import ADMINISTRATORS, Member, Role
from zhunsheng.people.sheets import cells
from zhunsheng.people.sheets.findings import Bad, Finding
from zhunsheng.people.sheets.world import Names, RoleKey, UnitKey, World

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhunsheng.people.sheets.reading import Row


@dataclass(frozen=True, slots=True)
class PlannedMember:
    """A member as the row says; ``roles`` are those still to be asked for; ``standing`` is ``None`` for a new one."""

    username: str
    name: str
    unit: UnitKey
    office_phone: str
    roles: tuple[RoleKey, ...]
    standing: Member | None
    changed: bool


def check(rows: Sequence[Row], world: World, names: Names, findings: list[Finding]) -> list[PlannedMember]:
    """Every member of the sheet whose row is right."""
    lines: dict[str, int] = {}
    planned: list[PlannedMember] = []
    for row in rows:
        first = lines.setdefault(row.text("username"), row.line)
        if first != row.line:
            message = f"用户名“{row.text('username')}”在第 {first} 行已经有了。"
            findings.append(row.finding("username", "row_twice", message, "请删去一行，或者改用别的用户名。"))
            continue
        try:
            unit = names.find(row.text("unit"))
        except Bad as bad:
            findings.append(row.finding("unit", bad.rule, str(bad), bad.remedy))
            continue
        problems = list(_problems(row, unit, world))
        findings.extend(problems)
        if not problems:
            planned.append(_planned(row, unit, world))
    return planned


def _problems(row: Row, unit: UnitKey, world: World) -> Iterator[Finding]:
    username = row.text("username")
    if username in world.taken_usernames:
        message = f"用户名“{username}”已有别处的人使用。"
        yield row.finding("username", "username_taken", message, "请改用别的用户名。")
    standing = world.members.get(username)
    if standing is not None and cells.name(standing.full_name) != row.text("name"):
        message = f"用户名“{username}”登记的姓名是{standing.full_name}。"
        yield row.finding(
            "name", "member_name_differs", message, "是另一个人的，请改用别的用户名；姓名登记错了的，请在成员页面改正。"
        )
    if standing is not None and world.units.get(unit) != standing.unit:
        message = f"{standing.full_name}登记在{standing.unit.short_name}。"
        yield row.finding("unit", "member_elsewhere", message, "调动请在成员页面办理；这里改成登记的单位。")
    held = {role for role, _ in world.roles.get(username, set())}
    if held.intersection(ADMINISTRATORS) and row.values["roles"]:
        yield row.finding("roles", "role_clash", "三员不得担任业务角色。", "请清空这一格。")


def _planned(row: Row, unit: UnitKey, world: World) -> PlannedMember:
    standing = world.members.get(row.text("username"))
    held = world.roles.get(row.text("username"), set())
    asked: tuple[Role, ...] = row.values["roles"]  # type: ignore[assignment]
    keys = [(role, unit if cells.is_for_unit(role) else None) for role in asked]
    roles = tuple(key for key in keys if key not in held)
    phone = row.text("office_phone")
    changed = standing is not None and bool(roles or phone != standing.person.office_phone)
    return PlannedMember(row.text("username"), row.text("name"), unit, phone, roles, standing, changed)
