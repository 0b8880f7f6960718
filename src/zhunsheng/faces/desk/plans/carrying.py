"""沿用与归档: last year's plan as a draft of the new year; a plan that is over put away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.links import reverse
from zhunsheng.programmes.plans.actions import carrying
from zhunsheng.programmes.plans.models import Plan

from .finding import crumbs, number_of, own_plan

UNPROCESSABLE = 422


@permitted
def carry(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, and the draft of the new year."""
    plan = own_plan(request, pk)
    if request.method != "POST":
        year = plan.year_from + 1
        return _page(request, plan, {"year": str(year), "title": carrying.title_of_year(plan, year)})
    typed = {name: request.POST.get(name, "").strip() for name in ("year", "title")}
    try:
        edition = carrying.carry_forward(
            plan=plan, year=number_of(typed["year"]) or 0, title=typed["title"], by=member(request)
        )
    except Refused as error:
        return _page(request, plan, typed, str(error))
    return HttpResponseRedirect(f"{reverse('desk:plan_mend', args=[edition.plan_id])}?done=carried")


@permitted
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the plan away."""
    plan = own_plan(request, pk)
    try:
        carrying.archive(plan=plan, by=member(request))
    except Refused as error:
        return _page(request, plan, {"year": str(plan.year_from + 1), "title": plan.title}, str(error))
    return HttpResponseRedirect(f"{reverse('desk:plan_editions', args=[pk])}?done=archived")


def _page(request: HttpRequest, plan: Plan, typed: dict[str, str], error: str = "") -> HttpResponse:
    published = plan.editions.filter(state="published").first()
    context = {
        "plan": plan,
        "typed": typed,
        "error": error,
        "published": published,
        "tasks": published.wordings.count() if published else 0,
    }
    status = UNPROCESSABLE if error else 200
    return desk_page(request, "desk/plans/carry.html", context, crumbs=crumbs(plan), status=status)
