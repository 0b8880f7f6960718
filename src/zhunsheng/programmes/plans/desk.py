"""What of plans waits for a person, for the desk: a fixed number of queries, whatever waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Case, Count, DateField, Exists, F, Min, OuterRef, Q, QuerySet, When

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.prepared import count, figures, prepared
from zhunsheng.kernel.refs import Ref
from zhunsheng.kernel.waiting import Answer, Dated, Pile, Question, Waiting
from zhunsheng.kernel.waiting import When as Nearness
from zhunsheng.programmes.plans import visible
from zhunsheng.programmes.plans.models import Assignment, Duty, Edition, Plan, Report
from zhunsheng.programmes.plans.refs import DUTY, PLAN
from zhunsheng.programmes.plans.rights import Rights, heads, rights
from zhunsheng.programmes.plans.states import SUBMITTED, WITH_UNIT

NEXT: Final = (F("by").asc(nulls_last=True), F("due").asc(nulls_last=True), "pk")
"""What runs first, then what waits for a confirmation, longest due first."""
GROUP: Final = "计划任务"
PLANS: Final = "方案核对"
TO_DO: Final = {
    "new": ("上报完成情况", "上报"),
    "run": ("草稿没有上报", "上报"),
    "back": ("退回来了，改好再报", "重报"),
    "head": ("等负责人确认", "确认"),
    "lead": ("等牵头单位确认", "确认"),
    "office": ("等办公室确认", "确认"),
    "done": ("已办结", "看"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the database takes it: whose rights, the unit it is narrowed to, today, its week."""

    held: Rights
    unit: int | None
    day: date
    monday: date
    sunday: date

    @classmethod
    def of(cls, question: Question, held: Rights) -> Asked:
        """The same question."""
        monday = question.day - timedelta(days=question.day.weekday())
        return cls(held, question.unit, question.day, monday, monday + timedelta(days=6))


def answer(question: Question) -> Answer:
    """Duties and editions that wait for the person (``kernel.waiting``)."""
    held = rights(question.actor)
    if not (held.units or held.oversees):
        return Answer()
    found = _of_duties(question, held)
    if held.oversees and question.pile == "mine":
        found.add(_of_editions(question, held))
    return found


def _duties(asked: Asked, pile: Pile) -> QuerySet[Duty]:
    within = Q() if asked.unit is None else Q(unit_id=asked.unit)
    return Duty.objects.filter(_pile(pile, asked), within)


def _pile(pile: Pile, asked: Asked) -> Q:
    """The duties of a pile."""
    held = asked.held
    ours = Q(unit_id__in=held.units)
    if pile == "back":
        return Q(unit_id__in=held.reports, state="back")
    if pile == "handed":
        return ours & Q(state__in=SUBMITTED) & ~_to_confirm(asked)
    if pile == "done":
        return (ours | _overseen(held)) & Q(state="done", done_on__gte=asked.monday)
    return Q(unit_id__in=held.reports, state__in=WITH_UNIT, begins__lte=asked.day) | _to_confirm(asked)


def _to_confirm(asked: Asked) -> Q:
    """What waits for them as head, as lead unit, or as the office; what they are not costs nothing."""
    held = asked.held
    found = Q(unit_id__in=held.confirms, state="head")
    if held.both:
        own = Report.objects.filter(duty=OuterRef("pk"), author=held.member, submitted_at=OuterRef("submitted_at"))
        found &= ~(
            Q(Exists(own)) & Q(Exists(heads(held.member, asked.day).filter(unit=OuterRef("unit"))))
        )  # flow: _another_head
    if held.units:
        leading = Assignment.objects.filter(task=OuterRef("task"), unit_id__in=held.units, role="lead", ended=False)
        found |= Q(state="lead") & ~Q(unit_id__in=held.units) & Q(Exists(leading))
    if held.oversees:
        found |= Q(state="office") & _overseen(held)
    return found


def _overseen(held: Rights) -> Q:
    """Duties of the plans that they oversee. The plans are few: they are found first, not joined to each duty."""
    within = Q(pk__in=())
    for path in held.oversees:
        within |= Q(division__path__startswith=path)
    return Q(task__plan__in=Plan.objects.filter(within).values("pk")) if held.oversees else within


def _of_duties(question: Question, held: Rights) -> Answer:
    asked = Asked.of(question, held)
    near = +Counter[Nearness](next(iter(_nearness(asked, pile=question.pile)), {}))
    total = sum(near.values())
    found = Answer(piles=_sizes(asked, question.pile, total), groups=Counter({GROUP: total}))
    if question.group in {"", GROUP}:
        found.nearness = near
        found.items = [_waiting(one, vars(one)) for one in _first(asked, pile=question.pile, limit=question.limit)]
    return found


