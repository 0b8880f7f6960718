"""Tasks and duties as lists: filtered, counted, each with a fixed number of queries whatever their length."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, Min, Q, QuerySet

from zhunsheng.kernel.prepared import count, figures, prepared, value
from zhunsheng.programmes.plans import visible
from zhunsheng.programmes.plans.models import Assignment, Duty, Plan, Wording
from zhunsheng.programmes.plans.nearness import BY_DUE, Days, assigned_cell, cell, late
from zhunsheng.programmes.plans.rights import Rights
from zhunsheng.programmes.plans.states import WITH_UNIT

ORDER = ("late", "back", "near", "soon", "wait", "run", "new", "stop", "done", "na")
"""From what needs somebody most to what needs nobody."""
EVERY: Final = "*"
"""Every state, what was cancelled too."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which duties a list is about: those that ``held`` lets somebody see, narrowed; ``None`` and "" narrow nothing."""

    held: Rights
    unit: int | None = None
    task: int | None = None
    plan: int | None = None
    occurrence: int | None = None
    words: str = ""

    def duties(self) -> QuerySet[Duty]:
        """The rows."""
        narrowed = {"unit": self.unit, "task": self.task, "task__plan": self.plan, "occurrence": self.occurrence}
        found = visible.duties_of(self.held).filter(**{key: one for key, one in narrowed.items() if one is not None})
        if self.words:
            return found.filter(Q(task__wording__title__icontains=self.words) | Q(task__wording__number=self.words))
        return found


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task of a plan: who leads it, how many units stand how, the next date. ``cells`` by key of ``CELLS``."""

    task: int
    number: str
    title: str
    section: str
    leads: tuple[str, ...]
    cells: Counter[str]
    due: date | None
    change: str = ""

    @property
    def units(self) -> int:
        """How many units have a part in it."""
        return sum(self.cells.values())

    @property
    def done(self) -> int:
        """How many of them have nothing open."""
        return self.cells["done"] + self.cells["na"]

    @property
    def state(self) -> str:
        """The key that the whole line shows: the worst of its units."""
        return next((key for key in ORDER if self.cells[key]), "new")


@dataclass(frozen=True, slots=True)
class Wish:
    """Filters of a list of tasks: words, a chapter, a unit, a key of ``CELLS``."""

    q: str = ""
    section: str = ""
    unit: int | None = None
    state: str = ""


def task_lines(plan: Plan, day: date, limits: Days, wish: Wish) -> list[TaskLine]:
    """The tasks of the published edition in their order; four queries. With a unit: its own part in them."""
    rows = _wordings(plan.pk, value(wish.q), value(wish.section))
    cells: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for task, key, size in _task_cells(plan.pk, wish.unit, day, limits=limits):
        cells[task][key] += size
    dues = dict(_task_dues(plan.pk, wish.unit))
    leads = defaultdict[int, list[str]](list)
    for task, name in _leads(plan.pk):
        leads[task].append(name)
    lines = [
        TaskLine(task, number, title, section, tuple(leads[task]), cells[task], dues.get(task), change)
        for task, number, title, section, change in rows
        if wish.unit is None or cells[task]
    ]
    return [line for line in lines if not wish.state or line.cells[wish.state]]


@prepared
def _wordings(plan: int, q: str, section: str) -> QuerySet[Wording, tuple[Any, ...]]:
    rows = Wording.objects.filter(edition__plan=plan, edition__state="published").order_by("order")
    rows = rows.filter(Q(title__icontains=q) | Q(number=q)) if q else rows
    rows = rows.filter(section=section) if section else rows
    return rows.values_list("task_id", "number", "title", "section", "change")


def _parts(plan: int, unit: int | None = None) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(task__plan=plan, ended=False)
    return rows if unit is None else rows.filter(unit_id=unit)


@prepared
def _task_cells(plan: int, unit: int | None, day: date, *, limits: Days) -> QuerySet[Assignment, tuple[int, str, int]]:
    """For each task how many units stand how."""
    rows = _parts(plan, unit).annotate(cell=assigned_cell(day, limits)).values_list("task_id", "cell")
    return rows.annotate(n=Count("pk")).order_by()


@prepared
def _task_dues(plan: int, unit: int | None) -> QuerySet[Assignment, tuple[int, date]]:
    """For each task the earliest date that a unit still owes."""
    rows = _parts(plan, unit).filter(owed__isnull=False).values_list("task_id")
    return rows.annotate(first=Min("owed")).order_by()


@prepared
def _leads(plan: int) -> QuerySet[Assignment, tuple[int, str]]:
    rows = Assignment.objects.filter(task__plan=plan, ended=False, role="lead").order_by("pk")
    return rows.values_list("task_id", "unit__short_name")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a plan stands as a whole: parts (unit × task) by key, duties closed, and handed in in time."""

    cells: Counter[str] = field(default_factory=Counter)
    closed: int = 0
    in_time: int = 0
    tasks: int = 0
    units: int = 0

    @property
    def parts(self) -> int:
        """Units by tasks that ask for something."""
        return sum(self.cells.values())


def standing(plan: Plan, day: date, limits: Days) -> Standing:
    """The figures on the head of a plan's pages; three queries, none of which walks all duties."""
    counted = dict(_plan_cells(plan.pk, day, limits=limits))
    (closed,), (sizes,) = _closed(plan.pk), _plan_sizes(plan.pk)
    return Standing(Counter(counted), **closed, **sizes)


