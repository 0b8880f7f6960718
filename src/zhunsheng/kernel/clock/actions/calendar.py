"""Changes of the working-day calendar. Each brings the dates that rest on the changed days up to date."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.clock import shipped
from zhunsheng.kernel.clock.actions.recomputing import recompute
from zhunsheng.kernel.clock.days import TAIL, statutory
from zhunsheng.kernel.clock.models import CalendarDay, CalendarStamp, ClockMove, YearNotice
from zhunsheng.kernel.clock.notice import NoticeRow, missing
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import today

BATCH = 400


def seed(*, by: Actor) -> list[int]:
    """Enter the notices that ship with the program, for the years that have none; the years entered. Safe to repeat."""
    with change(by, "载入随程序带来的放假安排"):
        stamp, _ = CalendarStamp.objects.select_for_update().get_or_create(pk=1)
        years = _fill()
        if years:
            _renew(stamp)
            recompute(by=by, why="载入放假安排", first=date(years[0] - 1, 12, TAIL), last=date(years[-1], 12, 31))
        return years


def load_notice(*, by: Actor, year: int, document: str, rows: Sequence[NoticeRow], region: str = "") -> list[ClockMove]:
    """Enter a year's notice (放假办法第七条), in place of an earlier one of that year; the dates that moved.

    Raises ``Refused`` where a row lies in another year or a statutory holiday is missing.
    """
    document = document.strip()
    _acceptable(year, document, rows, region)
    with change(by, "载入放假安排", reason=f"{year}年 {document}"):
        stamp = _locked()
        before = YearNotice.objects.filter(region=region, year=year).first()
        if before is not None:
            CalendarDay.objects.filter(region=region, day__year=year, source=before.document).delete()
        _enter(
            (CalendarDay(region=region, day=row.day, works=row.works, name=row.name, source=document) for row in rows),
            over=True,
        )
        YearNotice.objects.update_or_create(
            region=region, year=year, defaults={"document": document, "loaded_on": today()}
        )
        _renew(stamp)
        first = min([date(year - 1, 12, TAIL), *(row.day for row in rows)])
        return recompute(by=by, why=f"{document}载入", first=first, last=date(year, 12, 31), region=region)


def set_day(*, by: Actor, day: date, works: bool, name: str, region: str = "", source: str = "") -> list[ClockMove]:
    """Say of one day that it is worked or not (an extra local holiday, 放假办法第四条); the dates that moved."""
    if not name.strip():
        raise Refused("day_name", "请写明这一天是什么日子，例如 三月三。")
    with change(by, "改工作日历", reason=f"{day} {name.strip()}{'上班' if works else '放假'}"):
        stamp = _locked()
        CalendarDay.objects.update_or_create(
            region=region, day=day, defaults={"works": works, "name": name.strip(), "source": source.strip()}
        )
        _renew(stamp)
        return recompute(by=by, why=f"工作日历改了 {day}", first=day, last=day, region=region)


def clear_day(*, by: Actor, day: date, region: str = "") -> list[ClockMove]:
    """Take back what was said of one day; the dates that moved."""
    with change(by, "改工作日历", reason=f"{day} 不再另作安排"):
        stamp = _locked()
        if not CalendarDay.objects.filter(region=region, day=day).delete()[0]:
            raise Refused("no_such_day", f"日历里没有对 {day} 另作安排，不用撤。")
        _renew(stamp)
        return recompute(by=by, why=f"工作日历改了 {day}", first=day, last=day, region=region)


def _locked() -> CalendarStamp:
    """The stamp, locked so that changes of the calendar come one after the other; the first one fills the calendar."""
    stamp, new = CalendarStamp.objects.select_for_update().get_or_create(pk=1)
    if new:
        _fill()
    return stamp


def _fill() -> list[int]:
    known = set(YearNotice.objects.filter(region="").values_list("year", flat=True))
    years = sorted(shipped.years() - known)
    _enter(
        CalendarDay(day=day, works=note.works, name=note.name, source=note.source)
        for day, note in shipped.notes().items()
        if day.year in set(years)
    )
    YearNotice.objects.bulk_create(YearNotice(year=year, document=shipped.SOURCE, loaded_on=today()) for year in years)
    return years


def _enter(rows: Iterable[CalendarDay], *, over: bool = False) -> None:
    """Enter days; where a day is there already, it is kept, or written over."""
    if over:
        CalendarDay.objects.bulk_create(
            rows,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["region", "day"],
            update_fields=["works", "name", "source"],
        )
    else:
        CalendarDay.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def _renew(stamp: CalendarStamp) -> None:
    stamp.stamp = uuid.uuid4()
    stamp.save(update_fields=["stamp"])


def _acceptable(year: int, document: str, rows: Sequence[NoticeRow], region: str) -> None:
    if not document:
        raise Refused("notice_document", "请写明放假安排的文件名称和文号。")
    if not rows:
        raise Refused("notice_empty", "放假安排里一天也没有。请检查表格。")
    strange = [row.day for row in rows if row.day.year != year and (row.day.year, row.day.month) != (year - 1, 12)]
    if strange:
        raise Refused("notice_year", f"{strange[0]} 不在 {year} 年，也不在上一年十二月，请核对年份。")
    absent = missing(rows, statutory(year)) if not region else []
    if absent:
        raise Refused("notice_incomplete", f"法定节假日没有列全：{'、'.join(absent)}。请对照通知补上，再载入。")
