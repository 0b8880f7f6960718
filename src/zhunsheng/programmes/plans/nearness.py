"""How near the date of a duty is, as a condition in SQL: the days that turn it yellow and orange are parameters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Case, CharField, F, Q, Value, When

from zhunsheng.kernel import packs
from zhunsheng.programmes.plans.states import SUBMITTED, WITH_UNIT

CELLS: Final = {
    "late": ("逾期", "late"),
    "back": ("退回", "back"),
    "wait": ("待确认", "wait"),
    "near": ("{orange} 天内到期", "near"),
    "soon": ("{yellow} 天内到期", "soon"),
    "run": ("办理中", "run"),
    "done": ("办结", "done"),
    "new": ("未开始", "new"),
    "stop": ("暂缓", "stop"),
    "na": ("取消", "na"),
}
"""What a cell of the matrix or a line of a list shows: words, and the shape that the whole product uses."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days before a date on which a duty turns yellow and orange."""

    yellow: int
    orange: int

    def words(self, cell: str) -> str:
        """What a cell is called, its days filled in."""
        return CELLS[cell][0].format(yellow=self.yellow, orange=self.orange)


def days() -> Days:
    """As the county's pack says."""
    content = packs.load("plans").content
    return Days(content["yellow"], content["orange"])


def late(day: date) -> Q:
    """The unit has the next move and the date has passed."""
    return Q(state__in=WITH_UNIT, due__lt=day)


def cell(day: date, limits: Days) -> Case:
    """The key of ``CELLS`` for a duty, or for an assignment by the duty that counts.

    What was done for all begun periods shows as done until the next one begins.
    """
    waiting = Q(state__in=WITH_UNIT)
    return Case(
        When(late(day), then=Value("late")),
        When(state="back", then=Value("back")),
        When(state__in=SUBMITTED, then=Value("wait")),
        When(state="done", then=Value("done")),
        When(state="paused", then=Value("stop")),
        When(state="cancelled", then=Value("na")),
        When(waiting & Q(due__lte=day + timedelta(days=limits.orange)), then=Value("near")),
        When(waiting & Q(due__lte=day + timedelta(days=limits.yellow)), then=Value("soon")),
        When(state="run", then=Value("run")),
        default=Value("new"),
        output_field=CharField(),
    )


def assigned_cell(day: date, limits: Days) -> Case:
    """``cell`` for an assignment: late where any period is; one whose next period has not begun is done, if anything was."""
    resting = Q(state="new", begins__gt=day, done__gt=0)
    return Case(
        When(owed__lt=day, then=Value("late")),
        When(resting, then=Value("done")),
        default=cell(day, limits),
        output_field=CharField(),
    )


BY_DUE: Final = (F("due").asc(nulls_last=True), "pk")
"""The earliest first, those without a date last."""
