"""What waits for a person in matters: a fixed number of queries, whatever waits (``kernel/waiting``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from django.db.models import Case, CharField, Count, DateField, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.matter import kinds
from zhunsheng.kernel.matter.models import Matter, MatterStep, Proposal
from zhunsheng.kernel.matter.queries import visible
from zhunsheng.kernel.matter.rights import Standing, standing
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


def answer(question: Question, address: Address) -> Answer:
    """The answer of this room: seven queries at most."""
    held = standing(question.actor)
    within = Q(unit_id=question.unit) if question.unit else Q()
    labels = {name: one.label for name, one in kinds.kinds().items()}
    told = Answer()
    piles = _piles(held, question)
    asked = _dated(Matter.objects.filter(piles[question.pile] & within))
    for kind, near, count in _counted(asked, question.day):
        label = labels.get(kind, kind)
        told.groups[label] += count
        if question.group in {"", label}:
            told.nearness[near] += count
    told.piles[question.pile] = sum(told.groups.values())
    for pile in piles.keys() - {question.pile}:
        told.piles[pile] = Matter.objects.filter(piles[pile] & within).count()
    if question.group:
        asked = asked.filter(kind__in=[name for name, label in labels.items() if label == question.group])
    listed = asked.select_related("unit", "issuer").order_by(F("by").asc(nulls_last=True), "pk")[: question.limit]
    told.items = [_waiting(one, question.pile, held, labels, address) for one in listed]
    return told


def _piles(held: Standing, question: Question) -> dict[Pile, Q]:
    """The conditions of the four piles; 退回来的 is a part of 等我办."""
    mine = Q(unit_id__in=held.acts_for)
    ours = Q(issuer_id__in=held.drafts) & ~mine
    signs = Q(issuer_id__in=held.approves)
    others = Proposal.objects.filter(state="open").exclude(proposed_by_id=question.actor.pk or 0)
    deciding = signs & Q(pk__in=others.values("matter_id"))
    to_do = mine & Q(state__in=["issued", "signed", "returned"]) | signs & Q(state="draft") | ours & Q(state="answered")
    monday = question.day - timedelta(days=question.day.weekday())
    steps = MatterStep.objects.filter(by_id=question.actor.pk or 0, at__date__gte=monday).values("matter_id")
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


def _counted(found: QuerySet[Matter], day: date) -> list[tuple[str, Nearness, int]]:
    """Kind, how near the date is, how many; one query."""
    when = Case(
        When(by__lt=day, then=Value("late")),
        When(by=day, then=Value("today")),
        When(by__lte=day + timedelta(days=6 - day.weekday()), then=Value("week")),
        When(by__isnull=False, then=Value("later")),
        default=Value("undated"),
        output_field=CharField(),
    )
    rows = found.order_by().annotate(nearness=when).values_list("kind", "nearness").annotate(Count("pk"))
    return list(rows)


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
    within = Q(by__range=(first, last))
    running = _dated(visible(actor).filter(state__in=["issued", "signed", "returned"])).filter(within)
    together = [F("by"), F("kind")]
    counted = running.annotate(
        alike=Window(Count("pk"), partition_by=together),
        place=Window(RowNumber(), partition_by=together, order_by="pk"),
    )
    for one in counted.filter(place=1).order_by(F("by"), "pk"):
        by, alike = vars(one)["by"], vars(one)["alike"]
        if alike == 1:
            yield Dated(by, str(one), address(one))
        else:
            yield Dated(by, f"{kinds.kinds()[one.kind].label} {alike} 件", listed(one.kind))
