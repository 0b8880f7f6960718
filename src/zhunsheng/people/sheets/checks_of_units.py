"""The rules for rows of the sheet 单位."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhunsheng.people.models import Leadership, Unit, UnitKind
from zhunsheng.people.sheets import cells
from zhunsheng.people.sheets.findings import Bad, Finding
from zhunsheng.people.sheets.world import Labels, Names, UnitKey, World

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhunsheng.people.sheets.cells import Alias
    from zhunsheng.people.sheets.reading import Row


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """A unit as its row says it shall be; ``standing`` is the row in the database, ``None`` for a new one."""

    key: UnitKey
    name: str
    kind: UnitKind
    led_by: Leadership
    superior: UnitKey | None
    assessed_by: UnitKey | None
    valid_from: date | None
    aliases: tuple[Alias, ...]
    standing: Unit | None
    changed: bool


def check(
    rows: Sequence[Row], world: World, labels: Labels, findings: list[Finding]
) -> tuple[Names, list[PlannedUnit]]:
    """All living units, standing and new, and every unit of the sheet as it shall be."""
    keyed = _keyed(rows, labels, findings)
    full = {key: cells.name(unit.name) for key, unit in world.units.items()}
    full |= {key: row.text("name") for key, row in keyed.items() if key not in full}
    names = Names(full)
    planned: list[PlannedUnit] = []
    for key, row in keyed.items():
        links = {column: _link(row, column, key, names, findings) for column in ("superior", "assessed_by")}
        problems = list(_problems(row, key, world))
        findings.extend(problems)
        if not problems:
            planned.append(_planned(row, key, world, links))
    findings.extend(_name_clashes(keyed, full, world))
    return names, planned


def _keyed(rows: Sequence[Row], labels: Labels, findings: list[Finding]) -> dict[UnitKey, Row]:
    """The rows by the unit that they speak of."""
    keyed: dict[UnitKey, Row] = {}
    for row in rows:
        try:
            label = labels.find(row.text("division"))
        except Bad as bad:
            findings.append(row.finding("division", bad.rule, str(bad), bad.remedy))
            continue
        first = keyed.setdefault((label, row.text("short_name")), row)
        if first is not row:
            message = f"“{label}”的“{row.text('short_name')}”在第 {first.line} 行已经有了。"
            findings.append(row.finding("short_name", "row_twice", message, "请删去一行，或者改用别的简称。"))
    return keyed


def _link(row: Row, column: str, key: UnitKey, names: Names, findings: list[Finding]) -> UnitKey | None:
    """The unit that a cell names, ``None`` for an empty one or one that is wrong."""
    if not row.text(column):
        return None
    try:
        found = names.find(row.text(column))
    except Bad as bad:
        findings.append(row.finding(column, bad.rule, str(bad), bad.remedy))
        return None
    if column == "superior" and found == key:
        findings.append(row.finding(column, "own_superior", "单位不能是自己的上级。", "请改正，或者不填。"))
        return None
    return found


def _problems(row: Row, key: UnitKey, world: World) -> Iterator[Finding]:
    """What is wrong with one unit by itself."""
    standing, ended = world.units.get(key), world.ended.get(key)
    if row.text("kind") == UnitKind.VERTICAL and row.text("led_by") == Leadership.PLACE:
        message = "垂直管理单位的领导关系应当是垂直管理或者双重管理。"
        yield row.finding("led_by", "vertical_led_by_place", message, "请改正领导关系或者类别。")
    if standing is not None and cells.name(standing.name) != row.text("name"):
        message = f"“{key[1]}”登记的全称是“{standing.name}”。"
        yield row.finding("name", "name_differs", message, "单位更名要写明日期，请在单位页面办理；这里改成登记的全称。")
    if standing is None and ended is not None:
        message = f"“{key[1]}”已于 {ended.valid_to} {ended.get_ending_display()}。"
        yield row.finding("short_name", "unit_ended", message, "请删去这一行；另设新单位的，请用别的简称。")


def _planned(row: Row, key: UnitKey, world: World, links: dict[str, UnitKey | None]) -> PlannedUnit:
    standing = world.units.get(key)
    values = row.values
    unit = PlannedUnit(
        key=key,
        name=row.text("name"),
        kind=UnitKind(row.text("kind")),
        led_by=Leadership(row.text("led_by")),
        superior=links["superior"],
        assessed_by=links["assessed_by"],
        valid_from=values["valid_from"],  # type: ignore[arg-type]
        aliases=values["aliases"],  # type: ignore[arg-type]
        standing=standing,
        changed=False,
    )
    return replace(unit, changed=standing is not None and differs(unit, standing, world))


def differs(unit: PlannedUnit, standing: Unit, world: World) -> bool:
    """Whether the row says something else than the database. Aliases that the row leaves out stay."""
    now = (standing.kind, standing.led_by, standing.valid_from)
    linked = (world.keys.get(standing.superior_id or 0), world.keys.get(standing.assessed_by_id or 0))
    known = {name: (name, row.valid_from, row.valid_to) for name, row in world.aliases.get(unit.key, {}).items()}
    return (
        (unit.kind, unit.led_by, unit.valid_from) != now
        or (unit.superior, unit.assessed_by) != linked
        or any(known.get(alias[0]) != alias for alias in unit.aliases)
    )


def _name_clashes(keyed: dict[UnitKey, Row], full: dict[UnitKey, str], world: World) -> Iterator[Finding]:
    """Full names that two units of one division bear, and other names that belong to another unit of the division."""
    owners = {(key[0], name): key for key, name in reversed(full.items())}
    called = {(key[0], key[1]): key for key in full} | owners
    for key, aliases in world.aliases.items():
        called |= {(key[0], name): key for name in aliases if (key[0], name) not in called}
    for key, row in keyed.items():
        other = owners.get((key[0], row.text("name")), key)
        if other != key:
            message = f"全称“{row.text('name')}”已由{other[1]}使用。"
            yield row.finding("name", "name_taken", message, "同一区划内全称不能重，请改正。")
        for alias, _, _ in row.values["aliases"]:  # type: ignore[attr-defined]
            other = called.setdefault((key[0], alias), key)
            if other != key:
                message = f"别名“{alias}”已是{other[1]}的名称。"
                yield row.finding("aliases", "alias_taken", message, "请去掉这个别名。")
