"""The values of one task, as the model wants them: printed words, spans and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .attribution import Attribution
from .dates import Calendar, When, column_dates, due_dates
from .demand import Demand
from .drafts import Draft
from .fold import Script, fold
from .frequency import Often, frequencies
from .model import Due, Frequency, Mention, Target, Task
from .ranges import Ranges
from .role_words import says_host_leads, states_first_is_lead
from .roles import Named
from .targets import demands

_TITLE_LENGTH = 40
_DATE_LABEL = re.compile(
    r"(?=[时期完推])(?:时限|期限|完成时间|时间节点|时间要求|时间安排|推进时间)(?:要求)?[:](?P<when>[^,。;)\]]{2,24})"
)

_TELLS_WHICH = re.compile(r"(?!完成|实现|达到|做到|落实|力争|基本|全面)[^,。;:、()]{1,8}的")
"""What follows a date that only says which things are meant: 2024年底前形成的欠款."""


class Values:
    """Reads the values of tasks and aims out of one document."""

    def __init__(self, script: Script, calendar: Calendar) -> None:
        self.script = script
        self.calendar = calendar
        self.past: list[Due] = []
        """Dates of the tasks read so far that lie before the plan's own year, and are none of their due dates."""
        self._first_leads = states_first_is_lead(script.plain)
        self._host_leads = says_host_leads(script.plain)

    def task(self, draft: Draft) -> Task:
        """A draft with everything that its words say."""
        plain = self.script.plain
        often = [one for low, high in (*draft.parts, *draft.due_boxes) for one in frequencies(plain, low, high)]
        spreads = Ranges(one.spread for one in often if one.spread is not None)
        dates, past = self._dates(draft)
        dates = [when for when in dates if not spreads.holds(when.start)]
        taken = [*((one.start, one.end) for one in often), *((when.start, when.end) for when in dates)]
        wanted = [one for low, high in draft.parts for one in demands(plain, low, high, self.calendar.year, taken)]
        since = _asked_from(plain, draft)
        self.past += [self.due(when) for when in past if when.start >= since]
        mentions = self._mentions(draft)
        start, end = self.script.span(draft.start, draft.end)
        return Task(
            number=draft.number,
            section=draft.above[-1].number if draft.above else "",
            title=self._title(draft),
            text=self.script.text[start:end],
            start=start,
            end=end,
            mentions=mentions,
            role_label=_role_label(mentions),
            open_ended=any(source.open_ended for source in draft.sources),
            due=tuple(self.due(when) for when in dates if when.start >= since),
            frequency=tuple(self._frequency(one) for one in often if one.start >= since),
            targets=tuple(self.target(one) for one in wanted if one.start >= since),
        )

    def due(self, when: When) -> Due:
        """A due date as the model wants it."""
        return Due(*self._span(when.start, when.end), when.day, when.recurs)

    def target(self, one: Demand) -> Target:
        """A demand as the model wants it."""
        printed = self.script.printed
        value = printed(one.value.start, one.value.stop) if isinstance(one.value, range) else one.value
        unit = one.unit if isinstance(one.unit, str) else printed(*one.unit)
        return Target(*self._span(one.start, one.end), printed(*one.quantity), one.op, value, unit)

    def _frequency(self, one: Often) -> Frequency:
        spread = self.script.printed(*one.spread) if one.spread is not None else None
        return Frequency(*self._span(one.start, one.end), one.count, one.op, one.per, spread)

    def _span(self, start: int, end: int) -> tuple[str, int, int]:
        first, last = self.script.span(start, end)
        return self.script.text[first:last], first, last

    def _title(self, draft: Draft) -> str:
        """The first words of a task, as far as a heading would go."""
        low, high = draft.title or (draft.body, draft.end)
        high = min([high, *(source.start for source in draft.sources if source.start > low)])
        sentence = re.search(r"[。;]", self.script.plain[low:high])
        high = low + sentence.start() if sentence is not None else high
        if high - low > _TITLE_LENGTH:
            comma = re.search(r"[,:]", self.script.plain[low + 8 : low + _TITLE_LENGTH])
            high = low + 8 + comma.start() if comma is not None else low + _TITLE_LENGTH
        return self.script.printed(low, high)

    def _mentions(self, draft: Draft) -> tuple[Mention, ...]:
        names = _first_leads(draft.sources) if self._first_leads else draft.names
        if self._host_leads:
            names = [replace(name, role="lead") if "主办" in fold(name.label) else name for name in names]
        seen: dict[str, Mention] = {}
        for name in sorted(names, key=lambda one: one.role != "lead"):
            printed = self.script.printed(name.start, name.end)
            if printed not in seen:
                words = self._span(name.start, name.end)
                seen[printed] = Mention(*words, printed, name.role, name.label, name.collective)
        return tuple(sorted(seen.values(), key=lambda one: one.start))

    def _dates(self, draft: Draft) -> tuple[list[When], list[When]]:
        """The due dates, and dates that would be if they did not lie before the plan's own year."""
        plain, calendar = self.script.plain, self.calendar
        found = [when for low, high in draft.due_boxes for when in column_dates(plain, low, high, calendar)]
        past: list[When] = []
        for low, high in draft.parts:
            for when in due_dates(plain, low, high, calendar):
                (past if self._is_over(when) else found).append(when)
            for match in _DATE_LABEL.finditer(plain, low, high):
                first, last = match.span("when")
                if not any(first <= when.start < last for when in found):
                    found += column_dates(plain, first, last, calendar)
        labelled = {when.start for when in found}
        past = [when for when in past if when.start not in labelled and not _TELLS_WHICH.match(plain, when.end)]
        return sorted(found, key=lambda when: when.start), past

    def _is_over(self, when: When) -> bool:
        """A printed year before the plan's own is no due date."""
        if when.day is None or when.guessed or self.calendar.year is None:
            return False
        return when.day.year < self.calendar.year


_REMEDY = re.compile(r"整改(?:目标|措施|要求|任务|内容)[:]")


def _asked_from(plain: str, draft: Draft) -> int:
    """Where a task begins to ask: what stands before 整改目标： tells the fault, with its figures."""
    remedy = _REMEDY.search(plain, draft.start, draft.end)
    return remedy.start() if remedy is not None else draft.start


def _first_leads(sources: Sequence[Attribution]) -> list[Named]:
    """The names of a task under the rule that the unit listed first is the lead unit."""
    names: list[Named] = []
    for source in sources:
        told = any(name.role == "lead" for name in source.names)
        for index, name in enumerate(source.names):
            names.append(replace(name, role="lead") if index == 0 and not told and not name.told else name)
    return names


def _role_label(mentions: Iterable[Mention]) -> str:
    labels = {one.role: one.label for one in reversed(list(mentions)) if one.label}
    return labels.get("responsible") or labels.get("lead", "")
