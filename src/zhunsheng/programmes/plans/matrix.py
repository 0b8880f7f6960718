"""The matrix of units by tasks: one scan of the assignments, or of the duties of a stretch of the year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from django.db.models import Case, Count, IntegerField, Min, Q, QuerySet, When

from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans.models import Assignment, Duty, Edition, Plan, Wording
from zhunsheng.programmes.plans.nearness import assigned_cell, cell, days
from zhunsheng.programmes.plans.spans import Span


@dataclass(frozen=True, slots=True)
class Column:
    """A task: its number, its short title, whether its chapter ends with it."""

    task: int
    number: str
    title: str
    section: str
    last: bool


LEADS = "*"
"""What follows the key of a cell whose unit leads the task."""

PRESSING: Final = ("late", "back", "wait", "near", "soon", "run", "new", "stop", "done", "na")
"""Which of several periods a cell shows: the first of these. So it is done only where nothing else is left."""


@dataclass(frozen=True, slots=True)
class Row:
    """A unit and its cells by task: a key of ``nearness.CELLS``, with ``LEADS`` behind it where the unit leads.

    Tasks that do not concern the unit are missing.
    """

    unit: int
    name: str
    kind: str
    cells: dict[int, str]

    def count(self, key: str) -> int:
        """How many of its cells have this key."""
        held = list(self.cells.values())
        return held.count(key) + held.count(key + LEADS)


@dataclass(frozen=True, slots=True)
class Matrix:
    """All of it. ``counts`` are the cells by key, ``done`` those of each task that are done, ``parts`` all of them."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    counts: Counter[str]
    done: Counter[int]
    parts: Counter[int]

    @property
    def total(self) -> int:
        """How many cells ask for something."""
        return sum(self.counts.values())


def matrix(
    plan: Plan, day: date, units: QuerySet[Unit], *, only: frozenset[str] = frozenset(), span: Span | None = None
) -> Matrix:
    """The matrix of a running plan on a day for these units, in their order. ``only``: cells of these keys.

    Without a ``span`` each cell is the period that counts now; with one, all periods that end in it. Three queries:
    tasks, units, cells. Units without a cell are left out.
    """
    columns = _columns(plan)
    cells = _cells(_current(plan, day, units, only) if span is None else _within(plan, day, units, only, span))
    names = units.filter(pk__in=list(cells)).values_list("pk", "short_name", "kind")
    rows = tuple(Row(unit, name, kind, cells[unit]) for unit, name, kind in names)
    return Matrix(columns, rows, _counts(cells), *_by_task(cells))


def _columns(plan: Plan) -> tuple[Column, ...]:
    published = Edition.objects.filter(plan=plan, state="published")
    rows = list(
        Wording.objects.filter(edition__in=published)
        .order_by("order")
        .values_list("task_id", "number", "title", "section")
    )
    following = [section for *_, section in rows[1:]] + [""] * bool(rows)
    return tuple(
        Column(task, number, title, section, section != after or index == len(rows) - 1)
        for index, ((task, number, title, section), after) in enumerate(zip(rows, following, strict=True))
    )


_Cells = dict[int, dict[int, str]]
_Found = Iterable[tuple[int, int, str, str]]
"""Unit, task, role, key. Some ten thousand: nothing is done here for each that the database can do."""


def _cells(found: _Found) -> _Cells:
    """Unit to task to key."""
    cells: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for unit, task, role, key in found:
        cells[unit][task] = key + LEADS if role == "lead" else key
    return dict(cells)


def _current(plan: Plan, day: date, units: QuerySet[Unit], only: frozenset[str]) -> _Found:
    """By the period that counts now, as it is repeated at each assignment."""
    rows = Assignment.objects.filter(task__plan=plan, ended=False, unit__in=units.order_by().values("pk"))
    found = rows.annotate(cell=assigned_cell(day, days())).values_list("unit_id", "task_id", "role", "cell")
    return found.filter(cell__in=only) if only else found


def _within(plan: Plan, day: date, units: QuerySet[Unit], only: frozenset[str], span: Span) -> _Found:
    """By all periods that end in a stretch of the year; what a newer edition dropped is no part of it.

    Where some are done and no other has begun, the whole is under way.
    """
    rows = Duty.objects.filter(
        task__plan=plan,
        assignment__ended=False,
        dropped=False,
        occurrence__ends__range=(span.begins, span.ends),
        unit__in=units.order_by().values("pk"),
    )
    rank = Case(*(When(cell=key, then=place) for place, key in enumerate(PRESSING)), output_field=IntegerField())
    grouped = rows.annotate(cell=cell(day, days())).values_list("unit_id", "task_id", "assignment__role").order_by()
    for unit, task, role, worst, done in grouped.annotate(worst=Min(rank), done=Count("pk", filter=Q(cell="done"))):
        key = "run" if done and PRESSING[worst] == "new" else PRESSING[worst]
        if not only or key in only:
            yield unit, task, role, key


def _counts(cells: _Cells) -> Counter[str]:
    marked = Counter(chain.from_iterable(row.values() for row in cells.values()))
    plain = Counter[str]()
    for key, count in marked.items():
        plain[key.removesuffix(LEADS)] += count
    return plain


def _by_task(cells: _Cells) -> tuple[Counter[int], Counter[int]]:
    """For each task the cells that are done, and all of them."""
    finished = {"done", "done" + LEADS}
    done = Counter(task for row in cells.values() for task, key in row.items() if key in finished)
    return done, Counter(chain.from_iterable(cells.values()))
