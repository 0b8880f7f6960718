"""What waits for a person in matters: a fixed number of queries, whatever waits (``kernel/waiting``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, get_args

from django.db.models import Case, CharField, Count, DateField, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.matter import kinds
from zhunsheng.kernel.matter.models import Matter, MatterStep, Proposal
from zhunsheng.kernel.matter.queries import seen_by
from zhunsheng.kernel.matter.rights import Standing, standing
from zhunsheng.kernel.prepared import count, prepared
from zhunsheng.kernel.waiting import Answer, Dated, Pile, Question, Waiting
from zhunsheng.kernel.waiting import When as Nearness

Address = Callable[[Matter], str]
TO_DO: Final = {
    "draft": ("签发", "签发"),
    "issued": ("签收", "签收"),
    "signed": ("报办理情况", "报情况"),
    "returned": ("退回重办，再报办理情况", "报情况"),
    "answered": ("核查办理情况", "核查"),
}
"""What is to be done in a state, and the word on the button."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the database takes it: whose standing, the unit it is narrowed to, today, its week."""

    member: int
    held: Standing
    unit: int | None
    day: date
    monday: date
    sunday: date

    @classmethod
    def of(cls, question: Question, held: Standing) -> Asked:
        """The same question."""
        monday = question.day - timedelta(days=question.day.weekday())
        return cls(question.actor.pk or 0, held, question.unit, question.day, monday, monday + timedelta(days=6))


def answer(question: Question, address: Address) -> Answer:
    """The answer of this room: six queries at most."""
    held = standing(question.actor)
    asked = Asked.of(question, held)
    labels = {name: one.label for name, one in kinds.kinds().items()}
    told = Answer()
    for kind, near, size in _counted(asked, pile=question.pile):
        label = labels.get(kind, kind)
        told.groups[label] += size
        if question.group in {"", label}:
            told.nearness[near] += size
    told.piles[question.pile] = sum(told.groups.values())
    for pile in get_args(Pile):
        if pile != question.pile:
            told.piles[pile] = sum(_size(asked, pile=pile))
    if sum(told.nearness.values()):
        named = tuple(name for name, label in labels.items() if label == question.group)
        wanted = (named or (question.group,)) if question.group else ()
        listed = _first(asked, pile=question.pile, kinds=wanted, limit=question.limit)
        told.items = [_waiting(one, question.pile, held, labels, address) for one in listed]
    return told


def _matters(asked: Asked, pile: Pile) -> QuerySet[Matter]:
    within = Q() if asked.unit is None else Q(unit_id=asked.unit)
    return Matter.objects.filter(_piles(asked)[pile] & within)


def _piles(asked: Asked) -> dict[Pile, Q]:
    """The conditions of the four piles; 退回来的 is a part of 等我办."""
    held = asked.held
    mine = Q(unit_id__in=held.acts_for)
    ours = Q(issuer_id__in=held.drafts) & ~mine
    signs = Q(issuer_id__in=held.approves)
    others = Proposal.objects.filter(state="open").exclude(proposed_by_id=asked.member)
    deciding = signs & Q(pk__in=others.values("matter_id"))
    to_do = mine & Q(state__in=["issued", "signed", "returned"]) | signs & Q(state="draft") | ours & Q(state="answered")
    steps = MatterStep.objects.filter(by_id=asked.member, at__date__gte=asked.monday).values("matter_id")
    return {
        "mine": to_do | deciding,
        "back": mine & Q(state="returned"),
        "handed": ours & Q(state__in=["issued", "signed", "returned"]) | mine & Q(state="answered"),
        "done": Q(pk__in=steps),
    }


def _dated(found: QuerySet[Matter]) -> QuerySet[Matter]:
    """With ``by``: the date of what is to be done next, ``NULL`` where nothing runs."""
    by = Case(
        When(state="issued", then=F("sign_by")),
        When(state__in=["signed", "returned"], then=F("due")),
        default=Value(None),
        output_field=DateField(null=True),
    )
    return found.annotate(by=by)


@prepared
def _size(asked: Asked, *, pile: Pile) -> QuerySet[Matter, int]:
    return count(_matters(asked, pile))


@prepared
def _first(asked: Asked, *, pile: Pile, kinds: tuple[str, ...], limit: int) -> QuerySet[Matter]:
    """The earliest, of these kinds only if there are any."""
    rows = _dated(_matters(asked, pile))
    rows = rows.filter(kind__in=kinds) if kinds else rows
    return rows.select_related("unit", "issuer").order_by(F("by").asc(nulls_last=True), "pk")[:limit]


@prepared
def _counted(asked: Asked, *, pile: Pile) -> QuerySet[Matter, tuple[str, Nearness, int]]:
    """Kind, how near the date is, how many."""
    when = Case(
        When(by__lt=asked.day, then=Value("late")),
        When(by=asked.day, then=Value("today")),
        When(by__lte=asked.sunday, then=Value("week")),
        When(by__isnull=False, then=Value("later")),
        default=Value("undated"),
        output_field=CharField(),
    )
    rows = _dated(_matters(asked, pile)).order_by().annotate(nearness=when)
    return rows.values_list("kind", "nearness").annotate(Count("pk"))


def _waiting(one: Matter, pile: Pile, held: Standing, labels: dict[str, str], address: Address) -> Waiting:
    """A line of the desk. A matter that waits for a decision only says so."""
    to_do, verb = TO_DO.get(one.state, ("看结果", "看"))
    if pile != "mine":
        verb = "看" if pile != "back" else verb
    elif one.state in {"issued", "signed", "returned"} and one.unit_id not in held.acts_for:
        to_do, verb = "批准或者不批准提请", "批准"
    label = labels.get(one.kind, one.kind)
    by: date | None = getattr(one, "by", None)
    return Waiting(one.ref, f"{label}：{to_do}", verb, address(one), label, str(one.unit), by, one.due_provisional)


def agenda(actor: Actor, first: date, last: date, address: Address, listed: Callable[[str], str]) -> Iterator[Dated]:
    """Matters to be signed for, or answered, on a day, those of a kind in one line (``kernel.waiting``); one query."""
    for one in _falling(standing(actor), first, last):
        by, alike = vars(one)["by"], vars(one)["alike"]
        if alike == 1:
            yield Dated(by, str(one), address(one))
        else:
            yield Dated(by, f"{kinds.kinds()[one.kind].label} {alike} 件", listed(one.kind))


@prepared
def _falling(held: Standing, first: date, last: date) -> QuerySet[Matter]:
    running = _dated(Matter.objects.filter(seen_by(held), state__in=["issued", "signed", "returned"]))
    together = [F("by"), F("kind")]
    counted = running.filter(Q(by__gte=first, by__lte=last)).annotate(
        alike=Window(Count("pk"), partition_by=together),
        place=Window(RowNumber(), partition_by=together, order_by="pk"),
    )
    return counted.filter(place=1).select_related("unit", "issuer").order_by(F("by"), "pk")
