"""Demands on a quantity: 100%, 不少于40学时, 5小时内, 低于全省平均水平, 15%—20%.

A number is a target only where the words around it demand something of it; years, document numbers, sums that
a rule grants, figures of the past and numbers inside names stay out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from . import quantities as q
from .dates import titles
from .demand import Demand, clause_before
from .demand_forms import STREAMS, Stream, stated
from .ranges import Ranges


def demands(
    plain: str, start: int, end: int, year: int | None = None, taken: Sequence[tuple[int, int]] = ()
) -> list[Demand]:
    """All targets between two places, in order, none overlapping another, a title or a ``taken`` range.

    What a clause says of a year before the plan's ``year`` is a figure of the past.
    """
    clauses = list(_clauses_with_numbers(plain, start, end))
    streams = STREAMS if clauses else (stated,)
    quoted = [match.span() for match in q.QUOTED.finditer(plain, start, end)]
    spans = [*titles(plain, start, end), *quoted, *taken]
    found: list[Demand] = []
    kept, occupied = -1, Ranges(spans)
    for stream in streams:
        if kept != len(found):
            kept, occupied = len(found), Ranges([*spans, *((one.start, one.end) for one in found)])
        last = -1
        for demand in _run(stream, plain, start, [(start, end)] if stream is stated else clauses):
            if demand.start < last or occupied.touches(demand.start, demand.end):
                continue
            if _is_asked(plain, demand, start, end, year):
                found.append(demand)
                last = demand.end
    return sorted(found, key=lambda demand: demand.start)


def _is_asked(plain: str, demand: Demand, start: int, end: int, year: int | None) -> bool:
    """Whether the words around a quantity ask for it, and do not tell what was or which case is meant."""
    past = _is_past(plain, start, demand.start) or _tells_of_past_year(plain, start, demand.start, year)
    return not past and not _is_condition(plain, demand, end)


def _run(stream: Stream, plain: str, start: int, parts: Iterable[tuple[int, int]]) -> Iterator[Demand]:
    return (demand for low, high in parts for demand in stream(plain, start, low, high))


def _clauses_with_numbers(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses that hold a number which could be a quantity: nothing else can hold a demand with a number."""
    if q.NUMBERED.search(plain, start, end) is None:
        return
    for clause in q.CLAUSE.finditer(plain, start, end):
        if q.NUMBERED.search(plain, *clause.span()):
            yield clause.span()


def _is_past(plain: str, start: int, place: int) -> bool:
    """Whether the sentence tells what was, and nothing after that what shall be."""
    words = clause_before(plain, start, place, "。;")
    past = [match.end() for match in q.PAST.finditer(words)]
    return bool(past) and not re.search(r"到|至|力争|确保|今年|年底|目标|要|达到(?!了)", words[past[-1] :])


def _tells_of_past_year(plain: str, start: int, place: int, year: int | None) -> bool:
    if year is None:
        return False
    words = clause_before(plain, start, place)
    words = words if q.BIG_YEAR.search(words) else clause_before(plain, start, place, "。")
    years = re.findall(r"(?<!比)(?<!较)((?:19|20)\d{2})年(?!以来|的|底|前|基础)", words)
    return bool(years) and int(years[-1]) < year


def _is_condition(plain: str, demand: Demand, end: int) -> bool:
    """Whether the quantity only picks out a case: 低于80%的单位, 超过8小时的."""
    if plain[demand.end : min(end, demand.end + 1)] != "的":
        return False
    words = plain[demand.start : demand.end]
    return bool(re.match(r"超过|高于|大于|低于|小于|少于|多于|\d[^至到]*以[上下]$", words))
