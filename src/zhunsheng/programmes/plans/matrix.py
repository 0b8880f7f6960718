"""The matrix of units by tasks: one scan of the assignments, whatever their number."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db.models import QuerySet

from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans.models import Assignment, Edition, Plan, Wording
from zhunsheng.programmes.plans.nearness import assigned_cell, days


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


def matrix(plan: Plan, day: date, units: QuerySet[Unit], *, only: frozenset[str] = frozenset()) -> Matrix:
    """The matrix of a running plan on a day for these units, in their order. ``only``: cells of these keys.

    Three queries: tasks, units, cells. Units without a cell are left out.
    """
    columns = _columns(plan)
    cells = _cells(plan, day, units, only)
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


def _cells(plan: Plan, day: date, units: QuerySet[Unit], only: frozenset[str]) -> _Cells:
    """Unit to task to key. Some ten thousand rows: nothing is done here for each that the database can do."""
    rows = Assignment.objects.filter(task__plan=plan, ended=False, unit__in=units.order_by().values("pk"))
    found = rows.annotate(cell=assigned_cell(day, days())).values_list("unit_id", "task_id", "role", "cell")
    if only:
        found = found.filter(cell__in=only)
    cells: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for unit, task, role, key in found:
        cells[unit][task] = key + LEADS if role == "lead" else key
    return dict(cells)


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
