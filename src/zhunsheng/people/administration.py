"""三员管理: what the system and the security administrator do to other people's accounts.

Each checks the role (三员分立: the one creates, the other enables), does, and logs. Nobody does any of it to themselves.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import now, today
from zhunsheng.people import actions, lockout, policy, second_factor
from zhunsheng.people.accounts import locked_account, member_ref, store_password
from zhunsheng.people.actions.saving import save
from zhunsheng.people.conditions import admitted, in_force, lasting, within
from zhunsheng.people.enabling import administers, enabled_by
from zhunsheng.people.models import ADMINISTRATORS, Division, Member, MemberRole, Role, Unit
from zhunsheng.people.passwords import one_time


def domain(by: Actor, *roles: Role) -> Q:
    """The units for which ``by`` holds one of ``roles`` today, as a condition on units; none if they hold none."""
    held = MemberRole.objects.filter(in_force(today()), member__pk=by.pk or 0, role__in=roles, division__isnull=False)
    condition = Q(pk__in=[])
    for row in held.select_related("division"):
        if row.division is not None:
            condition |= within(row.division, "division__")
    return condition


def units(by: Actor, *roles: Role) -> QuerySet[Unit]:
    """The living units that ``by`` administers in one of ``roles``."""
    return Unit.objects.filter(domain(by, *roles), in_force(today()))


def members(by: Actor, *roles: Role) -> QuerySet[Member]:
    """The members that ``by`` administers in one of ``roles``."""
    return Member.objects.filter(unit__in=Unit.objects.filter(domain(by, *roles))).select_related(
        "person", "unit__division", "account"
    )


def guardians(by: Actor) -> QuerySet[Member]:
    """The security administrators whom ``by`` oversees as audit administrator, their accounts usable or not."""
    held = MemberRole.objects.filter(lasting(today()), role=Role.SECURITY_ADMINISTRATOR)
    return members(by, Role.AUDIT_ADMINISTRATOR).filter(pk__in=held.values("member"))


def held_back(by: Actor) -> list[Member]:
    """The accounts that wait for ``by``, as audit administrator, to enable them."""
    disabled = guardians(by).filter(is_active=False).order_by("pk")
    return [one for one in disabled if enabled_by(one) == Role.AUDIT_ADMINISTRATOR]


def create_member(*, by: Actor, username: str, name: str, unit: Unit, expires_on: date | None = None) -> Member:
    """建账号: a member who cannot sign in until the security administrator enables the account."""
    _ensure(by, Role.SYSTEM_ADMINISTRATOR, unit)
    with change(by, "建账号", about=[]):
        member = actions.add_member(username=username, name=name, unit=unit, by=by)
        member.is_active = False
        member.save(update_fields=["is_active"])
        account = locked_account(member)
        account.expires_on = expires_on
        account.save(update_fields=["expires_on"])
    return member


def edit_member(*, by: Actor, member: Member, name: str, unit: Unit, expires_on: date | None) -> None:
    """改账号: name, unit, the day from which the account no longer lets in. Roles for a unit that is left end today."""
    _ensure(by, Role.SYSTEM_ADMINISTRATOR, member.unit)
    _ensure(by, Role.SYSTEM_ADMINISTRATOR, unit)
    _not_oneself(by, member)
    if not name.strip():
        raise Refused("name", "姓名空着，请填上。")
    with change(by, "改账号", about=[member_ref(member)]):
        if expires_on is not None:
            _keep_one(member)
        locked = Member.objects.select_for_update(of=("self",)).select_related("person").get(pk=member.pk)
        locked.person.name = name.strip()
        save(locked.person)
        _move(locked, unit)
        account = locked_account(member)
        account.expires_on = expires_on
        account.save(update_fields=["expires_on"])


def _move(member: Member, unit: Unit) -> None:
    """Into another unit: what a role let the member do for the old one is over."""
    if member.unit_id == unit.pk:
        return
    for role in member.roles.filter(unit=member.unit_id, valid_to=None):
        role.valid_to = max(today(), (role.valid_from or today()) + timedelta(days=1))
        save(role)
    member.unit = unit
    member.save(update_fields=["unit"])


def reset_password(*, by: Actor, member: Member) -> str:
    """重置口令: a random password, to be told once and changed at the next sign-in; every session of the member ends.

    An administrator's account is disabled with it, until another administrator (``enabled_by``) has enabled it again.
    """
    _ensure(by, Role.SYSTEM_ADMINISTRATOR, member.unit)
    _not_oneself(by, member)
    password = one_time(member.username)
    with change(by, "重置口令", about=[member_ref(member)]):
        if administers(member):
            _hold_back(member)
        store_password(member, password, must_change=True)
    return password


def _hold_back(member: Member) -> None:
    """Disable an administrator's account whose password somebody else knows. Raises ``Refused`` where nobody could enable it."""
    _lock_administrators()
    if enabled_by(member) is None:
        raise Refused(
            "nobody_enables",
            f"{member.full_name}是管理员，重置以后账号停用，要由另一名管理员启用；现在没有能启用它的人，所以没有重置。"
            "请先让安全管理员的账号（安全管理员自己的，是审计管理员的账号）能够登录，再来重置。",
        )
    member.is_active = False
    member.save(update_fields=["is_active"])


