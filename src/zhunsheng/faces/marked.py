"""A stretch of a text with some of its words marked, as segments that a template can draw."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Words to mark: half-open offsets of the whole text, and the class of the mark."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that are drawn alike; ``kind`` is "" for plain ones."""

    text: str
    kind: str


def marked(text: str, start: int, end: int, marks: Iterable[Mark]) -> list[Segment]:
    """``text[start:end]`` in segments. Where marks overlap, the one that begins first has the words."""
    found: list[Segment] = []
    at = start
    for mark in sorted(marks):
        low, high = max(mark.start, at), min(mark.end, end)
        if low >= high:
            continue
        found += [Segment(text[at:low], ""), Segment(text[low:high], mark.kind)]
        at = high
    found.append(Segment(text[at:end], ""))
    return [one for one in found if one.text]
