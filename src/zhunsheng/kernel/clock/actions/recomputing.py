"""Dates brought up to date after the calendar or the rules have changed; those that moved are listed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.clock import rules
from zhunsheng.kernel.clock.calendar import load
from zhunsheng.kernel.clock.models import Clock, ClockMove, ClockState
from zhunsheng.kernel.clock.rules import chain
from zhunsheng.kernel.clock.stored import COMPUTED, apply, computed, ref, subject
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.events import emit
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import now

BATCH = 500


def recompute(
    *, by: Actor, why: str, first: date | None = None, last: date | None = None, region: str = ""
) -> list[ClockMove]:
    """Compute again the running clocks whose date may have changed, and list those that moved.

    With ``first`` and ``last``: those that rest on days from ``first`` to ``last`` of the calendar of ``region`` or of a
    place in it. Without: those whose rule is another than the one that they were computed with.
    Each move emits ``clock.moved`` (old, new, why, subject, unit_id).
    """
    with change(by, "重算到期日", reason=why):
        running = Clock.objects.filter(state=ClockState.RUNNING)
        ids = _by_rule(running) if first is None or last is None else _by_days(running, first, last, region)
        moves: list[ClockMove] = []
        for start in range(0, len(ids), BATCH):
            moves += _again(ids[start : start + BATCH], why)
        return moves


def _by_days(running: QuerySet[Clock], first: date, last: date, region: str) -> list[int]:
    """Clocks whose span meets the days."""
    met = running.filter(span_from__lte=last, span_to__gte=first)
    if not region:
        return list(met.values_list("pk", flat=True))
    return [pk for pk, code in met.exclude(region="").values_list("pk", "region") if region in chain(code)]


def _by_rule(running: QuerySet[Clock]) -> list[int]:
    """Clocks whose rule counts otherwise than when they were computed; a rule that is gone leaves its clocks alone."""
    return list(_changed(running))


def _changed(running: QuerySet[Clock]) -> Iterator[int]:
    book = rules.book()
    columns = ("pk", "rule", "acted_on", "region", "rule_digest")
    for pk, rule, acted_on, region, digest in running.values_list(*columns).iterator():
        try:
            if book.at(rule, acted_on, region).digest != digest:
                yield pk
        except Refused:
            continue


def _again(ids: list[int], why: str) -> list[ClockMove]:
    """Compute these rows again, in a fixed number of queries."""
    rows = Clock.objects.select_for_update().filter(pk__in=ids, state=ClockState.RUNNING).order_by("pk")
    clocks = list(rows.prefetch_related("suspensions", "extensions"))
    calendars = {region: load(region) for region in {clock.region for clock in clocks}}
    moves = []
    for clock in clocks:
        old = clock.due
        apply(clock, computed(clock, calendar=calendars[clock.region]))
        if old is not None and clock.due is not None and old != clock.due:
            moves.append(ClockMove(clock=clock, old=old, new=clock.due, why=why[:200], at=now()))
    # An upsert of whole rows, all of which exist and are locked: ten times as fast as bulk_update's CASE for each column.
    Clock.objects.bulk_create(
        clocks, batch_size=BATCH, update_conflicts=True, unique_fields=["pk"], update_fields=COMPUTED
    )
    ClockMove.objects.bulk_create(moves, batch_size=BATCH)
    for move in moves:
        clock = move.clock
        emit(
            "clock.moved",
            ref(clock),
            old=move.old,
            new=move.new,
            why=why,
            subject=subject(clock),
            unit_id=clock.unit_id,
        )
    return moves