@prepared
def _plan_cells(plan: int, day: date, *, limits: Days) -> QuerySet[Assignment, tuple[str, int]]:
    rows = _parts(plan).annotate(cell=assigned_cell(day, limits)).values_list("cell")
    return rows.annotate(n=Count("pk")).order_by()


@prepared
def _closed(plan: int) -> QuerySet[Duty, dict[str, int]]:
    return figures(
        Duty.objects.filter(task__plan=plan, state="done"),
        closed=Count("pk"),
        in_time=Count("pk", filter=Q(due__isnull=True) | Q(submitted_at__date__lte=F("due"))),
    )


@prepared
def _plan_sizes(plan: int) -> QuerySet[Assignment, dict[str, int]]:
    return figures(_parts(plan), tasks=Count("task", distinct=True), units=Count("unit", distinct=True))


def cells_of(plans: Collection[Plan], day: date, limits: Days) -> defaultdict[int, Counter[str]]:
    """For each of several plans its parts (unit × task) by key of ``CELLS``; one query for all."""
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for plan, key, size in _cells_of(frozenset(plan.pk for plan in plans), day, limits=limits):
        found[plan][key] += size
    return found


@prepared
def _cells_of(plans: frozenset[int], day: date, *, limits: Days) -> QuerySet[Assignment, tuple[int, str, int]]:
    parts = Assignment.objects.filter(task__plan__in=plans, ended=False).annotate(cell=assigned_cell(day, limits))
    return parts.values_list("task__plan_id", "cell").annotate(n=Count("pk")).order_by()


@prepared
def duty_lines(
    chosen: Chosen, day: date, *, limits: Days, state: str, first: int = 0, last: int | None = None
) -> QuerySet[Duty]:
    """Duties with what a list shows of them (``cell``), the earliest first, from one place to another.

    ``state`` is a key of ``CELLS``; "" for all but those that were cancelled, ``EVERY`` for really all.
    """
    related = ("task__wording", "task__plan", "occurrence", "unit", "assignment")
    return _lines(chosen, day, limits, state).select_related(*related).order_by(*BY_DUE)[first:last]


@prepared
def duty_count(chosen: Chosen, day: date, *, limits: Days, state: str) -> QuerySet[Duty, int]:
    """How many there are, in one row."""
    return count(_lines(chosen, day, limits, state))


def _lines(chosen: Chosen, day: date, limits: Days, state: str) -> QuerySet[Duty]:
    rows = chosen.duties().annotate(cell=cell(day, limits))
    if state == EVERY:
        return rows
    return rows.filter(Q(("cell", state))) if state else rows.exclude(state="cancelled")


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A period of a task: how many units have closed it, of how many; how many are late, how many still owe it."""

    pk: int
    label: str
    due: date | None
    begins: date
    done: int
    total: int
    late: int
    owing: int

    def state(self, day: date) -> str:
        """The key of ``CELLS`` for the strip of periods."""
        if self.total and self.done >= self.total:
            return "done"
        if self.late:
            return "late"
        return "run" if self.begins <= day else "new"


def period_lines(chosen: Chosen, day: date) -> list[PeriodLine]:
    """The periods of one task over the duties that the person may see; one query."""
    return [PeriodLine(*row) for row in _periods(chosen, day)]


@prepared
def _periods(chosen: Chosen, day: date) -> QuerySet[Duty, tuple[Any, ...]]:
    rows = chosen.duties().exclude(state="cancelled")
    return (
        rows.values_list("occurrence_id", "occurrence__label", "occurrence__due", "occurrence__begins")
        .annotate(
            done=Count("pk", filter=Q(state="done")),
            total=Count("pk"),
            late=Count("pk", filter=late(day)),
            owing=Count("pk", filter=Q(state__in=WITH_UNIT)),
        )
        .order_by("occurrence__number")
    )


def by_cell(chosen: Chosen, day: date, limits: Days) -> Counter[str]:
    """How many duties stand how, by key of ``CELLS``; one query."""
    return Counter(dict(_by_cell(chosen, day, limits=limits)))


@prepared
def _by_cell(chosen: Chosen, day: date, *, limits: Days) -> QuerySet[Duty, tuple[str, int]]:
    return chosen.duties().annotate(cell=cell(day, limits)).values_list("cell").annotate(n=Count("pk")).order_by()


@prepared
def by_unit(units: frozenset[int], day: date, *, limits: Days) -> QuerySet[Duty, tuple[int, str, int]]:
    """Unit, key of ``CELLS``, how many duties of these units."""
    rows = Duty.objects.filter(unit_id__in=units).annotate(cell=cell(day, limits))
    return rows.values_list("unit_id", "cell").annotate(n=Count("pk")).order_by()


def key_of(duty: Duty) -> str:
    """The key of ``CELLS`` that ``duty_lines`` has put beside a duty."""
    key: str = vars(duty)["cell"]
    return key


def pressing(rows: Iterable[Duty]) -> list[Duty]:
    """What needs somebody first, what is over last; among equals as they came."""
    return sorted(rows, key=lambda duty: ORDER.index(key_of(duty)))
