"""One unit: names with their days, who leads and assesses it, where it comes from and went, members, history."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse

from zhunsheng.faces.access import READERS
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.units.reach import Reach, crumbs, indented, kept_divisions, unit_or_404
from zhunsheng.faces.guard import permitted, roles_of
from zhunsheng.kernel.journal.reading import history
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import today
from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import Ending, Leadership, Member, MemberRole, Unit, UnitKind
from zhunsheng.people.references import unit_ref

DONE = {
    "added": "单位已新增。",
    "amended": "已改好。",
    "renamed": "已更名，原来的名称留作别名。",
    "ended": "已终止，历史都还在。",
    "merged": "已并入，历史都还在。",
    "alias": "已记住这个别名，以后的方案照此认。",
    "known": "这个名称本来就认得，没有重复记。",
    "forgotten": "已停用这个别名，从前的文件仍然认得。",
}
HISTORY = 20


@permitted
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a unit."""
    unit, reach = unit_or_404(request, pk)
    return unit_page(request, unit, reach)


def unit_page(
    request: HttpRequest, unit: Unit, reach: Reach, *, error: str = "", typed: Mapping[str, str] | None = None
) -> HttpResponse:
    """The page; with ``error`` the form that was refused stands as it was typed."""
    keeps = reach.keeps.allows(unit)
    living = living_units(reach) if keeps else []
    stored = {
        "kind": unit.kind, "led_by": unit.led_by, "superior": str(unit.superior_id or ""),
        "assessed_by": str(unit.assessed_by_id or ""), "name": unit.name, "short_name": unit.short_name,
        "day": str(today()), "ending": "", "successor": "", "alias": "",
    }  # fmt: skip
    context = {
        "unit": unit,
        "aliases": unit.aliases.order_by("valid_to", "pk"),
        "predecessors": unit.predecessors.order_by("valid_to", "pk"),
        "links": links(unit, reach),
        "members": members_of(unit),
        "events": history(unit_ref(unit), size=HISTORY),
        "business": bool(roles_of(request) & READERS),
        "keeps": keeps,
        "names": keeps or reach.oversees.allows(unit),
        "reads": reach.reads.allows(unit),
        "kinds": UnitKind.choices,
        "leaderships": Leadership.choices,
        "endings": Ending.choices,
        "others": [("", "没有"), *((one.pk, one.short_name) for one in living if one.pk != unit.pk)],
        "typed": {**stored, **(typed or {})},
        "error": error,
        "opened": request.path.rpartition("/")[2] if error else "",
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    status = 422 if error else 200
    return desk_page(request, "desk/units/unit.html", context, crumbs=crumbs(), status=status)


def links(unit: Unit, reach: Reach) -> dict[int, str]:
    """Addresses of the related units that the person sees, by number."""
    related = [unit.superior, unit.assessed_by, unit.successor, *unit.predecessors.select_related("division")]
    return {one.pk: reverse("desk:unit", args=[one.pk]) for one in related if one is not None and reach.sees(one)}


def living_units(reach: Reach) -> list[Unit]:
    """The living units that the person keeps, by place; villages' last."""
    found = Unit.objects.filter(reach.keeps.units(), in_force(today()), ending="").order_by("division__path", "pk")
    return sorted(found, key=lambda one: one.kind == UnitKind.VILLAGE)


def members_of(unit: Unit) -> list[Member]:
    """Members with the roles that they hold today (``held``); two queries."""
    roles = MemberRole.objects.filter(in_force(today())).select_related("unit", "division").order_by("pk")
    found = unit.members.select_related("person").prefetch_related(Prefetch("roles", roles, to_attr="held"))
    return list(found.order_by("-is_active", "pk"))


def form_page(request: HttpRequest, reach: Reach, typed: Mapping[str, str], error: str) -> HttpResponse:
    """The form of a new unit."""
    context = {
        "typed": typed,
        "error": error,
        "divisions": indented(kept_divisions(reach)),
        "kinds": [("", "请选"), *UnitKind.choices],
        "leaderships": Leadership.choices,
        "others": [("", "没有"), *((one.pk, one.short_name) for one in living_units(reach))],
    }
    return desk_page(request, "desk/units/new.html", context, crumbs=crumbs(), status=422 if error else 200)