def enable(*, by: Actor, member: Member) -> None:
    """启用: let the account in. The only security administrator's is the audit administrator's to enable."""
    _switch(by, member, enabled_by(member) or Role.SECURITY_ADMINISTRATOR, active=True, verb="启用账号")


def disable(*, by: Actor, member: Member, reason: str) -> None:
    """停用: close the account at once, with a reason; sessions end with their next request."""
    if not reason.strip():
        raise Refused("reason", "停用要写理由，以后查得到。")
    _switch(by, member, Role.SECURITY_ADMINISTRATOR, active=False, verb="停用账号", reason=reason.strip())


def _switch(by: Actor, member: Member, role: Role, *, active: bool, verb: str, reason: str = "") -> None:
    _not_oneself(by, member)
    _ensure(by, role, member.unit)
    with change(by, verb, about=[member_ref(member)], reason=reason):
        if not active:
            _keep_one(member)
        locked = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
        locked.is_active = active
        locked.save(update_fields=["is_active"])


def grant_role(*, by: Actor, member: Member, role: Role, scope: Unit | Division, day: date) -> MemberRole:
    """授予角色, from ``day`` on; nobody grants one to themselves."""
    _ensure(by, Role.SECURITY_ADMINISTRATOR, member.unit)
    _ensure_over(by, scope)
    _not_oneself(by, member)
    with change(by, f"授予角色：{role.label}", about=[member_ref(member)]):
        return actions.grant_role(member=member, role=role, scope=scope, day=day, by=by)


def end_role(*, by: Actor, role: MemberRole, day: date) -> MemberRole:
    """终止角色: ``day`` is the first day without it. One of each administrator must remain."""
    _ensure(by, Role.SECURITY_ADMINISTRATOR, role.member.unit)
    _not_oneself(by, role.member)
    with change(by, f"终止角色：{role.get_role_display()}", about=[member_ref(role.member)]):
        _keep_one(role.member, Role(role.role))
        return actions.end_role(role=role, day=day, by=by)


def unlock(*, by: Actor, member: Member) -> None:
    """解锁: forget the failed attempts."""
    _ensure(by, Role.SECURITY_ADMINISTRATOR, member.unit)
    lockout.unlock(by=by, member=member)


def reset_second_factor(*, by: Actor, member: Member) -> None:
    """停用动态口令, for somebody who has lost the telephone."""
    _ensure(by, Role.SECURITY_ADMINISTRATOR, member.unit)
    _not_oneself(by, member)
    second_factor.disable(by=by, member=member)


def idle(found: QuerySet[Member]) -> QuerySet[Member]:
    """Those of the enabled accounts that nobody has used for as long as the policy says."""
    since = now() - timedelta(days=policy.current().idle_account_days)
    return found.filter(Q(last_login__isnull=True) | Q(last_login__lt=since), is_active=True)


def _ensure(by: Actor, role: Role, unit: Unit) -> None:
    """Refuse whoever does not hold the administrator's role over the unit."""
    if not Unit.objects.filter(domain(by, role), pk=unit.pk).exists():
        raise Refused("not_yours", f"这一步由管辖{unit.short_name}的{role.label}办理。")


def _ensure_over(by: Actor, scope: Unit | Division) -> None:
    """Refuse a scope beyond what the security administrator administers."""
    if isinstance(scope, Unit):
        return _ensure(by, Role.SECURITY_ADMINISTRATOR, scope)
    held = MemberRole.objects.filter(in_force(today()), member__pk=by.pk or 0, role=Role.SECURITY_ADMINISTRATOR)
    if not any(scope.path.startswith(str(path)) for path in held.values_list("division__path", flat=True)):
        raise Refused("not_yours", f"{scope.name}不在你的管辖范围里。")
    return None


def _not_oneself(by: Actor, member: Member) -> None:
    if by.pk == member.pk:
        raise Refused("oneself", "自己的账号和角色由另一名管理员办理。")


def _keep_one(member: Member, role: Role | None = None) -> None:
    """Refuse to leave the installation without one of the three administrators who can sign in.

    Their roles are locked until the transaction ends: two of a kind cannot dismiss each other at the same moment.
    """
    _lock_administrators()
    held = {Role(row.role) for row in member.roles.filter(in_force(today()))}
    for one in (held if role is None else {role}) & set(ADMINISTRATORS):
        others = MemberRole.objects.filter(in_force(today()), admitted(today(), "member__"), role=one)
        if not others.exclude(member=member).exists():
            raise Refused("last_administrator", f"{member.full_name}是唯一的{one.label}，请先另设一人再办。")


def _lock_administrators() -> None:
    list(MemberRole.objects.select_for_update().filter(role__in=ADMINISTRATORS).order_by("pk"))
