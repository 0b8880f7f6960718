"""The notice of holidays that is still to come, and who loads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpRequest

from zhunsheng.faces.access import OFFICE, SYSTEM_ADMINISTRATOR
from zhunsheng.faces.desk.links import open_to
from zhunsheng.faces.guard import roles_of
from zhunsheng.kernel.clock import calendar
from zhunsheng.kernel.now import today

PUBLISHED: Final = 11
"""The month in which the State Council's General Office has published the next year's notice of late."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A year without its notice, what follows from that, and where it is loaded ("" for who cannot)."""

    year: int
    words: str
    url: str


def wanting(day: date) -> int | None:
    """The first year, of this one and from November on the next, whose notice is not loaded; one query."""
    known = calendar.load()
    years = [day.year, day.year + 1] if day.month >= PUBLISHED else [day.year]
    return next((year for year in years if known.provisional(year)), None)


def missing(request: HttpRequest) -> Missing | None:
    """For the office and the system administrator."""
    if not roles_of(request) & (OFFICE | SYSTEM_ADMINISTRATOR):
        return None
    found = wanting(today())
    if found is None:
        return None
    words = f"{found} 年的工作日按周末和法定节日推算，算出的日期标“暂定”。国务院办公厅发布通知后载入，系统自动重算。"
    return Missing(found, words, open_to(request, "desk:calendar"))
