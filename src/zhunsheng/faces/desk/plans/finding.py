"""The plan or edition that an address names, for the person who asks; else there is no such page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk.pages import Crumb
from zhunsheng.faces.guard import member
from zhunsheng.kernel.links import reverse
from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans import visible
from zhunsheng.programmes.plans.models import Edition, Plan
from zhunsheng.programmes.plans.rights import may_prepare, rights

IN_PREPARATION = ("draft", "consulting", "ready")


def plan_of(request: HttpRequest, pk: int) -> Plan:
    """A plan that they may see."""
    found = visible.plans(member(request)).select_related("division", "office", "carried_from").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def own_plan(request: HttpRequest, pk: int) -> Plan:
    """A plan that they prepare."""
    plan = plan_of(request, pk)
    if not may_prepare(member(request), plan.division):
        raise Http404
    return plan


def prepared(request: HttpRequest, pk: int) -> Edition | None:
    """The edition in preparation of a plan that they prepare; ``None`` where all of it is published or given up."""
    plan = own_plan(request, pk)
    edition = plan.editions.filter(state__in=IN_PREPARATION).select_related("source", "prepared_by__person").first()
    if edition is not None:
        edition.plan = plan
    return edition


def nothing_prepared(pk: int) -> HttpResponse:
    """To the plan's page, which says what can be done."""
    return HttpResponseRedirect(f"{reverse('desk:plan_editions', args=[pk])}?done=nothing")


def offices(request: HttpRequest) -> list[Unit]:
    """The units that can be in charge of a plan that they import: those of the divisions that they oversee."""
    held = rights(member(request))
    units = Unit.objects.exclude(kind="village").filter(ending="").select_related("division")
    found = [unit for unit in units.order_by("division__path", "pk") if held.over(unit.division.path)]
    own = member(request).unit_id
    return sorted(found, key=lambda unit: unit.pk != own)


def crumbs(plan: Plan | None = None) -> tuple[Crumb, ...]:
    """The places above a page of a plan."""
    above: tuple[Crumb, ...] = (("工作方案", reverse("desk:plans")),)
    return above if plan is None else (*above, (plan.title, reverse("desk:plan", args=[plan.pk])))


def number_of(text: str) -> int | None:
    """A whole number as typed or written into an address, ``None`` for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
