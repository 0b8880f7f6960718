"""Founding an installation: the county, its first unit, and the three administrators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhunsheng.kernel.actor import Program
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import now, today
from zhunsheng.kernel.prepared import prepared
from zhunsheng.people import actions
from zhunsheng.people.models import (
    ADMINISTRATORS,
    Division,
    DivisionKind,
    Installation,
    Member,
    Role,
    Unit,
    UnitKind,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet

    from zhunsheng.kernel.actor import Actor

FOUNDING = Program("初始化")


@dataclass(frozen=True, slots=True)
class NewAdministrator:
    """One of the three administrators as typed at the installation."""

    username: str
    name: str
    password: str


def current() -> Installation | None:
    """The installation of this database, ``None`` before ``found`` or the demo."""
    return next(iter(_installed()), None)


@prepared
def _installed() -> QuerySet[Installation]:
    return Installation.objects.select_related("division").order_by("pk")[:1]


def found(
    *,
    county: str,
    first_unit: str,
    administrators: Mapping[Role, NewAdministrator],
    code: str = "",
    kind: DivisionKind = DivisionKind.COUNTY,
    unit_kind: UnitKind = UnitKind.DEPARTMENT,
    day: date | None = None,
    by: Actor = FOUNDING,
) -> Installation:
    """Found an empty county (or prefecture): its division, a first unit, and three administrators in that unit.

    ``administrators`` names the system, the security and the audit administrator, three persons with three
    user names and passwords that ``AUTH_PASSWORD_VALIDATORS`` accept. ``day`` is the first day of their
    roles, today unless said. Raises ``Refused`` the second time, on a database with data, or on a bad value;
    then nothing is stored.
    """
    refuse_if_founded()
    _check(administrators)
    day = day or today()
    name = first_unit.strip()
    with change(by, "建县"):
        division = actions.add_division(parent=None, kind=kind, name=county.strip(), code=code.strip(), by=by)
        unit = actions.add_unit(division=division, kind=unit_kind, name=name, short_name=name, by=by)
        for role in ADMINISTRATORS:
            _appoint(administrators[role], role, unit, day, by)
        return Installation.objects.create(division=division, founded_at=now())


def refuse_if_founded() -> None:
    """Raise ``Refused`` where this database already serves somebody or holds data of unknown origin."""
    installation = current()
    if installation is not None:
        what = "演示县" if installation.is_demo else ""
        raise Refused(
            "already_founded",
            f"数据库里已有{what}“{installation.division.name}”，不能再次初始化。"
            "要另建一个县，请把 ZHUNSHENG_HOME 或 DATABASE_URL 指到新的地方。",
        )
    if Division.objects.exists() or Unit.objects.exists() or Member.objects.exists():
        raise Refused("not_empty", "数据库里已有区划、单位或者成员，却没有登记属于哪个县。请换一个空数据库。")


def _check(administrators: Mapping[Role, NewAdministrator]) -> None:
    if set(administrators) != set(ADMINISTRATORS):
        raise Refused("administrators", "要设系统管理员、安全管理员、审计管理员各一名，不多不少。")
    if len({admin.username.strip() for admin in administrators.values()}) < len(ADMINISTRATORS):
        raise Refused("administrators", "三名管理员的用户名不能相同：三项职责由三个人分担。")


def _appoint(admin: NewAdministrator, role: Role, unit: Unit, day: date, by: Actor) -> None:
    member = actions.add_member(
        username=admin.username.strip(), name=admin.name.strip(), unit=unit, password=admin.password, by=by
    )
    actions.grant_role(member=member, role=role, scope=unit.division, day=day, by=by)
