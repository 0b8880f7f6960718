"""时钟: how much time is left, in working days, as every page of the desk says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhunsheng.kernel.clock import calendar
from zhunsheng.programmes.plans.nearness import days
from zhunsheng.programmes.plans.states import SUBMITTED


@dataclass(frozen=True, slots=True)
class Left:
    """How much time is left, in working days, as a badge shows it: shape, words, the day."""

    kind: str
    words: str
    day: str


class Remaining:
    """Says for any number of dates how many working days are left; one question to the calendar for all of them."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._days = days()
        self._calendar = calendar.load()
        # A list has many lines and few dates; counting days is what it would spend most of its time on.
        self._left: dict[date, int] = {}

    def of(self, due: date | None, state: str = "new") -> Left | None:
        """The badge of a date; ``None`` where there is no date, or nothing is open."""
        if due is None or state in {"done", "cancelled", "na"}:
            return None
        if state in SUBMITTED:  # the unit has done its part; that somebody has not looked yet is no fault of its own
            return Left("", "已上报", words(due, self.day))
        if state == "paused":
            return Left("", "已暂缓", words(due, self.day))
        left = self._between(due)
        if due < self.day:
            return Left("late", f"逾期 {abs(left)} 个工作日" if left else "已过期限", words(due, self.day))
        near = (due - self.day).days
        kind = "near" if near <= self._days.orange else "soon" if near <= self._days.yellow else ""
        return Left(kind, "今天到期" if due == self.day else f"还剩 {left} 个工作日", words(due, self.day))

    def _between(self, due: date) -> int:
        if due not in self._left:
            self._left[due] = self._calendar.between(self.day, due)
        return self._left[due]


def words(day: date, today: date) -> str:
    """12月1日, with its year where it is another one."""
    return f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日"
