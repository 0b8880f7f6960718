"""One task: its words in the plan, what is asked, how every unit stands, period by period."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from zhunsheng.faces.desk.clocks import Remaining
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.tracking.common import above, cells, number
from zhunsheng.faces.guard import member, permitted
from zhunsheng.faces.marked import Mark, Segment, marked
from zhunsheng.kernel.evidence.queries import of
from zhunsheng.kernel.journal.reading import history
from zhunsheng.kernel.now import today
from zhunsheng.programmes.plans import lists, visible
from zhunsheng.programmes.plans.models import Duty, Report, ReportFigure, Task, Wording
from zhunsheng.programmes.plans.nearness import CELLS, days
from zhunsheng.programmes.plans.refs import ref_of_task
from zhunsheng.programmes.plans.reports import ref_of_report
from zhunsheng.programmes.plans.rights import rights


@permitted
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The task; ``period`` in the address chooses the period whose units are listed."""
    task = _task(request, pk)
    wording = task.wording
    if wording is None:
        raise Http404
    duties = visible.duties(member(request)).filter(task=task)
    periods = lists.period_lines(duties, today())
    period = _period(periods, number(request.GET.get("period")))
    rows = lists.pressing(lists.duty_lines(duties.filter(occurrence=period.pk), today(), days())) if period else []
    context = {
        "task": task,
        "wording": wording,
        "words": segments(wording),
        "periods": [(one, one.state(today())) for one in periods],
        "period": period,
        "rows": rows,
        "figures": _figures(rows),
        "pieces": _pieces(rows),
        "cell_words": dict(cells()),
        "shapes": {key: shape for key, (_, shape) in CELLS.items()},
        "remaining": Remaining(today()),
        "history": history(ref_of_task(task), size=30),
        "oversees": rights(member(request)).over(task.plan.division.path),
    }
    return desk_page(request, "desk/tracking/task.html", context, crumbs=above(task.plan))


def _task(request: HttpRequest, pk: int) -> Task:
    rows = visible.tasks(member(request)).select_related("plan__division", "wording__edition__source")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _period(periods: list[lists.PeriodLine], wanted: int | None) -> lists.PeriodLine | None:
    """The period asked for, else the earliest that is not over, else the last."""
    chosen = next((one for one in periods if one.pk == wanted), None)
    begun = [one for one in periods if one.begins <= today()]
    open_ones = [one for one in begun if one.done < one.total]
    return chosen or next(iter(open_ones), None) or next(reversed(begun or periods), None)


def segments(wording: Wording | None) -> list[Segment]:
    """The words of a task as printed, with what was read from them marked."""
    if wording is None:
        return []
    return marked(wording.edition.source.text, wording.start, wording.end, _marks(wording))


def _marks(wording: Wording) -> list[Mark]:
    """Where the wording names units, dates and targets; what a person added has no place in the text."""
    spans = [
        *((one.start, one.end, "lead" if one.role == "lead" else "resp") for one in wording.mentions.all()),
        *((one.start, one.end, "due") for one in wording.dues.all()),
        *((one.start, one.end, "due") for one in wording.frequencies.all()),
        *((one.start, one.end, "goal") for one in wording.targets.all()),
    ]
    return [Mark(start, end, kind) for start, end, kind in spans if start is not None and end is not None]


def _figures(rows: list[Duty]) -> dict[int, list[ReportFigure]]:
    """For each duty the figures of its last submitted report; two queries."""
    last: dict[int, Report] = {}
    reports = Report.objects.filter(duty__in=[one.pk for one in rows], submitted_at__isnull=False)
    for report in reports.order_by("number").prefetch_related("figures__target"):
        last[report.duty_id] = report
    return {duty: list(report.figures.all()) for duty, report in last.items()}


def _pieces(rows: list[Duty]) -> dict[int, int]:
    """For each duty how many pieces of evidence its reports carry; two queries."""
    reports = dict(Report.objects.filter(duty__in=[one.pk for one in rows]).values_list("pk", "duty_id"))
    refs = {ref_of_report(pk): duty for pk, duty in reports.items()}
    counted: dict[int, int] = {}
    for ref, uses in of(refs).items():
        counted[refs[ref]] = counted.get(refs[ref], 0) + len(uses)
    return counted
