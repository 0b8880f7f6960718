"""Changes to members and their roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.people import rules
from zhunsheng.people.actions.saving import save
from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import ADMINISTRATORS, Account, Division, Member, MemberRole, Person, Role, Unit
from zhunsheng.people.references import member_ref, person_ref, unit_ref
from zhunsheng.people.scope import Purpose, ensure

if TYPE_CHECKING:
    from datetime import date

    from zhunsheng.kernel.actor import Actor


def add_member(*, username: str, name: str, unit: Unit, by: Actor, password: str | None = None) -> Member:
    """Add a person and their account in a unit. Without a password nobody can sign in to it yet."""
    ensure(by, unit.division, Purpose.MANAGE_ACCOUNTS)
    with change(by, "新增成员", about=[unit_ref(unit)]):
        member = Member(username=username, person=save(Person(name=name)), unit=unit)
        if password is not None:
            _check_password(password, member)
        member.set_password(password)
        return save(member)


def amend_person(*, person: Person, name: str, office_phone: str, by: Actor) -> Person:
    """Correct a member's name or the telephone of their office."""
    ensure(by, person.member.unit.division, Purpose.MANAGE_ACCOUNTS)
    with change(by, "修改人员", about=[person_ref(person)]):
        person = Person.objects.select_for_update().get(pk=person.pk)
        person.name, person.office_phone = name, office_phone
        return save(person)


def move_member(*, member: Member, unit: Unit, day: date, by: Actor) -> Member:
    """Move a member to another unit from ``day`` on. Roles for the old unit end; those for the new one are given anew."""
    for place in (member.unit, unit):
        ensure(by, place.division, Purpose.MANAGE_ACCOUNTS)
    if unit.ending:
        raise Refused("unit_ended", f"{unit.name}已经终止，请选现有单位。")
    with change(by, "调动成员", about=[member_ref(member), unit_ref(member.unit), unit_ref(unit)]):
        member = Member.objects.select_for_update().get(pk=member.pk)
        for role in member.roles.filter(unit=member.unit_id, valid_to=None):
            role.valid_to = day
            save(role)
        member.unit = unit
        return save(member)


def _check_password(password: str, member: Member) -> None:
    """Refuse a password that Django's configured validators refuse."""
    try:
        validate_password(password, member)
    except ValidationError as error:
        reasons = "".join(_in_chinese(one) for one in error.error_list)
        raise Refused("password", f"{member.username} 的口令：{reasons}") from error


def _in_chinese(error: ValidationError) -> str:
    """The reason in Chinese; Django 5.2 has lost its own translation of this one."""
    if error.code == "password_too_short":
        return f"口令太短，至少 {(error.params or {}).get('min_length', 10)} 个字符。"
    return "".join(error.messages)


def grant_role(*, member: Member, role: Role, scope: Unit | Division, day: date, by: Actor) -> MemberRole:
    """Give a member a role for a unit or for a division from ``day`` on (see ``rules.clash``)."""
    ensure(by, scope.division if isinstance(scope, Unit) else scope, Purpose.MANAGE_RIGHTS)
    with change(by, "授予角色", about=[member_ref(member)]):
        Member.objects.select_for_update().get(pk=member.pk)
        _ensure_own_password(member, role, by)
        held = member.roles.filter(in_force(day)).values_list("role", flat=True)
        reason = rules.clash(map(Role, held), role)
        if reason is not None:
            raise Refused("role_clash", f"{member.person.name}：{reason}")
        unit = scope if isinstance(scope, Unit) else None
        division = scope if isinstance(scope, Division) else None
        return save(MemberRole(member=member, role=role, unit=unit, division=division, valid_from=day))


def _ensure_own_password(member: Member, role: Role, by: Actor) -> None:
    """No administrator's role for an account whose password somebody else knows still; the founding itself passes."""
    if by.pk is None or role not in ADMINISTRATORS or not member.has_usable_password():
        return
    if Account.objects.filter(member=member, must_change=True).exists():
        raise Refused(
            "password_known",
            f"{member.person.name}的口令是别人代设的，本人还没有改过，先不能给管理员角色：知道口令的人会一并得到它。"
            "请本人登录一次、改好口令，再来授予。",
        )


def end_role(*, role: MemberRole, day: date, by: Actor) -> MemberRole:
    """End a role: ``day`` is the first day on which it no longer holds. One that begins then or later is taken back."""
    ensure(by, role.unit.division if role.unit else role.division, Purpose.MANAGE_RIGHTS)
    with change(by, "终止角色", about=[member_ref(role.member)]):
        role = MemberRole.objects.select_for_update().get(pk=role.pk)
        if role.valid_to is not None:
            message = f"{role.member.person.name}的{role.get_role_display()}已于 {role.valid_to} 终止。"
            raise Refused("role_ended", message)
        if role.valid_from is not None and day <= role.valid_from:
            role.delete()  # it holds on no day; that it was given stands in the journal
            return role
        role.valid_to = day
        return save(role)
