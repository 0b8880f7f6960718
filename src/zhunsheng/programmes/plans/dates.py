"""Dates of duties for the people who answer for them: reminders, and events of their calendars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from zhunsheng.kernel.actor import SYSTEM
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
from zhunsheng.programmes.plans.refs import ref_of_duty
from zhunsheng.programmes.plans.states import WITH_UNIT

KIND = "task_due"


def _owed() -> QuerySet[Duty]:
    """What units still have to report, with a date."""
    rows = Duty.objects.filter(state__in=WITH_UNIT, due__isnull=False, task__plan__state="running")
    return rows.select_related("task__wording", "occurrence", "unit")


def reminders(day: date) -> Iterator[Wanted]:
    """Of every duty that a unit still owes: what the steps of the pack ask for on ``day``; four queries."""
    known = sorted(steps(KIND), key=lambda step: reached(step, day))
    if not known:
        return
    duties = list(_owed().filter(due__lte=reached(known[-1], day)))
    people = Recipients({one.unit_id for one in duties}, day)
    for duty in duties:
        due = duty.due or day
        # The steps are in order of the latest due date that they reach: the first that reaches this one is the highest.
        step = next(one for one in known if due <= reached(one, day))
        for member in people.of(duty.unit_id, step.to):
            yield Wanted(
                key=f"{duty.pk}/{due}",
                subject=ref_of_duty(duty),
                recipient=member,
                level=step.level,
                text=f"{duty.unit}任务 {duty.task}（{duty.occurrence}）{'已过期限' if due < day else '期限'} {due}",
                url=reverse("desk:duty", args=[duty.pk]),
                due=due,
            )


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
    """What has been handed in or closed is no longer reminded of (event ``plans.submitted``, ``plans.decided``)."""
    if data.get("state") != "back":
        actions.settle(by=SYSTEM, subject=ref)
