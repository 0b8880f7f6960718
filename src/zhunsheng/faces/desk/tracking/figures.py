"""目标与数: what a plan demands in figures, beside what has been reached; typed by one person, confirmed by another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.tracking.common import above, number, plan_or_404
from zhunsheng.faces.desk.tracking.duty import decimal
from zhunsheng.faces.guard import member, permitted
from zhunsheng.faces.sheets import Column, workbook
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.evidence.actions import Period, attach, store
from zhunsheng.kernel.evidence.queries import of
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import today
from zhunsheng.people.models import Member
from zhunsheng.programmes.plans.actions.figures import confirm_figure, ref_of_figure, report_figure
from zhunsheng.programmes.plans.demands import demands, words
from zhunsheng.programmes.plans.models import Figure, Goal, Plan, Target
from zhunsheng.programmes.plans.rights import rights

UNPROCESSABLE: Final = 422


@permitted
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The list; posted, a figure is typed or confirmed."""
    plan = plan_or_404(request, pk)
    if request.method != "POST":
        return _page(request, plan)
    try:
        (_confirmed if "figure" in request.POST else _reported)(request, plan)
    except Refused as refusal:
        return _page(request, plan, error=str(refusal))
    return HttpResponseRedirect(reverse("desk:plan_figures", args=[pk]))


def _page(request: HttpRequest, plan: Plan, *, error: str = "") -> HttpResponse:
    edition = plan.editions.filter(state="published").first()
    listed = demands(edition) if edition else []
    shown = [one for line in listed for one in (line.figure, *line.waiting) if one is not None]
    context = {
        "plan": plan,
        "lines": listed,
        "words": words,
        "pieces": _pieces(shown),
        "oversees": rights(member(request)).over(plan.division.path),
        "sees": rights(member(request)).sees(plan.division.path),
        "me_pk": member(request).pk,
        "error": error,
        "typed": request.POST,
        "year_end": date(plan.year_to, 12, 31),
        "begins": date(plan.year_from, 1, 1),
    }
    return desk_page(
        request, "desk/tracking/figures.html", context, crumbs=above(plan), status=UNPROCESSABLE if error else 200
    )


def _pieces(shown: list[Figure]) -> dict[int, object]:
    """The evidence of every figure; one query."""
    refs = {ref_of_figure(one): one.pk for one in shown}
    return {refs[ref]: uses for ref, uses in of(refs).items()}


def _demand(request: HttpRequest, plan: Plan) -> Goal | Target:
    """The goal or target that the form is about, of this plan's published edition."""
    kind, _, given = request.POST.get("demand", "").partition("-")
    pk = number(given) or 0
    found: Goal | Target | None = None
    if kind == "goal":
        found = Goal.objects.filter(pk=pk, edition__plan=plan).select_related("edition__plan__division").first()
    elif kind == "target":
        rows = Target.objects.filter(pk=pk, wording__edition__plan=plan)
        found = rows.select_related("wording__edition__plan__division").first()
    if found is None:
        raise Refused("demand", "没有这个目标，可能方案换了新版。请刷新页面再填。")
    return found


def _reported(request: HttpRequest, plan: Plan) -> None:
    by = member(request)
    value = None if "none" in request.POST else decimal(request.POST.get("value", ""))
    if value is None and "none" not in request.POST:
        raise Refused("value", "请填数；本年没有这项工作的，选“不适用”。")
    begins, ends = _day(request, "begins"), _day(request, "ends")
    if ends < begins or ends > today():
        raise Refused("period", "期间的止日不能早于起日，也不能晚于今天。")
    made = report_figure(
        demand=_demand(request, plan),
        begins=begins,
        ends=ends,
        value=value,
        source=request.POST.get("source", ""),
        by=by,
    )
    _attach(request, made, by)


def _attach(request: HttpRequest, figure: Figure, by: Member) -> None:
    for upload in request.FILES.getlist("file"):
        stored = store(
            data=upload.read(),
            name=upload.name or "",
            unit_id=by.unit_id,
            period=Period(figure.begins, figure.ends),
            not_secret="not_secret" in request.POST,
            by=by,
        )
        attach(evidence=stored.evidence, ref=ref_of_figure(figure), by=by)


def _day(request: HttpRequest, name: str) -> date:
    try:
        return date.fromisoformat(request.POST.get(name, "").strip())
    except ValueError as error:
        raise Refused("day", "期间要写成 2026-06-30 这样的日期。") from error


def _confirmed(request: HttpRequest, plan: Plan) -> None:
    figure = Figure.objects.filter(pk=number(request.POST.get("figure")) or 0).select_related(
        "goal__edition", "target__wording__edition"
    ).first()  # fmt: skip
    if figure is None or _plan_of(figure) != plan.pk:
        raise Http404
    confirm_figure(figure=figure, by=member(request))


def _plan_of(figure: Figure) -> int:
    if figure.goal is not None:
        return figure.goal.edition.plan_id
    return figure.target.wording.edition.plan_id if figure.target is not None else 0


@permitted
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as a workbook."""
    plan = plan_or_404(request, pk)
    edition = plan.editions.filter(state="published").first()
    columns = [
        Column("出处", 30), Column("指标", 24), Column("要求", 20), Column("数", 12), Column("期间", 24),
        Column("是否达到", 10), Column("填报", 10), Column("复核", 10), Column("来源", 30),
    ]  # fmt: skip
    rows: list[tuple[str | Decimal | None, ...]] = []
    for line in demands(edition) if edition else []:
        one = line.figure
        said = "" if line.met is None else "达到" if line.met else "没有达到"
        if one is None:
            rows.append((line.where, line.demand.quantity, words(line.demand), None, "", said, "", "", ""))
        else:
            second = one.confirmed_by.full_name if one.confirmed_by else ""
            period = f"{one.begins} 至 {one.ends}"
            value = one.value if one.value is not None else "不适用"
            rows.append(
                (
                    line.where,
                    line.demand.quantity,
                    words(line.demand),
                    value,
                    period,
                    said,
                    one.reporter.full_name,
                    second,
                    one.source,
                )
            )
    return workbook(request, f"{plan.title}-目标与数", columns, rows)