def _sizes(asked: Asked, pile: Pile, total: int) -> Counter[Pile]:
    """How many duties lie in each pile, ``total`` in the one that was asked for; one query for each that can have any.

    Apart, each finds its rows by an index; together they would look at every duty of all years.
    """
    possible: tuple[Pile, ...] = ("mine", "back", "handed", "done") if asked.held.units else ("mine", "done")
    sizes = Counter[Pile]({pile: total})
    for other in possible:
        if other != pile:
            sizes[other] = sum(_size(asked, pile=other))
    return +sizes


@prepared
def _size(asked: Asked, *, pile: Pile) -> QuerySet[Duty, int]:
    return count(_duties(asked, pile))


@prepared
def _nearness(asked: Asked, *, pile: Pile) -> QuerySet[Duty, dict[Nearness, int]]:
    """How many are late, due today, this week, later, without a date."""
    return figures(
        _dated(_duties(asked, pile)),
        late=Count("pk", filter=Q(by__lt=asked.day)),
        today=Count("pk", filter=Q(by=asked.day)),
        week=Count("pk", filter=Q(by__gt=asked.day, by__lte=asked.sunday)),
        later=Count("pk", filter=Q(by__gt=asked.sunday)),
        undated=Count("pk", filter=Q(by__isnull=True)),
    )


@prepared
def _first(asked: Asked, *, pile: Pile, limit: int) -> QuerySet[Duty]:
    """The earliest; ten thousand keys are sorted, and the few rows that are shown fetched whole."""
    first = _dated(_duties(asked, pile)).order_by(*NEXT).values("pk")[:limit]
    rows = _dated(Duty.objects.filter(pk__in=first)).order_by(*NEXT)
    return rows.annotate(
        number=F("task__wording__number"), title=F("task__wording__title"), period=F("occurrence__label"),
        origin=F("unit__short_name"),
    )  # fmt: skip


def _dated(rows: QuerySet[Duty]) -> QuerySet[Duty]:
    """With ``by``: the date that runs. Whoever has handed in is not late because nobody has looked yet."""
    return rows.annotate(by=Case(When(~Q(state__in=SUBMITTED), then=F("due")), output_field=DateField(null=True)))


def _waiting(duty: Duty, said: dict[str, Any]) -> Waiting:
    """A line of the desk; ``said`` is what ``_first`` has put beside the duty."""
    to_do, verb = TO_DO.get(duty.state, ("", "看"))
    words = f"{said['number']} {said['title']}".strip() if said["title"] is not None else f"任务 {duty.task_id}"
    return Waiting(
        ref=Ref(DUTY, str(duty.pk), f"任务 {words}（{said['period']}）"),
        to_do=to_do,
        verb=verb,
        url=reverse("desk:duty", args=[duty.pk]),
        group=GROUP,
        origin=said["origin"],
        due=said["by"],
    )


def _of_editions(question: Question, held: Rights) -> Answer:
    """Editions to mend, and editions handed over by somebody else, to publish; one query."""
    items = [_edition(one) for one in _editions(held) if _for(one, question.actor)]
    if question.group not in {"", PLANS} or question.unit is not None:
        return Answer(groups=Counter({PLANS: len(items)}))
    return Answer(items, Counter({"mine": len(items)}), Counter({PLANS: len(items)}), Counter({"undated": len(items)}))


@prepared
def _editions(held: Rights) -> QuerySet[Edition]:
    within = Q(pk__in=())
    for path in held.oversees:
        within |= Q(plan__division__path__startswith=path)
    rows = Edition.objects.filter(within, state__in=["draft", "consulting", "ready"])
    return rows.select_related("plan", "prepared_by__person")


def _for(edition: Edition, actor: Actor) -> bool:
    return edition.state != "ready" or edition.prepared_by_id != actor.pk


def _edition(edition: Edition) -> Waiting:
    ready = edition.state == "ready"
    return Waiting(
        ref=Ref(PLAN, str(edition.plan_id), f"《{edition.plan.title}》{edition}"),
        to_do="核对好了，等第二个人复核发布" if ready else "读出来了，等核对",
        verb="复核" if ready else "核对",
        url=reverse("desk:plan_mend", args=[edition.plan_id]),
        group=PLANS,
        origin=str(edition.prepared_by.full_name) if edition.prepared_by else "",
        due=None,
    )


def agenda(actor: Actor, first: date, last: date) -> Iterator[Dated]:
    """Open duties by day, those of many units for one period of a task in one line (``kernel.waiting``); one query."""
    for due, task, number, _, size, one in _falling(rights(actor), first, last):
        url = reverse("desk:duty", args=[one]) if size == 1 else reverse("desk:task", args=[task])
        yield Dated(due, f"任务 {number}", url, size)


@prepared
def _falling(held: Rights, first: date, last: date) -> QuerySet[Duty, tuple[Any, ...]]:
    return (
        visible.duties_of(held)
        .filter(state__in=WITH_UNIT, due__range=(first, last))
        .values_list("due", "task", "task__wording__number", "occurrence")
        .annotate(size=Count("pk"), one=Min("pk"))
        .order_by("due", "task__wording__order", "occurrence")
    )
