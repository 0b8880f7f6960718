"""One task: its words in the plan, what is asked, how every unit stands, period by period."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse

from zhunsheng.faces.desk.clocks import Remaining
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.tracking.common import above, cells, number
from zhunsheng.faces.desk.tracking.wording import words_of
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.evidence.queries import of
from zhunsheng.kernel.journal.reading import history
from zhunsheng.kernel.now import today
from zhunsheng.kernel.prepared import prepared
from zhunsheng.programmes.plans import lists, visible
from zhunsheng.programmes.plans.models import Duty, Report, ReportFigure, Task
from zhunsheng.programmes.plans.nearness import CELLS, days
from zhunsheng.programmes.plans.refs import ref_of_task
from zhunsheng.programmes.plans.reports import ref_of_report
from zhunsheng.programmes.plans.rights import Rights, rights


@permitted
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The task; ``period`` in the address chooses the period whose units are listed."""
    task = _task(request, pk)
    wording = task.wording
    if wording is None:
        raise Http404
    held = rights(member(request))
    periods = lists.period_lines(lists.Chosen(held, task=task.pk), today())
    period = _period(periods, number(request.GET.get("period")))
    chosen = lists.Chosen(held, task=task.pk, occurrence=period.pk if period else 0)
    rows = lists.pressing(lists.duty_lines(chosen, today(), limits=days(), state=lists.EVERY))
    context = {
        "task": task,
        "wording": wording,
        "words": words_of(wording),
        "periods": [(one, one.state(today())) for one in periods],
        "period": period,
        "rows": rows,
        "figures": _figures(chosen),
        "pieces": _pieces(rows),
        "cell_words": dict(cells()),
        "shapes": {key: shape for key, (_, shape) in CELLS.items()},
        "remaining": Remaining(today()),
        "history": history(ref_of_task(task), size=30),
        "oversees": held.over(task.plan.division.path),
    }
    return desk_page(request, "desk/tracking/task.html", context, crumbs=above(task.plan))


def _task(request: HttpRequest, pk: int) -> Task:
    found = next(iter(_tasks(rights(member(request)), pk)), None)
    if found is None:
        raise Http404
    return found


@prepared
def _tasks(held: Rights, pk: int) -> QuerySet[Task]:
    return visible.tasks_of(held).select_related("plan__division", "wording__edition__source").filter(pk=pk)


def _period(periods: list[lists.PeriodLine], wanted: int | None) -> lists.PeriodLine | None:
    """The period asked for, else the earliest that is not over, else the last."""
    chosen = next((one for one in periods if one.pk == wanted), None)
    begun = [one for one in periods if one.begins <= today()]
    open_ones = [one for one in begun if one.done < one.total]
    return chosen or next(iter(open_ones), None) or next(reversed(begun or periods), None)


def _figures(chosen: lists.Chosen) -> dict[int, list[ReportFigure]]:
    """For each duty the figures of its last submitted report; one query."""
    last: dict[int, int] = {}
    found: defaultdict[int, list[ReportFigure]] = defaultdict(list)
    for figure in _reported(chosen):
        last[figure.report.duty_id] = figure.report_id
        found[figure.report_id].append(figure)
    return {duty: found[report] for duty, report in last.items()}


@prepared
def _reported(chosen: lists.Chosen) -> QuerySet[ReportFigure]:
    newest = Report.objects.filter(duty=OuterRef("report__duty"), submitted_at__isnull=False).order_by("-number")
    rows = ReportFigure.objects.filter(
        report__duty__in=chosen.duties().values("pk"), report=Subquery(newest.values("pk")[:1])
    )
    return rows.select_related("report", "target").order_by("pk")


def _pieces(rows: list[Duty]) -> dict[int, int]:
    """For each duty how many pieces of evidence its reports carry; two queries."""
    reports = dict(Report.objects.filter(duty__in=[one.pk for one in rows]).values_list("pk", "duty_id"))
    refs = {ref_of_report(pk): duty for pk, duty in reports.items()}
    counted: dict[int, int] = {}
    for ref, uses in of(refs).items():
        counted[refs[ref]] = counted.get(refs[ref], 0) + len(uses)
    return counted
