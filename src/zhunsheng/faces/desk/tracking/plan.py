"""任务清单: a running plan, task by task."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from zhunsheng.faces.desk.clocks import Remaining
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.tracking.common import cells, number, plan_or_404
from zhunsheng.faces.guard import member, permitted
from zhunsheng.faces.sheets import Column, workbook
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import today
from zhunsheng.kernel.prepared import prepared
from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans import lists
from zhunsheng.programmes.plans.models import Assignment, Edition, Plan
from zhunsheng.programmes.plans.nearness import CELLS, days
from zhunsheng.programmes.plans.rights import rights


@permitted
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The tasks with how their units stand, filtered as the address says."""
    plan = plan_or_404(request, pk)
    lines, wish = _lines(request, plan)
    held = rights(member(request))
    editions = _editions(plan.pk)
    context = {
        "plan": plan,
        "lines": lines,
        "wish": wish,
        "sections": _sections(lines),
        "states": cells(),
        "cell_words": dict(cells()),
        "shapes": {key: shape for key, (_, shape) in CELLS.items()},
        "standing": lists.standing(plan, today(), days()),
        "remaining": Remaining(today()),
        "units": _units(plan.pk) if held.sees(plan.division.path) else [],
        "oversees": held.over(plan.division.path),
        "edition": next((one for one in editions if one.state == "published"), None),
        "preparing": next((one for one in editions if one.state != "published"), None),
        "query": request.GET.urlencode(),
    }
    return desk_page(request, "desk/tracking/plan.html", context, crumbs=[("工作方案", reverse("desk:plans"))])


@prepared
def _editions(plan: int) -> QuerySet[Edition]:
    """The published edition and those that are in preparation."""
    rows = Edition.objects.filter(plan_id=plan, state__in=["published", "draft", "consulting", "ready"])
    return rows.select_related("published_by__person").order_by("pk")


def _lines(request: HttpRequest, plan: Plan) -> tuple[list[lists.TaskLine], lists.Wish]:
    """What the address asks for; a unit sees its own part only."""
    held = rights(member(request))
    unit = number(request.GET.get("unit"))
    if not held.sees(plan.division.path):
        unit = next(iter(held.units), 0)
    state = request.GET.get("state", "")
    wish = lists.Wish(
        q=request.GET.get("q", "").strip()[:50],
        section=request.GET.get("section", "")[:200],
        unit=unit,
        state=state if state in CELLS else "",
    )
    return lists.task_lines(plan, today(), days(), wish), wish


def _sections(lines: list[lists.TaskLine]) -> list[str]:
    return list(dict.fromkeys(line.section for line in lines if line.section))


@prepared
def _units(plan: int) -> QuerySet[Unit]:
    held = Assignment.objects.filter(task__plan_id=plan, ended=False).values("unit")
    return Unit.objects.filter(pk__in=held).order_by("kind", "pk")


@permitted
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as it is filtered, as a workbook."""
    plan = plan_or_404(request, pk)
    lines, _ = _lines(request, plan)
    limits = days()
    columns = [
        Column("编号", 8),
        Column("任务", 44),
        Column("章节", 24),
        Column("牵头", 18),
        Column("单位数", 8),
        Column("已办结", 8),
        Column("逾期", 8),
        Column("最近期限", 12),
        Column("状态", 12),
    ]
    rows = [
        (
            line.number, line.title, line.section, "、".join(line.leads), line.units, line.done,
            line.cells["late"], line.due, limits.words(line.state),
        )
        for line in lines
    ]  # fmt: skip
    return workbook(request, f"{plan.title}-任务清单", columns, rows)
