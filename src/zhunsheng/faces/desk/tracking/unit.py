"""A unit's page: what it owes, what is late, how it stands."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from zhunsheng.faces.desk.clocks import Remaining
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.paging import paged
from zhunsheng.faces.desk.tracking.common import cells, number
from zhunsheng.faces.guard import member, permitted
from zhunsheng.faces.sheets import Column, workbook
from zhunsheng.kernel.now import today
from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans import lists, visible
from zhunsheng.programmes.plans.models import Duty, Plan
from zhunsheng.programmes.plans.nearness import CELLS, days
from zhunsheng.programmes.plans.rights import rights


@permitted
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The duties of a unit, the earliest first, filtered by the address."""
    unit, rows = _unit(request, pk)
    wish = _wish(request)
    found = _filtered(rows, wish)
    context = {
        "unit": unit,
        "page": paged(request, found),
        "wish": wish,
        "states": cells(),
        "cell_words": dict(cells()),
        "shapes": {key: shape for key, (_, shape) in CELLS.items()},
        "plans": Plan.objects.filter(pk__in=rows.values("task__plan")).order_by("-year_from", "pk"),
        "counts": _counts(_narrowed(rows, wish)),
        "remaining": Remaining(today()),
        "query": urlencode({key: value for key, value in wish.items() if value}),
        "oversees": rights(member(request)).over(unit.division.path),
    }
    return desk_page(request, "desk/tracking/unit.html", context)


def _unit(request: HttpRequest, pk: int) -> tuple[Unit, QuerySet[Duty]]:
    """The unit and its duties, if the person may see any business of it."""
    unit = Unit.objects.select_related("division").filter(pk=pk).first()
    held = rights(member(request))
    if unit is None or not (unit.pk in held.units or held.sees(unit.division.path)):
        raise Http404
    return unit, visible.duties(member(request)).filter(unit=unit)


def _wish(request: HttpRequest) -> dict[str, str]:
    state = request.GET.get("state", "")
    plan = number(request.GET.get("plan"))
    return {
        "q": request.GET.get("q", "").strip()[:50],
        "plan": str(plan) if plan else "",
        "state": state if state in CELLS else "",
    }


def _filtered(rows: QuerySet[Duty], wish: dict[str, str]) -> QuerySet[Duty]:
    found = lists.duty_lines(_narrowed(rows, wish), today(), days())
    return found.filter(Q(("cell", wish["state"]))) if wish["state"] else found.exclude(state="cancelled")


def _narrowed(rows: QuerySet[Duty], wish: dict[str, str]) -> QuerySet[Duty]:
    """By words and plan, not by state: what the figures at the top count."""
    if wish["q"]:
        rows = rows.filter(Q(task__wording__title__icontains=wish["q"]) | Q(task__wording__number=wish["q"]))
    return rows.filter(task__plan_id=int(wish["plan"])) if wish["plan"] else rows


def _counts(rows: QuerySet[Duty]) -> dict[str, int]:
    """How many stand how; one query."""
    counted = lists.by_cell(rows, today(), days())
    return {key: counted[key] for key in CELLS if counted[key]}


@permitted
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as it is filtered, as a workbook."""
    unit, rows = _unit(request, pk)
    limits = days()
    columns = [
        Column("方案", 30),
        Column("编号", 8),
        Column("任务", 40),
        Column("期", 16),
        Column("角色", 8),
        Column("期限", 12),
        Column("状态", 12),
        Column("办结", 12),
    ]
    lines = [
        (
            duty.task.plan.title, duty.task.wording.number if duty.task.wording else "", duty.task.wording.title if duty.task.wording else "",
            duty.occurrence.label, duty.assignment.get_role_display(), duty.due,
            limits.words(lists.key_of(duty)), duty.done_on,
        )
        for duty in _filtered(rows, _wish(request))
    ]  # fmt: skip
    return workbook(request, f"{unit.short_name}-任务", columns, lines)
