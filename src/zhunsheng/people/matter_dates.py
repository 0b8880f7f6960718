"""Dates of matters for the people who answer for them: reminders, and events of their calendars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.matter.flow import WITH_UNIT
from zhunsheng.kernel.matter.models import Matter
from zhunsheng.kernel.refs import Ref
from zhunsheng.kernel.reminders import actions
from zhunsheng.kernel.reminders.feeds import Event
from zhunsheng.kernel.reminders.sources import Wanted
from zhunsheng.kernel.reminders.steps import reached, steps
from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import UNIT_ROLES, MemberRole
from zhunsheng.people.recipients import Recipients

KIND = "matter_due"


def _open() -> QuerySet[Matter]:
    return Matter.objects.filter(state__in=WITH_UNIT, due__isnull=False)


def reminders(day: date) -> Iterator[Wanted]:
    """Of every matter that a unit still has to answer: what the steps of the pack ask for on ``day``."""
    matters = list(_open().filter(due__lte=max((reached(step, day) for step in steps(KIND)), default=day)))
    people = Recipients({one.unit_id for one in matters}, day)
    for step in steps(KIND):
        last = reached(step, day)
        for one in matters:
            if one.due is not None and one.due <= last:
                for member in people.of(one.unit_id, step.to):
                    yield Wanted(
                        key=f"{one.pk}/{one.due}",
                        subject=one.ref,
                        recipient=member,
                        level=step.level,
                        text=f"{one.document_number}“{one.title}”{'已过期限' if one.due < day else '期限'} {one.due}",
                        url=reverse("desk:matter", args=[one.pk]),
                        due=one.due,
                    )


def events(member: int, day: date) -> Iterator[Event]:
    """The matters that a member's units have to answer."""
    units = MemberRole.objects.filter(in_force(day), member_id=member, role__in=UNIT_ROLES).values("unit")
    for one in _open().filter(unit__in=units).order_by(F("due").asc(), "pk"):
        if one.due is not None:
            yield Event(
                uid=f"matter-{one.pk}",
                day=one.due,
                summary=f"{one.document_number} {one.title}",
                changed_at=one.issued_at or one.drafted_at,
                url=reverse("desk:matter", args=[one.pk]),
                sequence=one.version,
            )


def settled(ref: Ref, data: Mapping[str, Any]) -> None:
    """The unit has answered, or need not any more: it is no longer reminded."""
    del data
    actions.settle(by=SYSTEM, subject=ref)
