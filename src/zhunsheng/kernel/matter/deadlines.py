"""The dates of a matter, by the county's working-day calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from zhunsheng.kernel.clock.calendar import Calendar, load
from zhunsheng.kernel.matter.kinds import Span


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
