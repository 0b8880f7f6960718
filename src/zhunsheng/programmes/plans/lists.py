"""Tasks and duties as lists: filtered, counted, each with a fixed number of queries whatever their length."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Min, Q, QuerySet

from zhunsheng.programmes.plans.models import Assignment, Duty, Plan, Wording
from zhunsheng.programmes.plans.nearness import BY_DUE, Days, assigned_cell, cell, late
from zhunsheng.programmes.plans.states import WITH_UNIT

ORDER = ("late", "back", "near", "soon", "wait", "run", "new", "stop", "done", "na")
"""From what needs somebody most to what needs nobody."""


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
    rows = _wordings(plan, wish).values_list("task_id", "number", "title", "section", "change")
    parts = Assignment.objects.filter(task__plan=plan, ended=False)
    if wish.unit is not None:
        parts = parts.filter(unit_id=wish.unit)
    cells, dues = _standing(parts, day, limits)
    leads = _leads(plan)
    lines = [
        TaskLine(task, number, title, section, tuple(leads[task]), cells[task], dues.get(task), change)
        for task, number, title, section, change in rows
        if wish.unit is None or cells[task]
    ]
    return [line for line in lines if not wish.state or line.cells[wish.state]]


def _wordings(plan: Plan, wish: Wish) -> QuerySet[Wording]:
    rows = Wording.objects.filter(edition__plan=plan, edition__state="published").order_by("order")
    if wish.q:
        rows = rows.filter(Q(title__icontains=wish.q) | Q(number=wish.q))
    return rows.filter(section=wish.section) if wish.section else rows


def _standing(
    parts: QuerySet[Assignment], day: date, limits: Days
) -> tuple[defaultdict[int, Counter[str]], dict[int, date]]:
    """For each task how many units stand how, and the earliest date that a unit still owes."""
    cells: defaultdict[int, Counter[str]] = defaultdict(Counter)
    counted = parts.annotate(cell=assigned_cell(day, limits)).values_list("task_id", "cell").annotate(n=Count("pk"))
    for task, key, count in counted.order_by():
        cells[task][key] += count
    dues = parts.filter(owed__isnull=False).values_list("task_id").annotate(first=Min("owed")).order_by()
    return cells, dict(dues)


def _leads(plan: Plan) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = Assignment.objects.filter(task__plan=plan, ended=False, role="lead").order_by("pk")
    for task, name in rows.values_list("task_id", "unit__short_name"):
        found[task].append(name)
    return found


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
    parts = Assignment.objects.filter(task__plan=plan, ended=False)
    counted = parts.annotate(cell=assigned_cell(day, limits)).values_list("cell").annotate(n=Count("pk")).order_by()
    closed = Duty.objects.filter(task__plan=plan, state="done").aggregate(
        closed=Count("pk"), in_time=Count("pk", filter=Q(due__isnull=True) | Q(submitted_at__date__lte=F("due")))
    )
    sizes = parts.aggregate(tasks=Count("task", distinct=True), units=Count("unit", distinct=True))
    return Standing(Counter(dict(counted)), **closed, **sizes)


def cells_of(plans: Collection[Plan], day: date, limits: Days) -> defaultdict[int, Counter[str]]:
    """For each of several plans its parts (unit × task) by key of ``CELLS``; one query for all."""
    parts = Assignment.objects.filter(task__plan__in=plans, ended=False).annotate(cell=assigned_cell(day, limits))
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for plan, key, count in parts.values_list("task__plan_id", "cell").annotate(n=Count("pk")).order_by():
        found[plan][key] += count
    return found


def duty_lines(rows: QuerySet[Duty], day: date, limits: Days) -> QuerySet[Duty]:
    """Duties with what a list shows of them (``cell``), the earliest first; one query for any number."""
    return (
        rows.select_related("task__wording", "task__plan", "occurrence", "unit", "assignment")
        .annotate(cell=cell(day, limits), reports_made=Count("reports", filter=Q(reports__submitted_at__isnull=False)))
        .order_by(*BY_DUE)
    )


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


def period_lines(duties: QuerySet[Duty], day: date) -> list[PeriodLine]:
    """The periods of one task over the duties that the person may see; one query."""
    rows = (
        duties.exclude(state="cancelled")
        .values_list("occurrence_id", "occurrence__label", "occurrence__due", "occurrence__begins")
        .annotate(
            done=Count("pk", filter=Q(state="done")),
            total=Count("pk"),
            late=Count("pk", filter=late(day)),
            owing=Count("pk", filter=Q(state__in=WITH_UNIT)),
        )
        .order_by("occurrence__number")
    )
    return [PeriodLine(*row) for row in rows]


def by_cell(rows: QuerySet[Duty], day: date, limits: Days) -> Counter[str]:
    """How many duties stand how, by key of ``CELLS``; one query."""
    counted = rows.annotate(cell=cell(day, limits)).values_list("cell").annotate(n=Count("pk")).order_by()
    return Counter(dict(counted))


def by_unit(rows: QuerySet[Duty], day: date, limits: Days) -> list[tuple[int, str, int]]:
    """Unit, key of ``CELLS``, how many duties; one query."""
    counted = rows.annotate(cell=cell(day, limits)).values_list("unit_id", "cell").annotate(n=Count("pk")).order_by()
    return list(counted)


def key_of(duty: Duty) -> str:
    """The key of ``CELLS`` that ``duty_lines`` has put beside a duty."""
    key: str = vars(duty)["cell"]
    return key


def pressing(rows: Iterable[Duty]) -> list[Duty]:
    """What needs somebody first, what is over last; among equals as they came."""
    return sorted(rows, key=lambda duty: ORDER.index(key_of(duty)))
