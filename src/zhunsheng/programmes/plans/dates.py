"""Dates of duties for the people who answer for them: reminders, and events of their calendars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import now
from zhunsheng.kernel.refs import Ref
from zhunsheng.kernel.reminders import actions
from zhunsheng.kernel.reminders.feeds import Event
from zhunsheng.kernel.reminders.sources import Wanted
from zhunsheng.kernel.reminders.steps import reached, steps
from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import UNIT_ROLES, MemberRole
from zhunsheng.people.recipients import Recipients
from zhunsheng.programmes.plans.models import Duty
from zhunsheng.programmes.plans.states import WITH_UNIT

KIND = "task_due"
BUNDLE = "plans.owed"


def _owed() -> QuerySet[Duty]:
    """What units still have to report, with a date."""
    rows = Duty.objects.filter(state__in=WITH_UNIT, due__isnull=False, task__plan__state="running")
    return rows.select_related("task__wording", "occurrence", "unit")


def _bundles(last: date) -> QuerySet[Duty]:
    """The first duty of each unit, plan and date up to ``last``; ``number`` says how many there are."""
    together = [F("task__plan"), F("unit"), F("due")]
    counted = _owed().filter(due__lte=last).annotate(
        number=Window(Count("pk"), partition_by=together),
        place=Window(RowNumber(), partition_by=together, order_by="pk"),
    )  # fmt: skip
    return counted.filter(place=1).order_by("pk")


def reminders(day: date) -> Iterator[Wanted]:
    """Of what units still owe: what the steps of the pack ask for on ``day``; four queries.

    One reminder for everything that a unit owes a plan by the same date: forty lines that say the same are not read.
    """
    known = sorted(steps(KIND), key=lambda step: reached(step, day))
    if not known:
        return
    firsts = list(_bundles(reached(known[-1], day)))
    people = Recipients({one.unit_id for one in firsts}, day)
    for first in firsts:
        due = first.due or day
        # The steps are in order of the latest due date that they reach: the first that reaches this one is the highest.
        step = next(one for one in known if due <= reached(one, day))
        subject = _bundle(first)
        for member in people.of(first.unit_id, step.to):
            yield Wanted(
                key=subject.key,
                subject=subject,
                recipient=member,
                level=step.level,
                text=_said(first, "已过期限" if due < day else "期限"),
                url=_address(first, "late" if due < day else ""),
                due=due,
            )


def _bundle(first: Duty) -> Ref:
    """What a unit owes a plan by a date."""
    plan = first.task.plan_id
    return Ref(BUNDLE, f"{plan}/{first.unit_id}/{first.due}", f"{first.unit}应报送的任务（{first.due}）")


def _said(first: Duty, how: str) -> str:
    """What is owed: the task by its number, or how many there are."""
    several = vars(first)["number"]
    if several == 1:
        return f"{first.unit}任务 {first.task}（{first.occurrence}）{how} {first.due}"
    return f"{first.unit} {several} 项任务{how} {first.due}：任务 {first.task} 等"


def _address(first: Duty, state: str) -> str:
    """The duty; where there are several, the unit's tasks."""
    if vars(first)["number"] == 1:
        return reverse("desk:duty", args=[first.pk])
    wish = {"unit": str(first.unit_id), **({"state": state} if state else {})}
    return f"{reverse('desk:plan', args=[first.task.plan_id])}?{urlencode(wish)}"


def events(member: int, day: date) -> Iterator[Event]:
    """The duties that a member's units still owe."""
    units = MemberRole.objects.filter(in_force(day), member_id=member, role__in=UNIT_ROLES).values("unit")
    for duty in _owed().filter(unit__in=units).order_by("due", "pk"):
        if duty.due is not None:
            yield Event(
                uid=f"plans.duty-{duty.pk}",
                day=duty.due,
                summary=f"上报：任务 {duty.task}（{duty.occurrence}）",
                changed_at=duty.submitted_at or now(),
                url=reverse("desk:duty", args=[duty.pk]),
                sequence=duty.version,
            )


def settled(ref: Ref, data: Mapping[str, Any]) -> None:
    """The last of what a unit owed by a date is handed in or closed (event ``plans.submitted``, ``plans.decided``)."""
    duty = Duty.objects.select_related("task", "unit").get(pk=ref.key)
    if data.get("state") == "back" or duty.due is None:
        return
    if not _owed().filter(task__plan=duty.task.plan_id, unit=duty.unit_id, due=duty.due).exists():
        actions.settle(by=SYSTEM, subject=_bundle(duty))
