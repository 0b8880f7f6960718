"""两周期限: what falls due on each day from today on; days without work are gaps, unless something falls on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.clock import calendar
from zhunsheng.kernel.clock.days import weekday
from zhunsheng.kernel.waiting import Dated, agenda
from zhunsheng.programmes.plans.nearness import days as limits

LENGTH: Final = 14
SHOWN: Final = 2
"""Lines drawn for a day; of the rest only their number."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day with what falls on it; ``gap`` says in words which days without work are left out here."""

    day: date
    word: str = ""
    items: tuple[Dated, ...] = ()
    more: int = 0
    shape: str = ""
    gap: str = ""


def strip(actor: Actor, today: date) -> list[Day]:
    """Two weeks from today; the queries of ``agenda`` and one of the calendar."""
    falling = agenda(actor, today, today + timedelta(days=LENGTH - 1))
    known = calendar.load()
    days = [today + timedelta(days=index) for index in range(LENGTH)]
    found: list[Day] = []
    for empty, some in groupby(days, key=lambda day: not known.works(day) and day not in falling and day != today):
        run = list(some)
        if empty:
            found.append(Day(run[0], gap=_gap(known, run)))
        else:
            found += _days(run, falling, today, known)
    return found


def _days(
    run: Sequence[date], falling: dict[date, list[Dated]], today: date, known: calendar.Calendar
) -> Iterator[Day]:
    bounds = limits()
    for day in run:
        items = falling.get(day, [])
        left = (day - today).days
        shape = "near" if left <= bounds.orange else "soon" if left <= bounds.yellow else "run"
        yield Day(day, _word(day, today, known), tuple(items[:SHOWN]), len(items[SHOWN:]), shape)


def _word(day: date, today: date, known: calendar.Calendar) -> str:
    if day == today:
        return "今天"
    if day.day == 1:
        return f"{day.month}月"
    return weekday(day) if known.works(day) else f"{weekday(day)} 休"


def _gap(known: calendar.Calendar, run: Sequence[date]) -> str:
    """周末, or the names of the holidays: 国庆节放假."""
    names = dict.fromkeys(note.name for note in map(known.note, run) if note and not note.works)
    return f"{'、'.join(names)}放假" if names else "周末"
