"""Between a stored clock and its computation."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, cast

from django.db.models import F, QuerySet

from zhunsheng.kernel.clock import rules
from zhunsheng.kernel.clock.calendar import load
from zhunsheng.kernel.clock.compute import compute, local
from zhunsheng.kernel.clock.days import Calendar
from zhunsheng.kernel.clock.models import Clock
from zhunsheng.kernel.clock.results import Due, Grant, Pause
from zhunsheng.kernel.clock.rules import TimeLimit, Unit
from zhunsheng.kernel.refs import Ref

COMPUTED: Final = ("due", "due_at", "steps", "provisional", "span_from", "span_to", "rule_from", "rule_digest")


def ref(clock: Clock) -> Ref:
    """The clock itself."""
    return Ref("clock.clock", str(clock.pk), f"{clock.rule} {clock.subject_label}")


def subject(clock: Clock) -> Ref:
    """What the clock runs for."""
    return Ref(clock.subject_kind, clock.subject_key, clock.subject_label)


def of(subject: Ref) -> QuerySet[Clock]:
    """The clocks of one record, the first due first; those without a date last."""
    own = Clock.objects.filter(subject_kind=subject.kind, subject_key=subject.key)
    return own.order_by(F("due").asc(nulls_last=True), "pk")


def rule_of(clock: Clock) -> TimeLimit:
    """The rule as it stands for this clock. Raises ``Refused``."""
    return rules.book().at(clock.rule, clock.acted_on, clock.region)


def pauses(clock: Clock) -> list[Pause]:
    """Its suspensions, oldest first."""
    rows = sorted(clock.suspensions.all(), key=lambda row: (row.start, row.pk))
    return [Pause(row.start, row.end, row.reason) for row in rows]


def grants(clock: Clock) -> list[Grant]:
    """Its extensions, in the order in which they were granted."""
    rows = sorted(clock.extensions.all(), key=lambda row: row.pk)
    return [Grant(row.n, cast("Unit", row.unit), row.approver, row.document) for row in rows]


def computed(clock: Clock, *, calendar: Calendar | None = None, rule: TimeLimit | None = None) -> Due:
    """The date of a stored clock, computed afresh. Raises ``Refused``."""
    trigger: date | datetime = clock.trigger_at or clock.trigger
    calendar = calendar or load(clock.region)
    return compute(rule or rule_of(clock), trigger, calendar, pauses(clock), grants(clock))


def apply(clock: Clock, due: Due) -> None:
    """Write a computation into the row; nothing is saved."""
    clock.due, clock.due_at = due.day, due.at
    clock.steps = due.sentences
    clock.provisional = due.provisional
    clock.span_from, clock.span_to = due.span or (None, None)
    clock.rule_from, clock.rule_digest = due.rule.valid_from, due.rule.digest


def moment(trigger: date | datetime) -> tuple[date, datetime | None]:
    """Day and instant of a trigger; a mere day has no instant."""
    if isinstance(trigger, datetime):
        instant = local(trigger)
        return instant.date(), instant
    return trigger, None
