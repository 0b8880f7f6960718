"""The county's working-day calendar, out of the database. ``load`` is what everybody calls."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from threading import Lock
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from zhunsheng.kernel.clock import shipped
from zhunsheng.kernel.clock.days import Calendar, DayNote
from zhunsheng.kernel.clock.models import CalendarDay, CalendarStamp, YearNotice
from zhunsheng.kernel.clock.rules import chain
from zhunsheng.kernel.prepared import prepared

__all__ = ["Calendar", "DayNote", "hold", "load"]

KEPT: Final = 64
_CACHE: OrderedDict[str, tuple[UUID, Calendar]] = OrderedDict()
_LOCK: Final = Lock()


def load(region: str = "") -> Calendar:
    """The calendar as it stands in ``region``, a division code ("" for the whole country).

    One query (is my copy still good?), three when it is not. A database that was never filled (``actions.seed``) gives
    the notices that ship with the program.
    """
    stamp = next(iter(_stamps()), None)
    if stamp is None:
        return shipped.calendar(region)
    kept = _CACHE.get(region)
    if kept is not None and kept[0] == stamp:
        return kept[1]
    calendar = _read(region)
    with _LOCK:
        _CACHE[region] = (stamp, calendar)
        while len(_CACHE) > KEPT:
            _CACHE.popitem(last=False)
    return calendar


@prepared
def _stamps() -> QuerySet[CalendarStamp, UUID]:
    return CalendarStamp.objects.order_by("pk").values_list("stamp", flat=True)[:1]


def hold() -> None:
    """Nobody changes the calendar until the end of this transaction, which stores a date counted by it.

    Otherwise a notice that is loaded meanwhile would pass the date by: it is not there yet when the others are moved.
    """
    list(CalendarStamp.objects.select_for_update().values_list("stamp"))


def _read(region: str) -> Calendar:
    """What is said of the days in the region and in those above it; the nearest goes before."""
    near = {code: rank for rank, code in enumerate(chain(region))}
    rows = CalendarDay.objects.filter(region__in=near).values_list("region", "day", "works", "name", "source")
    notes: dict[date, DayNote] = {}
    for _, day, works, name, source in sorted(rows, key=lambda row: -near[row[0]]):
        notes[day] = DayNote(works, name, source)
    years = YearNotice.objects.filter(region__in=near).values_list("year", flat=True)
    return Calendar(region, notes, frozenset(years))
