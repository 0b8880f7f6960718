"""What the pages of running plans share: choices of filters, the plan above a page."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from zhunsheng.faces.desk.pages import Crumb
from zhunsheng.faces.guard import member
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.prepared import prepared
from zhunsheng.programmes.plans import visible
from zhunsheng.programmes.plans.models import Plan
from zhunsheng.programmes.plans.nearness import CELLS, days
from zhunsheng.programmes.plans.rights import Rights, rights


def cells() -> list[tuple[str, str]]:
    """The states of a filter: key and words."""
    limits = days()
    return [(key, limits.words(key)) for key in CELLS]


def plan_or_404(request: HttpRequest, pk: int) -> Plan:
    """The plan, if the person may see it."""
    found = next(iter(_plans(rights(member(request)), pk)), None)
    if found is None:
        raise Http404
    return found


@prepared
def _plans(held: Rights, pk: int) -> QuerySet[Plan]:
    return visible.plans_of(held).filter(pk=pk).select_related("office", "division")


def above(plan: Plan) -> list[Crumb]:
    """The places above a page of a plan."""
    return [("工作方案", reverse("desk:plans")), (plan.title, reverse("desk:plan", args=[plan.pk]))]


def number(value: str | None) -> int | None:
    """A number of a record from the address; ``None`` for nothing or nonsense."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None
