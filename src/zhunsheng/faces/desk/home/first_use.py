"""第一次用: what has to be there before a county can work, computed from the data; gone when all of it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from zhunsheng.faces.access import OFFICE
from zhunsheng.faces.desk.home.year import wanting
from zhunsheng.faces.desk.links import open_to
from zhunsheng.faces.guard import roles_of
from zhunsheng.kernel.now import today
from zhunsheng.kernel.prepared import prepared
from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import ADMINISTRATORS, Member, MemberRole, Role, Unit, UnitKind
from zhunsheng.programmes.plans.models import Plan


@dataclass(frozen=True, slots=True)
class Step:
    """A thing to set up: whether it is, how it stands, who does it, and where ("" for who cannot)."""

    title: str
    done: bool
    standing: str
    who: str
    url: str
    verb: str


def steps(request: HttpRequest) -> list[Step]:
    """All of them for administrators and the office until the last is done; nothing for others, and nothing afterwards.

    Whoever has published a plan that units report on has done the rest: two queries, six while anything is open.
    """
    if not roles_of(request) & (OFFICE | set(ADMINISTRATORS)):
        return []
    if any(_any_published()) and any(_any_liaison(today())):
        return []
    return list(_steps(request, _counted()))


@prepared
def _any_published() -> QuerySet[Plan, int]:
    return _published().order_by().values_list("pk", flat=True)[:1]


@prepared
def _any_liaison(day: date) -> QuerySet[MemberRole, int]:
    return _held(day).filter(role=Role.LIAISON_OFFICER).order_by().values_list("pk", flat=True)[:1]


def _published() -> QuerySet[Plan]:
    return Plan.objects.filter(state__in=["running", "archived"])


def _held(day: date) -> QuerySet[MemberRole]:
    return MemberRole.objects.filter(in_force(day), member__is_active=True)


def _counted() -> dict[str, int]:
    """Units, members who are no administrators, members of the office, units with a liaison officer, plans."""
    held = _held(today())
    administering = held.filter(role__in=ADMINISTRATORS, member=OuterRef("pk"))
    return {
        **held.aggregate(
            office=Count("member", filter=Q(role__in=OFFICE), distinct=True),
            liaison=Count("unit", filter=Q(role=Role.LIAISON_OFFICER), distinct=True),
        ),
        "units": Unit.objects.filter(in_force(today())).exclude(kind=UnitKind.VILLAGE).count(),
        "members": Member.objects.filter(~Exists(administering)).count(),
        "plans": _published().count(),
    }


def _steps(request: HttpRequest, counted: dict[str, int]) -> Iterator[Step]:
    wanted = wanting(today())
    yield Step(
        "载入放假安排", wanted is None,
        f"{wanted} 年的还没有载入" if wanted else "今年的已经载入",
        "系统管理员", open_to(request, "desk:calendar"), "载入",
    )  # fmt: skip
    yield Step(
        "录入单位，可以用 Excel", counted["units"] > 1,
        f"现有 {counted['units']} 家", "系统管理员", open_to(request, "desk:units"), "录入",
    )  # fmt: skip
    yield Step(
        "给每家单位的人建账号", counted["members"] > 0,
        f"除三员外 {counted['members']} 个账号", "系统管理员", open_to(request, "desk:accounts"), "建账号",
    )  # fmt: skip
    yield Step(
        "启用账号，授予角色", counted["office"] > 1 and counted["liaison"] > 0,
        f"依法治县办 {counted['office']} 人（一人核对、一人发布，至少 2 人），{counted['liaison']} 家单位有联络员",
        "安全管理员", open_to(request, "desk:accounts"), "授角色",
    )  # fmt: skip
    yield Step(
        "导入第一份工作方案，核对、发布", counted["plans"] > 0,
        f"已发布 {counted['plans']} 份", "依法治县办", open_to(request, "desk:plans"), "导入",
    )  # fmt: skip
