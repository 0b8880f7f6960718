"""A unit's page: what it owes, what is late, how it stands."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from zhunsheng.faces.desk.clocks import Remaining
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.paging import Leaves, paged
from zhunsheng.faces.desk.tracking.common import cells, number
from zhunsheng.faces.guard import member, permitted
from zhunsheng.faces.sheets import Column, workbook
from zhunsheng.kernel.now import today
from zhunsheng.kernel.prepared import prepared, value
from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans import lists
from zhunsheng.programmes.plans.models import Duty, Plan
from zhunsheng.programmes.plans.nearness import CELLS, days
from zhunsheng.programmes.plans.rights import rights


@permitted
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The duties of a unit, the earliest first, filtered by the address."""
    unit = _unit(request, pk)
    wish = _wish(request)
    chosen = _chosen(request, unit, wish)
    context = {
        "unit": unit,
        "page": paged(request, _leaves(chosen, wish)),
        "wish": wish,
        "states": cells(),
        "cell_words": dict(cells()),
        "shapes": {key: shape for key, (_, shape) in CELLS.items()},
        "plans": _plans(lists.Chosen(chosen.held, unit=unit.pk)),
        "counts": _counts(chosen),
        "remaining": Remaining(today()),
        "query": urlencode({key: value for key, value in wish.items() if value}),
        "oversees": rights(member(request)).over(unit.division.path),
    }
    return desk_page(request, "desk/tracking/unit.html", context)


def _unit(request: HttpRequest, pk: int) -> Unit:
    """The unit, if the person may see any business of it."""
    unit = next(iter(_units(pk)), None)
    held = rights(member(request))
    if unit is None or not (unit.pk in held.units or held.sees(unit.division.path)):
        raise Http404
    return unit


@prepared
def _units(pk: int) -> QuerySet[Unit]:
    return Unit.objects.select_related("division").filter(pk=pk)


@prepared
def _plans(chosen: lists.Chosen) -> QuerySet[Plan]:
    return Plan.objects.filter(pk__in=chosen.duties().values("task__plan")).order_by("-year_from", "pk")


def _wish(request: HttpRequest) -> dict[str, str]:
    state = request.GET.get("state", "")
    plan = number(request.GET.get("plan"))
    return {
        "q": request.GET.get("q", "").strip()[:50],
        "plan": str(plan) if plan else "",
        "state": state if state in CELLS else "",
    }


def _chosen(request: HttpRequest, unit: Unit, wish: dict[str, str]) -> lists.Chosen:
    """Narrowed by words and plan, not by state: what the figures at the top count."""
    plan = int(wish["plan"]) if wish["plan"] else None
    return lists.Chosen(rights(member(request)), unit=unit.pk, plan=plan, words=value(wish["q"]))


def _leaves(chosen: lists.Chosen, wish: dict[str, str]) -> Leaves[Duty]:
    form: Any = {"limits": days(), "state": wish["state"]}
    return Leaves(
        lambda: sum(lists.duty_count(chosen, today(), **form)),
        lambda first, last: lists.duty_lines(chosen, today(), **form, first=first, last=last),
    )


def _counts(chosen: lists.Chosen) -> dict[str, int]:
    """How many stand how; one query."""
    counted = lists.by_cell(chosen, today(), days())
    return {key: counted[key] for key in CELLS if counted[key]}


@permitted
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as it is filtered, as a workbook."""
    unit, wish, limits = _unit(request, pk), _wish(request), days()
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
        for duty in lists.duty_lines(_chosen(request, unit, wish), today(), limits=limits, state=wish["state"])
    ]  # fmt: skip
    return workbook(request, f"{unit.short_name}-任务", columns, lines)
