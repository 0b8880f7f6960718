"""The counted dates of a matter: set when it is given or returned, and moved when the calendar changes.

A date that somebody typed, or that was granted as an extension, is a decision and stays where it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q

from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.clock.actions.recomputing import Job
from zhunsheng.kernel.clock.calendar import Calendar, load
from zhunsheng.kernel.clock.models import ClockMove
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.matter import deadlines
from zhunsheng.kernel.matter.flow import WITH_UNIT
from zhunsheng.kernel.matter.kinds import Span
from zhunsheng.kernel.matter.models import Matter, MatterStep
from zhunsheng.kernel.now import local_day

BATCH: Final = 500
AGAIN: Final = "退回重办："
SIGNING: Final = "签收期限"
ANSWERING: Final = "办结期限"
MOVED: Final = ("sign_by", "due", "due_provisional", "arithmetic", "version")


@dataclass(frozen=True, slots=True)
class Move:
    """One date of a matter that is another now."""

    what: str
    old: date
    new: date

    def __str__(self) -> str:
        return f"{self.what} {self.old} 改为 {self.new}"


def count(matter: Matter, start: date, span: Span) -> None:
    """Let it be answered ``span`` after ``start``; what the date was counted from stays with it."""
    _set(matter, deadlines.after(start, span), start, span)


def count_again(matter: Matter, start: date, span: Span) -> None:
    """Let a returned matter be done again by its own date, or ``span`` after ``start`` where that is later.

    What changed in the calendar while the answer lay with the issuing unit holds for its own date too.
    """
    calendar = load()
    _recount_due(matter, calendar)
    found = deadlines.after(start, span, calendar)
    if matter.due is None or found.day > matter.due:
        _set(matter, found, start, span, before=AGAIN)


def _set(matter: Matter, found: deadlines.Deadline, start: date, span: Span, *, before: str = "") -> None:
    matter.due, matter.due_provisional, matter.arithmetic = found.day, found.provisional, f"{before}{found.said}"
    matter.due_from, matter.due_days, matter.due_count = start, span.days, span.count


def set_by_hand(matter: Matter, due: date | None, said: str) -> None:
    """Let it be answered on a day that somebody has set; the calendar moves it no more."""
    matter.due, matter.due_provisional, matter.arithmetic = due, False, said
    matter.due_from, matter.due_days, matter.due_count = None, None, ""


def count_signing(matter: Matter, start: date, span: Span) -> None:
    """Let it be signed for ``span`` after ``start``, the day of issue."""
    matter.sign_by = deadlines.after(start, span).day
    matter.sign_days, matter.sign_count = span.days, span.count


def recount(matter: Matter, calendar: Calendar) -> list[Move]:
    """Count the dates again by ``calendar``; those that moved. Nothing is saved."""
    return [*_recount_signing(matter, calendar), *_recount_due(matter, calendar)]


def _recount_signing(matter: Matter, calendar: Calendar) -> list[Move]:
    old = matter.sign_by
    if matter.state != "issued" or matter.sign_span is None or matter.issued_at is None or old is None:
        return []
    matter.sign_by = deadlines.after(local_day(matter.issued_at), matter.sign_span, calendar).day
    return [Move(SIGNING, old, matter.sign_by)] if matter.sign_by != old else []


def _recount_due(matter: Matter, calendar: Calendar) -> list[Move]:
    old = matter.due
    if matter.due_from is None or matter.due_span is None or old is None:
        return []
    found = deadlines.after(matter.due_from, matter.due_span, calendar)
    before = AGAIN if matter.arithmetic.startswith(AGAIN) else ""
    matter.due, matter.due_provisional, matter.arithmetic = found.day, found.provisional, f"{before}{found.said}"
    return [Move(ANSWERING, old, found.day)] if found.day != old else []


def follow(job: Job) -> list[ClockMove]:
    """Bring matters that wait for their unit up to date after a change of the calendar; the dates that moved.

    Matters count by the country's calendar (``deadlines.after``): what one region says moves none of them.
    """
    if job.region:
        return []
    ids = list(Matter.objects.filter(_resting(job)).order_by("pk").values_list("pk", flat=True))
    return [move for start in range(0, len(ids), BATCH) for move in _again(ids[start : start + BATCH], job)]


def _resting(job: Job) -> Q:
    """Matters with a running date that was counted over the days that changed."""
    answering = Q(due_from__isnull=False, due_from__lte=job.last, due__gte=job.first)
    signing = Q(state="issued", sign_days__isnull=False, issued_at__date__lte=job.last, sign_by__gte=job.first)
    return Q(state__in=WITH_UNIT) & (answering | signing)


def _again(ids: list[int], job: Job) -> list[ClockMove]:
    """Count these again, in a fixed number of queries; a matter that has been answered meanwhile is left alone."""
    calendar, changed, told = load(), [], list[tuple[Matter, list[Move]]]()
    for matter in Matter.objects.select_for_update().filter(pk__in=ids, state__in=WITH_UNIT).order_by("pk"):
        provisional, moves = matter.due_provisional, recount(matter, calendar)
        if moves or matter.due_provisional != provisional:
            matter.version += bool(moves)
            changed.append(matter)
        if moves:
            told.append((matter, moves))
    # An upsert of whole rows, all of which exist and are locked, as for clocks.
    Matter.objects.bulk_create(
        changed, batch_size=BATCH, update_conflicts=True, unique_fields=["pk"], update_fields=MOVED
    )
    return _written(told, job)


def _written(told: list[tuple[Matter, list[Move]]], job: Job) -> list[ClockMove]:
    """A line in the history of each matter, and its moves for the list of all that moved."""
    if not told:
        return []
    with change(SYSTEM, "期限变动", about=[matter.ref for matter, _ in told], reason=job.why):
        MatterStep.objects.bulk_create(
            (
                MatterStep(
                    matter=matter, action="move", label="期限变动", by_name=SYSTEM.full_name, at=job.at,
                    reason=f"{job.why}：{'；'.join(map(str, moves))}"[:1000],
                )
                for matter, moves in told
            ),
            batch_size=BATCH,
        )  # fmt: skip
    return [job.move(one.ref, move.what, move.old, move.new, one.unit_id) for one, moves in told for move in moves]
