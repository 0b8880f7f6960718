"""一份方案: its particulars, its editions, its tasks, and what can be done with it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.evidence import queries as evidence
from zhunsheng.programmes.plans import visible
from zhunsheng.programmes.plans.refs import ref_of_plan
from zhunsheng.programmes.plans.rights import may_prepare
from zhunsheng.programmes.plans.states import EDITION, PLAN

from .finding import IN_PREPARATION, crumbs, plan_of
from .listing import years

DONE = {
    "known": ("这份文件以前导入过，就在这里", "逐字相同，没有再导入一次。要换新的一版，请导入改过的文件。"),
    "nothing": ("现在没有在核对的版次", "要改方案，请导入新的一版。"),
    "published": ("已发布", "各单位从现在起可以看到自己的任务。"),
    "dropped": ("这一版已放弃", "以前发布的版次照旧执行。"),
    "archived": ("已归档", ""),
}


@permitted
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan."""
    found, by = plan_of(request, pk), member(request)
    editions = list(found.editions.select_related("source", "prepared_by__person", "published_by__person"))
    editions.sort(key=lambda one: -one.number)
    tasks = visible.tasks(by).filter(plan=found).select_related("wording").order_by("wording__order")
    mine = may_prepare(by, found.division)
    context = {
        "plan": found,
        "years": years(found),
        "state": PLAN[found.state],
        "states": EDITION,
        "editions": [one for one in editions if mine or one.state in {"published", "superseded", "consulting"}],
        "open": next((one for one in editions if one.state in IN_PREPARATION), None) if mine else None,
        "published": next((one for one in editions if one.state == "published"), None),
        "tasks": tasks,
        "originals": evidence.of([ref_of_plan(found)])[ref_of_plan(found)],
        "mine": mine,
        "done": DONE.get(request.GET.get("done", "")),
    }
    return desk_page(request, "desk/plans/plan.html", context, crumbs=crumbs())
