"""Changes to divisions, units, members and roles: one change, one function, one transaction.

Each checks, does, and raises ``Refused`` with a Chinese sentence where a rule forbids it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import models, transaction

from zhunsheng.kernel.errors import Refused
from zhunsheng.people import rules
from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import (
    Division,
    DivisionCode,
    DivisionKind,
    Ending,
    Leadership,
    Member,
    MemberRole,
    Person,
    Role,
    Unit,
    UnitAlias,
    UnitKind,
)
from zhunsheng.people.models.division import STEP

if TYPE_CHECKING:
    from datetime import date

M = TypeVar("M", bound=models.Model)


@transaction.atomic
def add_division(
    *, parent: Division | None, kind: DivisionKind, name: str, code: str = "", day: date | None = None
) -> Division:
    """Add a division below ``parent`` (``None``: at the top), with its code from ``day`` on where it has one."""
    above = DivisionKind(parent.kind) if parent else None
    if not rules.may_lie_below(kind, above):
        place = f"{above.label}之下" if above else "最高一级"
        raise Refused("division_level", f"{name}：{kind.label}不能设在{place}。")
    path = _next_path(parent)
    division = _save(Division(parent=parent, path=path, kind=kind, name=name))
    if code:
        _save(DivisionCode(division=division, code=code, valid_from=day))
    return division


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


@transaction.atomic
def add_unit(
    *,
    division: Division,
    kind: UnitKind,
    name: str,
    short_name: str,
    led_by: Leadership = Leadership.PLACE,
    superior: Unit | None = None,
    assessed_by: Unit | None = None,
    valid_from: date | None = None,
) -> Unit:
    """Add a unit to a division; its names must be free among the division's live units."""
    return _save(
        Unit(
            division=division,
            kind=kind,
            name=name,
            short_name=short_name,
            led_by=led_by,
            superior=superior,
            assessed_by=assessed_by,
            valid_from=valid_from,
        )
    )


@transaction.atomic
def rename_unit(*, unit: Unit, name: str, short_name: str, day: date) -> Unit:
    """Give a unit new names from ``day`` on; the old ones are kept as aliases that end on that day."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    for old in sorted({unit.name, unit.short_name} - {name, short_name}):
        if not unit.aliases.filter(name=old).exists():
            _save(UnitAlias(unit=unit, name=old, valid_to=day))
    unit.name, unit.short_name = name, short_name
    return _save(unit)


@transaction.atomic
def end_unit(*, unit: Unit, day: date, ending: Ending, successor: Unit | None = None) -> Unit:
    """Let a unit cease from ``day`` on, into ``successor`` unless it is abolished. It keeps all its rows."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.ending:
        raise Refused("unit_ended", f"{unit.name}已于 {unit.valid_to} {unit.get_ending_display()}，不能再次终止。")
    successor = successor and Unit.objects.select_for_update().get(pk=successor.pk)
    if successor is not None and successor.ending:
        raise Refused("successor_ended", f"承接单位{successor.name}已经终止，请选现有单位。")
    unit.valid_to, unit.ending, unit.successor = day, ending, successor
    return _save(unit)


@transaction.atomic
def add_member(*, username: str, name: str, unit: Unit, password: str | None = None) -> Member:
    """Add a person and their account in a unit. Without a password nobody can sign in to it yet."""
    member = Member(username=username, person=_save(Person(name=name)), unit=unit)
    if password is not None:
        _check_password(password, member)
    member.set_password(password)
    return _save(member)


def _check_password(password: str, member: Member) -> None:
    """Refuse a password that Django's configured validators refuse."""
    try:
        validate_password(password, member)
    except ValidationError as error:
        reasons = "".join(_in_chinese(one) for one in error.error_list)
        raise Refused("password", f"{member.username} 的密码：{reasons}") from error


def _in_chinese(error: ValidationError) -> str:
    """The reason in Chinese; Django 5.2 has lost its own translation of this one."""
    if error.code == "password_too_short":
        return f"密码太短，至少 {(error.params or {}).get('min_length', 10)} 个字符。"
    return "".join(error.messages)


@transaction.atomic
def grant_role(*, member: Member, role: Role, scope: Unit | Division, day: date) -> MemberRole:
    """Give a member a role for a unit or for a division from ``day`` on (see ``rules.clash``)."""
    Member.objects.select_for_update().get(pk=member.pk)
    held = member.roles.filter(in_force(day)).values_list("role", flat=True)
    reason = rules.clash(map(Role, held), role)
    if reason is not None:
        raise Refused("role_clash", f"{member.person.name}：{reason}")
    unit = scope if isinstance(scope, Unit) else None
    division = scope if isinstance(scope, Division) else None
    return _save(MemberRole(member=member, role=role, unit=unit, division=division, valid_from=day))


@transaction.atomic
def end_role(*, role: MemberRole, day: date) -> MemberRole:
    """End a role: ``day`` is the first day on which it no longer holds."""
    role = MemberRole.objects.select_for_update().get(pk=role.pk)
    if role.valid_to is not None:
        raise Refused("role_ended", f"{role.member.person.name}的{role.get_role_display()}已于 {role.valid_to} 终止。")
    role.valid_to = day
    return _save(role)


def _save(row: M) -> M:
    """Save a row that satisfies its own constraints; otherwise refuse it in the words of the constraints."""
    try:
        row.full_clean()
    except ValidationError as error:
        kind = row._meta.verbose_name
        raise Refused("invalid", f"{kind}“{row}”：{''.join(error.messages)}") from error
    row.save()
    return row
