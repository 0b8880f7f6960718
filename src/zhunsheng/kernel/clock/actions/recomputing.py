"""Dates brought up to date after the calendar or the rules have changed; those that moved are listed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

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
from zhunsheng.kernel.refs import Ref

BATCH = 500


@dataclass(frozen=True, slots=True)
class Job:
    """One change of the calendar: what it says of the days from ``first`` to ``last`` in ``region``, and why."""

    first: date
    last: date
    region: str
    why: str
    batch: uuid.UUID = field(default_factory=uuid.uuid4)
    at: datetime = field(default_factory=now)

    def move(self, subject: Ref, what: str, old: date, new: date, unit_id: int | None) -> ClockMove:
        """A date that this moved; not saved."""
        return ClockMove(
            batch=self.batch, subject_kind=subject.kind, subject_key=subject.key, subject_label=subject.label[:300],
            what=what, unit_id=unit_id, old=old, new=new, why=self.why[:200], at=self.at,
        )  # fmt: skip


Follower = Callable[[Job], list[ClockMove]]
_FOLLOWERS: list[Follower] = []


def follow(follower: Follower) -> None:
    """Let ``follower`` bring up to date whatever else rests on the calendar, in the transaction that changes it.

    It gives the dates that moved, unsaved. Registered once when an app is ready.
    """
    if follower not in _FOLLOWERS:
        _FOLLOWERS.append(follower)


def recompute(
    *, by: Actor, why: str, first: date | None = None, last: date | None = None, region: str = ""
) -> list[ClockMove]:
    """Compute again the running clocks whose date may have changed, and list those that moved.

    With ``first`` and ``last``: those that rest on days from ``first`` to ``last`` of the calendar of ``region`` or of a
    place in it. Without: those whose rule is another than the one that they were computed with.
    Then, too, the followers of the calendar. Each move of a clock emits ``clock.moved`` (old, new, why, subject,
    unit_id), all of them together ``calendar.moved`` (moves).
    """
    with change(by, "重算到期日", reason=why):
        running = Clock.objects.filter(state=ClockState.RUNNING)
        by_rule = first is None or last is None
        job = Job(first or date.min, last or date.max, region, why)
        ids = _by_rule(running) if by_rule else _by_days(running, job)
        moves: list[ClockMove] = []
        for start in range(0, len(ids), BATCH):
            moves += _again(ids[start : start + BATCH], job)
        for follower in () if by_rule else _FOLLOWERS:
            moves += follower(job)
        _tell(moves, job)
        return moves


def _tell(moves: list[ClockMove], job: Job) -> None:
    """Enter the moves and say so to whoever listens."""
    ClockMove.objects.bulk_create(moves, batch_size=BATCH)
    for move in moves:
        if move.clock is not None:
            told = {"old": move.old, "new": move.new, "why": job.why, "subject": move.subject, "unit_id": move.unit_id}
            emit("clock.moved", ref(move.clock), **told)
    if moves:
        emit("calendar.moved", Ref("clock.moves", str(job.batch), job.why), moves=moves)


def _by_days(running: QuerySet[Clock], job: Job) -> list[int]:
    """Clocks whose span meets the days."""
    met = running.filter(span_from__lte=job.last, span_to__gte=job.first)
    if not job.region:
        return list(met.values_list("pk", flat=True))
    return [pk for pk, code in met.exclude(region="").values_list("pk", "region") if job.region in chain(code)]


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


def _again(ids: list[int], job: Job) -> list[ClockMove]:
    """Compute these rows again, in a fixed number of queries; the moves, unsaved."""
    rows = Clock.objects.select_for_update().filter(pk__in=ids, state=ClockState.RUNNING).order_by("pk")
    clocks = list(rows.prefetch_related("suspensions", "extensions"))
    calendars = {region: load(region) for region in {clock.region for clock in clocks}}
    moves = []
    for clock in clocks:
        old = clock.due
        apply(clock, computed(clock, calendar=calendars[clock.region]))
        if old is not None and clock.due is not None and old != clock.due:
            moves.append(_move(clock, old, clock.due, job))
    # An upsert of whole rows, all of which exist and are locked: ten times as fast as bulk_update's CASE for each column.
    Clock.objects.bulk_create(
        clocks, batch_size=BATCH, update_conflicts=True, unique_fields=["pk"], update_fields=COMPUTED
    )
    return moves


def _move(clock: Clock, old: date, new: date, job: Job) -> ClockMove:
    title = rules.book().versions(clock.rule)[0].title
    move = job.move(subject(clock), f"{clock.rule} {title}"[:200], old, new, clock.unit_id)
    move.clock = clock
    return move
