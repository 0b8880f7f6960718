"""The matrix of units by tasks: one scan of the assignments, whatever their number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit's part in a task: a key of ``nearness.CELLS``, and whether it leads."""

    key: str
    lead: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A unit and its cells by task; tasks that do not concern it are missing."""

    unit: int
    name: str
    cells: dict[int, Cell]

    @property
    def done(self) -> int:
        """How many of its tasks stand as done."""
        return sum(cell.key == "done" for cell in self.cells.values())

    @property
    def late(self) -> int:
        """How many of its tasks are late."""
        return sum(cell.key == "late" for cell in self.cells.values())


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
    cells, counts, done, parts = _cells(plan, day, units, only)
    names = units.filter(pk__in=list(cells)).values_list("pk", "short_name")
    rows = tuple(Row(unit, name, cells[unit]) for unit, name in names)
    return Matrix(columns, rows, counts, done, parts)


def _columns(plan: Plan) -> tuple[Column, ...]:
    published = Edition.objects.filter(plan=plan, state="published")
    rows = list(
        Wording.objects.filter(edition__in=published)
        .order_by("order")
        .values_list("task_id", "number", "title", "section")
    )
    following = [section for *_, section in rows[1:]] + [""]
    return tuple(
        Column(task, number, title, section, section != after or index == len(rows) - 1)
        for index, ((task, number, title, section), after) in enumerate(zip(rows, following, strict=True))
    )


_Counted = tuple[dict[int, dict[int, Cell]], Counter[str], Counter[int], Counter[int]]


def _cells(plan: Plan, day: date, units: QuerySet[Unit], only: frozenset[str]) -> _Counted:
    rows = Assignment.objects.filter(task__plan=plan, ended=False, unit__in=units.order_by().values("pk"))
    found = rows.annotate(cell=assigned_cell(day, days())).values_list("unit_id", "task_id", "role", "cell")
    cells: dict[int, dict[int, Cell]] = {}
    counts, done, parts = Counter[str](), Counter[int](), Counter[int]()
    known: dict[tuple[str, str], Cell] = {}
    for unit, task, role, key in found:
        if only and key not in only:
            continue
        one = known.get((key, role)) or known.setdefault((key, role), Cell(key, role == "lead"))
        cells.setdefault(unit, {})[task] = one
        counts[key] += 1
        parts[task] += 1
        done[task] += key == "done"
    return cells, counts, done, parts
