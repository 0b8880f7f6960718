"""Goals: targets that stand outside the tasks, with the date that governs each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from .dates import Calendar, When, due_dates
from .demand import Demand
from .fold import Script
from .frequency import frequencies
from .headings import section_title
from .markers import Block
from .model import Goal
from .ranges import Ranges
from .targets import demands
from .values import Values

_AIMS = re.compile("目标|要求|思路|任务|指标|预期")
_BARE_YEAR = re.compile(r"(?P<word>(?P<year>20\d{2})年),")
_AIM_IS = re.compile("(?:总体|主要|工作|预期|全年)?目标(?:是:?|为:?|:|,)")


def goals(values: Values, blocks: Sequence[Block], inside: Ranges) -> Iterator[Goal]:
    """All goals of a document, in order. ``inside`` are the extents of its tasks."""
    plain, calendar = values.script.plain, values.calendar
    for low, high in _parts(values.script, blocks, inside):
        dates = [*due_dates(plain, low, high, calendar), *_bare_years(plain, low, high, calendar)]
        dates.sort(key=lambda when: when.start)
        taken = [(one.start, one.end) for one in frequencies(plain, low, high)]
        taken += [(when.start, when.end) for when in dates]
        for one in demands(plain, low, high, calendar.year, taken):
            target, due = values.target(one), _governing(values.script, dates, one)
            yield Goal(
                target.text, target.start, target.end, target.quantity, target.op, target.value, target.unit,
                tuple(values.due(when) for when in due),
            )  # fmt: skip


def _bare_years(plain: str, low: int, high: int, calendar: Calendar) -> Iterator[When]:
    """2024年 at the head of a sentence of aims: what follows is for that year."""
    for match in _BARE_YEAR.finditer(plain, low, high):
        if match.start() == low or plain[match.start() - 1] in "。;:":
            year = int(match["year"])
            if calendar.year is None or year >= calendar.year:
                yield When(match.start(), match.end("word"), date(year, 12, 31), None)


def _parts(script: Script, blocks: Sequence[Block], inside: Ranges) -> Iterator[tuple[int, int]]:
    """What states aims: a sentence of the introduction, or the own words of sections under such a heading."""
    first = min([inside.next_start(0, len(script.plain)), *(block.start for block in blocks)])
    for match in _AIM_IS.finditer(script.plain, 0, first):
        yield match.end(), _paragraph_end(script, match.end(), first)
    for block in blocks:
        if inside.holds(block.start) or not _states_aims(script, block):
            continue
        yield block.body, min(block.own_end, inside.next_start(block.body, block.own_end))


def _paragraph_end(script: Script, start: int, end: int) -> int:
    at = script.next_line(start, end)
    while at < end and script.plain[at - 1] not in "。;:":
        at = script.next_line(at, end)
    return at


def _states_aims(script: Script, block: Block) -> bool:
    return any(_AIMS.search(section_title(script, one)) for one in (block, *block.ancestors()))


def _governing(script: Script, dates: Sequence[When], goal: Demand) -> list[When]:
    """The last due date before a goal in its paragraph, else one right after it in its clause."""
    before = [when for when in dates if when.end <= goal.start and when.recurs is None]
    if before and _paragraph_end(script, before[-1].end, goal.start) >= goal.start:
        return before[-1:]
    after = (when for when in dates if when.start >= goal.end)
    return [when for when in after if not re.search("[。;]", script.plain[goal.end : when.start])][:1]
