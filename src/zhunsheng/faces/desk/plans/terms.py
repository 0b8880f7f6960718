"""方案要素: title, years, office in charge, cycle of reports, the date where none is set; and what follows from them."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.links import reverse
from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans.actions.carrying import set_terms
from zhunsheng.programmes.plans.forecast import forecast
from zhunsheng.programmes.plans.models import Cycle, Edition
from zhunsheng.programmes.plans.yearly import Move, check_years, move_to

from .finding import crumbs, nothing_prepared, number_of, offices, prepared
from .steps import steps

FIELDS = ("title", "year_from", "year_to", "office", "cycle", "default_due")
UNPROCESSABLE = 422


@permitted
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; 先看看 shows what would follow, 记下 keeps it."""
    edition = prepared(request, pk)
    if edition is None:
        return nothing_prepared(pk)
    if request.method != "POST":
        return _page(request, edition, _stored(edition))
    typed = {field: request.POST.get(field, "").strip() for field in FIELDS}
    errors, day = {}, None
    try:
        day = date.fromisoformat(typed["default_due"]) if typed["default_due"] else None
    except ValueError:
        errors["default_due"] = (
            f"“{typed['default_due']}”不是日期，请写成 {edition.plan.year_from}-12-31 的样子，或者空着。"
        )
    office = next((unit for unit in offices(request) if str(unit.pk) == typed["office"]), None)
    years = _years(typed, edition, errors)
    if typed["cycle"] not in Cycle.values or office is None:
        errors["office" if office is None else "cycle"] = "请从列出的里面选一个。"
    if errors or office is None:
        return _page(request, edition, typed, errors)
    if request.POST.get("do") != "save":
        move = move_to(edition.plan, years[0])
        edition.plan.default_due, edition.plan.cycle = day, typed["cycle"]
        edition.plan.year_from, edition.plan.year_to = years
        return _page(request, edition, typed, move=move)
    return _saved(request, edition, typed, office, day, years=years)


def _years(typed: dict[str, str], edition: Edition, errors: dict[str, str]) -> tuple[int, int]:
    """The years as typed, those that there are where nothing is; what is wrong with them goes into ``errors``."""
    plan = edition.plan
    typed["year_from"], typed["year_to"] = (
        typed["year_from"] or str(plan.year_from),
        typed["year_to"] or str(plan.year_to),
    )
    first, last = number_of(typed["year_from"]), number_of(typed["year_to"])
    for field, year in (("year_from", first), ("year_to", last)):
        if year is None:
            errors[field] = f"“{typed[field][:20]}”不是年份，请写四个数字，例如 {plan.year_from}。"
    years = (first or plan.year_from, last or plan.year_to)
    try:
        check_years(plan, *years)
    except Refused as error:
        errors.setdefault("year_from", str(error))
    return years


def _saved(
    request: HttpRequest,
    edition: Edition,
    typed: dict[str, str],
    office: Unit,
    day: date | None,
    *,
    years: tuple[int, int],
) -> HttpResponse:
    try:
        set_terms(
            edition=edition,
            office=office,
            cycle=typed["cycle"],
            default_due=day,
            title=typed["title"],
            years=years,
            by=member(request),
            version=number_of(request.POST.get("version", "")),
        )
    except Refused as error:
        edition.refresh_from_db(fields=["version"])
        field = {"due": "default_due", "office": "office", "invalid": "title", "years": "year_from"}.get(error.code, "")
        return _page(request, edition, typed, {field: str(error)})
    return HttpResponseRedirect(f"{reverse('desk:plan_terms', args=[edition.plan_id])}?done=1")


def _stored(edition: Edition) -> dict[str, str]:
    plan = edition.plan
    return {
        "title": plan.title,
        "year_from": str(plan.year_from),
        "year_to": str(plan.year_to),
        "office": str(plan.office_id),
        "cycle": plan.cycle,
        "default_due": plan.default_due.isoformat() if plan.default_due else "",
    }


def _page(
    request: HttpRequest,
    edition: Edition,
    typed: dict[str, str],
    errors: dict[str, str] | None = None,
    *,
    move: Move | None = None,
) -> HttpResponse:
    found = forecast(edition, move)
    titles = {one.task_id: one for one in edition.wordings.filter(task__in=found.undated).select_related("edition")}
    stored = _stored(edition)
    names = dict(Cycle.choices) | {unit.pk: unit.short_name for unit in offices(request)}
    context = {
        "edition": edition,
        "plan": edition.plan,
        "steps": steps(edition, "terms"),
        "typed": typed,
        "errors": errors or {},
        "stored": stored,
        "years": (move.first, move.last) if move else (edition.plan.year_from, edition.plan.year_to),
        "offices": [(unit.pk, unit.short_name) for unit in offices(request)],
        "names": names,
        "cycles": Cycle.choices,
        "forecast": found,
        "undated": [titles[task] for task in found.undated if task in titles],
        "previewed": move is not None,
        "done": request.GET.get("done") == "1" and request.method == "GET",
    }
    status = UNPROCESSABLE if errors else 200
    return desk_page(request, "desk/plans/terms.html", context, crumbs=crumbs(edition.plan), status=status)
