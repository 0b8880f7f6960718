"""Changes to the division tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.people import rules
from zhunsheng.people.actions.saving import save
from zhunsheng.people.models import Division, DivisionCode, DivisionKind
from zhunsheng.people.models.division import STEP
from zhunsheng.people.references import division_ref
from zhunsheng.people.scope import Purpose, ensure

if TYPE_CHECKING:
    from datetime import date

    from zhunsheng.kernel.actor import Actor


def add_division(
    *,
    parent: Division | None,
    kind: DivisionKind,
    name: str,
    by: Actor,
    code: str = "",
    day: date | None = None,
) -> Division:
    """Add a division below ``parent`` (``None``: at the top), with its code from ``day`` on where it has one."""
    ensure(by, parent, Purpose.MANAGE_UNITS)
    above = DivisionKind(parent.kind) if parent else None
    if not rules.may_lie_below(kind, above):
        place = f"{above.label}之下" if above else "最高一级"
        raise Refused("division_level", f"{name}：{kind.label}不能设在{place}。请改层级或者上级区划。")
    if "/" in name:
        raise Refused("division_name", f"名称“{name}”里有斜杠。请只写名称，上级另选。")
    _check_code(code)
    with change(by, "新增区划", about=[division_ref(parent)] if parent else []):
        division = save(Division(parent=parent, path=_next_path(parent), kind=kind, name=name))
        if code:
            save(DivisionCode(division=division, code=code, valid_from=day))
    return division


def change_code(*, division: Division, code: str, day: date, by: Actor) -> DivisionCode:
    """Give a division another code from ``day`` on; the one that it had ends on that day."""
    ensure(by, division, Purpose.MANAGE_UNITS)
    if not code:
        raise Refused("code_missing", f"请填{division.name}的新代码。")
    _check_code(code)
    with change(by, "变更区划代码", about=[division_ref(division)]):
        Division.objects.select_for_update().get(pk=division.pk)
        standing = division.codes.filter(valid_to=None).first()
        if standing is not None and standing.code == code:
            raise Refused("same_code", f"{division.name}的代码已经是 {code}，不必变更。")
        if standing is not None:
            standing.valid_to = day
            save(standing)
        return save(DivisionCode(division=division, code=code, valid_from=day))


def _check_code(code: str) -> None:
    """Raises ``Refused`` for what is no number; its length and whether it is free are checked by the row."""
    if code and not (code.isascii() and code.isdigit()):
        raise Refused("code_digits", f"区划代码“{code}”里有数字以外的字。代码是 6 位、9 位或者 12 位数字，请核对。")


def _next_path(parent: Division | None) -> str:
    """The first free path below ``parent``; the parent's row is locked so that two callers get two paths."""
    if parent is not None:
        Division.objects.select_for_update().get(pk=parent.pk)
    last = Division.objects.filter(parent=parent).order_by("path").values_list("path", flat=True).last()
    number = int(last[-STEP:]) + 1 if last else 1
    return child_path(parent.path if parent else "", number)


def child_path(parent_path: str, number: int) -> str:
    """The path of the child with this number, counted from 1 (``"0001"``, 7 → ``"00010007"``)."""
    if not 1 <= number < 10**STEP:
        raise Refused("division_full", f"同一区划之下最多设 {10**STEP - 1} 个下级区划。")
    return f"{parent_path}{number:0{STEP}d}"
