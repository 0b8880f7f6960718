"""What the pages of running plans share: words for dates, choices of filters, the plan above a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest
from django.urls import reverse

from zhunsheng.faces.desk.pages import Crumb
from zhunsheng.faces.guard import member
from zhunsheng.kernel.clock import calendar
from zhunsheng.programmes.plans import visible
from zhunsheng.programmes.plans.models import Plan
from zhunsheng.programmes.plans.nearness import CELLS, days


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

    def of(self, due: date | None, state: str = "new") -> Left | None:
        """The badge of a date; ``None`` where there is no date, or nothing is open."""
        if due is None or state in {"done", "cancelled", "na"}:
            return None
        left = self._calendar.between(self.day, due)
        if due < self.day:
            return Left("late", f"逾期 {abs(left)} 个工作日" if left else "已过期限", words(due, self.day))
        near = (due - self.day).days
        kind = "near" if near <= self._days.orange else "soon" if near <= self._days.yellow else ""
        return Left(kind, "今天到期" if due == self.day else f"还剩 {left} 个工作日", words(due, self.day))


def words(day: date, today: date) -> str:
    """12月1日, with its year where it is another one."""
    return f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日"


def cells() -> list[tuple[str, str]]:
    """The states of a filter: key and words."""
    limits = days()
    return [(key, limits.words(key)) for key in CELLS]


def plan_or_404(request: HttpRequest, pk: int) -> Plan:
    """The plan, if the person may see it."""
    found = visible.plans(member(request)).select_related("office", "division").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def above(plan: Plan) -> list[Crumb]:
    """The places above a page of a plan."""
    return [("工作方案", reverse("desk:plans")), (plan.title, reverse("desk:plan", args=[plan.pk]))]


def number(value: str | None) -> int | None:
    """A number of a record from the address; ``None`` for nothing or nonsense."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None
