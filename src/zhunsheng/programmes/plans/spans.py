"""Stretches of the year by which a plan can be looked back at: whole years, quarters and months in which periods end.

Only stretches in which some period of the plan ends are offered. A period belongs to the month of its last day, and so
to one quarter and one year: a half-year's report stands in the second or the fourth quarter, never in two.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhunsheng.programmes.plans.models import Occurrence, Plan
from zhunsheng.programmes.plans.schedule import called


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of whole months of one year; ``key`` names it in an address."""

    key: str
    label: str
    begins: date
    ends: date


def spans(plan: Plan) -> list[Span]:
    """Years, each with its quarters and then its months, in order of time. One query."""
    days = set(Occurrence.objects.filter(task__plan=plan).order_by().values_list("ends", flat=True).distinct())
    return [span for year in sorted({one.year for one in days}) for span in _of_year(year, days)]


def _of_year(year: int, days: set[date]) -> Iterator[Span]:
    yield _span(year, 1, 12)
    months = sorted({one.month for one in days if one.year == year})
    yield from (_span(year, 3 * quarter + 1, 3 * quarter + 3) for quarter in sorted({(one - 1) // 3 for one in months}))
    yield from (_span(year, month, month) for month in months)


def _span(year: int, first: int, last: int) -> Span:
    whole = last - first == 11
    key = str(year) if whole else f"{year}q{last // 3}" if last > first else f"{year}m{last}"
    label = called(year, first, last) + ("全年" if whole else "")
    return Span(key, label, date(year, first, 1), date(year, last, monthrange(year, last)[1]))
