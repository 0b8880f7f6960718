"""Changes of single clocks: start, suspend, resume, extend, finish, cancel."""

from __future__ import annotations

from datetime import date, datetime

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.clock import rules
from zhunsheng.kernel.clock.calendar import load
from zhunsheng.kernel.clock.compute import check_grants, check_pauses, compute
from zhunsheng.kernel.clock.models import Clock, ClockState, Extension, Suspension
from zhunsheng.kernel.clock.results import Grant, Pause
from zhunsheng.kernel.clock.stored import apply, computed, grants, moment, rule_of
from zhunsheng.kernel.clock.stored import subject as subject_of
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import today
from zhunsheng.kernel.refs import Ref


def start(
    *,
    by: Actor,
    rule: str,
    trigger: date | datetime,
    subject: Ref,
    region: str = "",
    unit_id: int | None = None,
    acted_on: date | None = None,
) -> Clock:
    """Start a time limit for ``subject``. The version of the rule is that of ``acted_on`` (default: the trigger's day).

    Raises ``Refused`` where the rule is unknown, not in force then, or has no number here.
    """
    day, instant = moment(trigger)
    limit = rules.book().at(rule, acted_on or day, region)
    found = compute(limit, trigger, load(region))
    clock = Clock(
        rule=limit.id,
        acted_on=acted_on or day,
        region=region,
        subject_kind=subject.kind,
        subject_key=subject.key,
        subject_label=subject.label,
        unit_id=unit_id,
        trigger=day,
        trigger_at=instant if limit.unit == "h" else None,
    )
    apply(clock, found)
    with change(by, "起算期限", about=[subject], reason=f"{limit.id} {limit.title}"):
        clock.save()
    return clock


def suspend(*, by: Actor, clock: Clock, start: date, reason: str, document: str) -> Clock:
    """Stop the clock from ``start`` on (that day no longer counts), by a written notice."""
    with change(by, "中止期限", about=[subject_of(clock)], reason=reason):
        clock = _locked(clock, ClockState.RUNNING)
        check_pauses(rule_of(clock), [Pause(start)])
        if not reason.strip() or not document.strip():
            raise Refused("suspension_incomplete", "中止要写事由和书面通知的文号。")
        if start < clock.trigger or (clock.due is not None and start > clock.due):
            raise Refused("suspension_dates", f"中止日应当在 {clock.trigger} 到 {clock.due} 之间，写的是 {start}。")
        Suspension.objects.create(clock=clock, start=start, reason=reason.strip(), document=document.strip())
        return _recomputed(clock, ClockState.SUSPENDED)


def resume(*, by: Actor, clock: Clock, end: date, document: str) -> Clock:
    """Let the clock go on; ``end`` is the last day that does not count."""
    with change(by, "恢复期限", about=[subject_of(clock)], reason=document):
        clock = _locked(clock, ClockState.SUSPENDED)
        suspension = clock.suspensions.select_for_update().get(end__isnull=True)
        if end < suspension.start:
            raise Refused("suspension_dates", f"{suspension.start} 才中止，最后一个不计的日子不能是 {end}。")
        if not document.strip():
            raise Refused("suspension_incomplete", "恢复要写书面通知的文号。")
        suspension.end, suspension.end_document = end, document.strip()
        suspension.save(update_fields=["end", "end_document"])
        return _recomputed(clock, ClockState.RUNNING)


def extend(
    *, by: Actor, clock: Clock, approver: str, n: int | None = None, document: str = "", granted_on: date | None = None
) -> Clock:
    """Extend by ``n`` (default: what the rule allows at most), approved by the one whom the law names.

    Raises ``Refused`` without an approver, beyond what the rule allows, or when the time had run out before.
    """
    granted_on = granted_on or today()
    with change(by, "延长期限", about=[subject_of(clock)], reason=f"{approver} {document}".strip()):
        clock = _locked(clock, ClockState.RUNNING)
        rule, given = rule_of(clock), grants(clock)
        slot = rule.extensions[len(given)] if len(given) < len(rule.extensions) else None
        more = Grant(n or (slot.n if slot else None) or 0, slot.unit if slot else rule.unit, approver.strip(), document)
        check_grants(rule, [*given, more])
        if clock.due is not None and granted_on > clock.due:
            raise Refused("already_over", f"期限已经在 {clock.due} 届满，{granted_on} 批准的延长不算数。")
        Extension.objects.create(
            clock=clock,
            n=more.n,
            unit=more.unit,
            approver=more.approver,
            document=document.strip(),
            granted_on=granted_on,
        )
        return _recomputed(clock, ClockState.RUNNING)


def finish(*, by: Actor, clock: Clock, day: date | None = None) -> Clock:
    """What was due is done on ``day`` (default: today); a suspended clock must be resumed first."""
    day = day or today()
    with change(by, "办结期限", about=[subject_of(clock)]):
        clock = _locked(clock, ClockState.RUNNING)
        if day < clock.trigger:
            raise Refused("done_too_early", f"{clock.trigger} 才起算，办结日不能是 {day}。")
        clock.done_on, clock.state = day, ClockState.DONE
        clock.save(update_fields=["done_on", "state"])
        return clock


def cancel(*, by: Actor, clock: Clock, reason: str) -> Clock:
    """The time limit no longer matters (application withdrawn); suspended ones may be cancelled too."""
    if not reason.strip():
        raise Refused("no_reason", "取消期限要写理由。")
    with change(by, "取消期限", about=[subject_of(clock)], reason=reason):
        clock = _locked(clock, ClockState.RUNNING, ClockState.SUSPENDED)
        clock.state = ClockState.CANCELLED
        clock.save(update_fields=["state"])
        return clock


def _locked(clock: Clock, *states: ClockState) -> Clock:
    """The row, locked, in one of these states. Raises ``Refused``."""
    row = Clock.objects.select_for_update().get(pk=clock.pk)
    if row.state not in states:
        raise Refused("clock_state", f"{row}的期限现在是“{row.get_state_display()}”，不能这样办。请刷新后再看。")
    return row


def _recomputed(clock: Clock, state: ClockState) -> Clock:
    """Saved with the date that follows from its suspensions and extensions. Raises ``Refused``."""
    apply(clock, computed(clock))
    clock.state = state
    clock.save()
    return clock
