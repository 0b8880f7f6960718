"""A text cut into segments at the ends of the marks that lie on it. Marks may overlap; no character is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that say something: ``kind`` (a CSS class), and ``href``, where the page explains them ("" for nowhere).

    The half-open span ``start:end`` counts characters of the text.
    """

    start: int
    end: int
    kind: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of characters under the same marks, in the order in which the marks were given."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def segments(length: int, marks: Sequence[Mark], cuts: Iterable[int] = ()) -> Iterator[Segment]:
    """Cut a text of ``length`` characters at every end of every mark and at every offset in ``cuts``.

    The segments follow one another from 0 to ``length`` without a gap. Marks that reach outside the text are
    clipped; empty marks are left out.
    """
    placed = [mark for mark in marks if max(mark.start, 0) < min(mark.end, length)]
    ends = {edge for mark in placed for edge in (mark.start, mark.end)}
    edges = sorted(edge for edge in {0, length, *ends, *cuts} if 0 <= edge <= length)
    waiting = sorted(range(len(placed)), key=lambda i: placed[i].start, reverse=True)
    active: list[int] = []
    for start, end in pairwise(edges):
        active = [i for i in active if placed[i].end > start]
        while waiting and placed[waiting[-1]].start <= start:
            active.append(waiting.pop())
        yield Segment(start, end, tuple(placed[i] for i in sorted(active)))


def within(cut: Iterable[Segment], spans: Iterable[tuple[int, int]]) -> Iterator[tuple[Segment, ...]]:
    """For each span (ordered, disjoint, its ends among the cuts) the segments that lie in it."""
    stream = iter(cut)
    ahead = next(stream, None)
    for start, end in spans:
        found = []
        while ahead is not None and ahead.start < end:
            if ahead.start >= start:
                found.append(ahead)
            ahead = next(stream, None)
        yield tuple(found)
