"""The rules for rows of the sheet 区划."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhunsheng.people import rules
from zhunsheng.people.models import DivisionKind
from zhunsheng.people.sheets import cells
from zhunsheng.people.sheets.findings import Bad, Finding
from zhunsheng.people.sheets.world import Labels, World, join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhunsheng.people.sheets.reading import Row


@dataclass(frozen=True, slots=True)
class NewDivision:
    """A division to be added: its label and that of the one above."""

    label: str
    parent: str
    kind: DivisionKind
    name: str
    code: str


def check(rows: Sequence[Row], world: World, findings: list[Finding]) -> tuple[Labels, list[NewDivision]]:
    """All divisions, standing and new, and the new ones, parents first."""
    labels = Labels(world)
    new: list[NewDivision] = []
    lines: dict[str, int] = {}
    used = {code: label for label, code in world.codes.items()}
    for row in sorted(rows, key=lambda row: (rules.RANK[DivisionKind(row.text("kind"))], row.line)):
        try:
            division = _division(row, labels, world)
            _once(row, division.label, lines)
            _check_code(row, division, world, used)
            if division.label in world.divisions:
                _check_standing(row, division, world)
            else:
                labels.add(division.label, division.kind)
                new.append(division)
        except _At as wrong:
            findings.append(row.finding(wrong.key, wrong.bad.rule, str(wrong.bad), wrong.bad.remedy))
    return labels, new


class _At(Exception):
    """What is wrong in the column ``key`` of the row at hand."""

    def __init__(self, key: str, rule: str, message: str, remedy: str) -> None:
        self.key, self.bad = key, Bad(rule, message, remedy)


def _division(row: Row, labels: Labels, world: World) -> NewDivision:
    kind, name, root = DivisionKind(row.text("kind")), row.text("name"), cells.name(world.root.name)
    if "/" in name:
        raise _At("name", "division_name", f"名称“{name}”里有斜杠。", "请只写名称，上级写在“上级区划”一列。")
    if name == root and kind == world.root.kind and not row.text("parent"):
        return NewDivision(root, "", kind, name, row.text("code"))
    try:
        parent = labels.find(row.text("parent"))
    except Bad as bad:
        raise _At("parent", bad.rule, str(bad), bad.remedy) from bad
    if not rules.may_lie_below(kind, labels.kinds[parent]):
        message = f"{kind.label}“{name}”不能设在{labels.kinds[parent].label}“{parent}”之下。"
        raise _At("kind", "division_level", message, "请改正层级或者上级区划。")
    return NewDivision(join("" if parent == root else parent, name), parent, kind, name, row.text("code"))


def _once(row: Row, label: str, lines: dict[str, int]) -> None:
    first = lines.setdefault(label, row.line)
    if first != row.line:
        raise _At("name", "row_twice", f"“{label}”在第 {first} 行已经有了。", "请删去一行。")


def _check_code(row: Row, division: NewDivision, world: World, used: dict[str, str]) -> None:
    code = division.code
    if not code:
        return
    if code in world.taken_codes or used.get(code, division.label) != division.label:
        owner = used.get(code, "其他县的区划")
        raise _At("code", "code_taken", f"代码 {code} 已由{owner}使用。", "请核对代码。")
    used[code] = division.label
    standing = world.codes.get(division.label)
    if division.label in world.divisions and standing != code:
        message = f"“{division.label}”登记的代码是 {standing or '空'}。"
        raise _At("code", "code_differs", message, "代码变更要写明日期，请在区划页面办理；这里改成登记的代码或者不填。")


def _check_standing(row: Row, division: NewDivision, world: World) -> None:
    kind = DivisionKind(world.divisions[division.label].kind)
    if kind != division.kind:
        message = f"“{division.label}”登记的层级是{kind.label}。"
        raise _At("kind", "division_kind_differs", message, "请改成登记的层级。")
