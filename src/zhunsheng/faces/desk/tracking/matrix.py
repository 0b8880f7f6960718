"""单位 × 任务: a whole plan at a glance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from markupsafe import Markup

from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.tracking.common import above, cells, plan_or_404
from zhunsheng.faces.guard import member, permitted
from zhunsheng.faces.sheets import Column, workbook
from zhunsheng.kernel.now import today
from zhunsheng.people.models import Unit, UnitKind
from zhunsheng.programmes.plans.matrix import LEADS, Matrix, Row, matrix
from zhunsheng.programmes.plans.models import Plan
from zhunsheng.programmes.plans.nearness import CELLS, days
from zhunsheng.programmes.plans.rights import rights
from zhunsheng.programmes.plans.spans import Span, spans

GROUPS = {
    "towns": ("乡镇街道", frozenset({UnitKind.TOWNSHIP, UnitKind.SUB_DISTRICT})),
    "departments": (
        "政府部门",
        frozenset({UnitKind.ENFORCING_DEPARTMENT, UnitKind.DEPARTMENT, UnitKind.VERTICAL, UnitKind.OFFICE}),
    ),
    "villages": ("村（社区）", frozenset({UnitKind.VILLAGE})),
}
ONLY = {
    "trouble": ("逾期和退回", frozenset({"late", "back"})),
    "near": ("临近到期", frozenset({"near", "soon"})),
    "wait": ("待确认", frozenset({"wait"})),
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading over neighbouring columns."""

    title: str
    width: int


@dataclass(frozen=True, slots=True)
class Band:
    """Units of one kind, one after the other."""

    label: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: kind of units, kind of states, one of the stretches of the year that there are."""

    group: str
    only: str
    periods: list[Span]
    span: Span | None


@permitted
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The matrix, narrowed to a kind of units, a kind of state or a stretch of the year by the address."""
    plan = plan_or_404(request, pk)
    if not rights(member(request)).sees(plan.division.path):
        raise Http404
    asked = _asked(request, plan)
    found = _found(plan, asked)
    context = {
        "plan": plan,
        "matrix": found,
        "chapters": _chapters(found),
        "bands": list(_bands(found)),
        "cells_of": drawn(found),
        "legend": [(CELLS[key][1], words, found.counts[key]) for key, words in cells() if found.counts[key]],
        "groups": [(key, words) for key, (words, _) in GROUPS.items()],
        "onlies": [(key, words) for key, (words, _) in ONLY.items()],
        "asked": asked,
        "periods": [(one.key, one.label) for one in asked.periods],
        "named": _named(asked),
        "period": asked.span.key if asked.span else "",
        "query": request.GET.urlencode(),
    }
    return desk_page(request, "desk/tracking/matrix.html", context, crumbs=above(plan))


def _asked(request: HttpRequest, plan: Plan) -> Asked:
    """Nonsense is as good as nothing."""
    group, only = request.GET.get("group", ""), request.GET.get("only", "")
    periods = spans(plan)
    span = next((one for one in periods if one.key == request.GET.get("period")), None)
    return Asked(group if group in GROUPS else "", only if only in ONLY else "", periods, span)


def _found(plan: Plan, asked: Asked) -> Matrix:
    units = Unit.objects.filter(division__path__startswith=plan.division.path).order_by("kind", "pk")
    if asked.group:
        units = units.filter(kind__in=GROUPS[asked.group][1])
    keys = ONLY[asked.only][1] if asked.only else frozenset[str]()
    return matrix(plan, today(), units, only=keys, span=asked.span)


def _chapters(found: Matrix) -> list[Chapter]:
    return [Chapter(title, len(list(some))) for title, some in groupby(found.columns, key=lambda one: one.section)]


def _bands(found: Matrix) -> Iterator[Band]:
    """The rows by kind of unit, in the order of the kinds."""
    rank = {kind: index for index, kind in enumerate(UnitKind)}
    rows = sorted(found.rows, key=lambda row: rank[UnitKind(row.kind)])
    for kind, some in groupby(rows, key=lambda row: row.kind):
        yield Band(UnitKind(kind).label, list(some))


def drawn(found: Matrix) -> dict[int, Markup]:
    """The cells of each unit as HTML. Some ten thousand: each is one of a few ready pieces, joined without a template."""
    limits = days()
    pieces = {
        (key + mark, edge): _piece(CELLS[key][1], limits.words(key), lead=bool(mark), edge=edge)
        for key in CELLS
        for mark in ("", LEADS)
        for edge in (False, True)
    }
    empty = {edge: f'<td class="c none{" e" if edge else ""}"></td>' for edge in (False, True)}
    columns = [(one.task, one.last) for one in found.columns]
    return {row.unit: Markup("".join(_line(row, columns, pieces, empty))) for row in found.rows}  # noqa: S704


def _line(
    row: Row, columns: list[tuple[int, bool]], pieces: dict[tuple[str, bool], str], empty: dict[bool, str]
) -> Iterator[str]:
    held = row.cells
    for task, edge in columns:
        key = held.get(task)
        yield pieces[key, edge] if key else empty[edge]


def _piece(shape: str, words: str, *, lead: bool, edge: bool) -> str:
    """One cell: the shape for the eye, words for those who listen. Nothing in it comes from outside."""
    classes = f"c is-{shape}{' lead' if lead else ''}{' e' if edge else ''}"
    return f'<td class="{classes}"><span class="vh">{"牵头，" if lead else ""}{words}</span></td>'


@permitted
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The matrix as a workbook: a unit a line, a task a column, words in the cells."""
    plan = plan_or_404(request, pk)
    if not rights(member(request)).sees(plan.division.path):
        raise Http404
    asked = _asked(request, plan)
    found = _found(plan, asked)
    limits = days()
    columns = [Column("单位", 18), *(Column(f"{one.number} {one.title}", 12) for one in found.columns)]
    rows = [(row.name, *(_cell(row.cells.get(one.task), limits.words) for one in found.columns)) for row in found.rows]
    return workbook(request, f"{plan.title}-单位任务矩阵-{_named(asked)}", columns, rows)


def _named(asked: Asked) -> str:
    return asked.span.label if asked.span else "当前一期"


def _cell(key: str | None, words: Callable[[str], str]) -> str:
    if key is None:
        return ""
    said = words(key.removesuffix(LEADS))
    return f"牵头：{said}" if key.endswith(LEADS) else said
