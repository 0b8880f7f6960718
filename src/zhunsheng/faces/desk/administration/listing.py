"""The list of accounts: filters that live in the address, and what each row shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import QueryDict

from zhunsheng.kernel.now import today
from zhunsheng.people import lockout
from zhunsheng.people.accounts import account_of
from zhunsheng.people.administration import idle
from zhunsheng.people.backends import usable
from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import Member, MemberRole, Role, SecondFactor

PER_PAGE: Final = 50
STATES: Final = (
    ("", "全部"),
    ("enabled", "已启用"),
    ("disabled", "未启用或停用"),
    ("locked", "锁定"),
    ("expired", "过期"),
    ("idle", "久未登录"),
    ("bare", "没有角色"),
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for: words, a unit, a role, a state; "" for any."""

    q: str
    unit: str
    role: str
    state: str

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return bool(self.q or self.unit or self.role or self.state)

    @property
    def query(self) -> str:
        """As written into an address, without the page."""
        made = QueryDict(mutable=True)
        made.update({name: getattr(self, name) for name in ("q", "unit", "role", "state") if getattr(self, name)})
        return made.urlencode()


@dataclass(frozen=True, slots=True)
class Row:
    """An account as shown: ``state`` is the kind and words of its badge."""

    member: Member
    roles: str
    state: tuple[str, str]
    two_steps: bool


def filters(given: Mapping[str, str]) -> Filters:
    """What an address asks for; what it may not ask for is left out."""
    unit, role, state = given.get("unit", ""), given.get("role", ""), given.get("state", "")
    return Filters(
        q=given.get("q", "").replace("\0", "").strip()[:50],
        unit=unit if unit.isascii() and unit.isdigit() and len(unit) < 16 else "",
        role=role if role in Role.values else "",
        state=state if state in dict(STATES) else "",
    )


def found(members: QuerySet[Member], wanted: Filters) -> QuerySet[Member]:
    """The members whom the filters leave, by unit and name."""
    if wanted.q:
        members = members.filter(Q(person__name__icontains=wanted.q) | Q(username__icontains=wanted.q.lower()))
    if wanted.unit:
        members = members.filter(unit_id=int(wanted.unit))
    held = MemberRole.objects.filter(in_force(today()), member=OuterRef("pk"))
    if wanted.role:
        members = members.filter(Exists(held.filter(role=wanted.role)))
    return _in_state(members, wanted.state, Exists(held)).order_by("unit_id", "pk")


def _in_state(members: QuerySet[Member], state: str, has_role: Exists) -> QuerySet[Member]:
    if state == "idle":
        return idle(members)
    conditions = {
        "": Q(),
        "enabled": Q(is_active=True),
        "disabled": Q(is_active=False),
        "expired": Q(account__expires_on__lte=today()),
        "bare": ~Q(has_role),
    }
    if state == "locked":
        return members.filter(username__in=list(lockout.locked()))
    return members.filter(conditions[state])


def page_of(members: QuerySet[Member], number: str) -> Page[Member]:
    """One page, with what its rows need."""
    held = MemberRole.objects.filter(in_force(today())).select_related("unit", "division").order_by("pk")
    confirmed = SecondFactor.objects.filter(member=OuterRef("pk"), confirmed_at__isnull=False)
    full = members.prefetch_related(Prefetch("roles", held, to_attr="held")).annotate(two_steps=Exists(confirmed))
    return cast("Page[Member]", Paginator(full, PER_PAGE).get_page(number))


def rows(members: Page[Member]) -> list[Row]:
    """The page as shown; one more query, for the locks."""
    locks = lockout.locked([member.username for member in members])
    return [
        Row(
            member=member,
            roles="、".join(dict.fromkeys(role.get_role_display() for role in getattr(member, "held", ()))),
            state=state(member, locks.get(member.username)),
            two_steps=getattr(member, "two_steps", False),
        )
        for member in members
    ]


def state(member: Member, locked_until: datetime | None) -> tuple[str, str]:
    """The kind and the words of the badge: the worst first."""
    if not member.is_active:
        return ("stop", "停用") if member.last_login else ("new", "未启用")
    if not usable(member):
        return "stop", f"{account_of(member).expires_on} 过期"
    if locked_until is not None:
        return "late", "锁定"
    return "done", "已启用"
