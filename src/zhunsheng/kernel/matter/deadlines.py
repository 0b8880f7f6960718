"""The dates of a matter, by the county's working-day calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from zhunsheng.kernel.clock.calendar import Calendar, load
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.matter.kinds import Span

AHEAD: Final = 5
"""Years by which a typed date may lie ahead: the longest that offices work by (五年规划); beyond it a slip of the key."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day, whether it rests on a year without its holiday notice, and how it was counted, in Chinese."""

    day: date
    provisional: bool
    said: str


def after(start: date, span: Span, calendar: Calendar | None = None) -> Deadline:
    """``span`` after ``start``, the day itself not counted. Raises ``ValueError`` for a span without days.

    A calendar span that ends on a day off is carried on to the next working day (民法典 §201, §203).
    """
    if span.days is None:
        raise ValueError("this span has no days of its own")
    days = calendar or load()
    working = span.count == "working"
    last = days.add(start, span.days) if working else days.on_or_after(start + timedelta(days=span.days))
    looked_at = (start + timedelta(days=n) for n in range(1, (last - start).days + 1))
    unsure = any(map(days.unsure, looked_at)) if working else days.unsure(last)
    unit = "个工作日" if working else "日"
    return Deadline(last, unsure, f"自 {start:%Y-%m-%d} 的次日起 {span.days} {unit}，到 {last:%Y-%m-%d}")


def check_typed(due: date | None, day: date) -> None:
    """Raises ``Refused`` for a date that somebody typed on ``day`` and nobody can mean."""
    if due is None:
        return
    if due <= day:
        raise Refused("due_past", f"办结期限 {due} 已经到了或者过了。请填一个以后的日期；年份写错了的，请改正。")
    check_far(due, day)


def check_far(due: date, day: date) -> None:
    """Raises ``Refused`` for a date too far ahead of ``day``."""
    if due.year > day.year + AHEAD:
        raise Refused(
            "due_far", f"期限 {due} 太远了，最晚到 {day.year + AHEAD}-12-31。请核对年份，改填一个近一些的日期。"
        )
