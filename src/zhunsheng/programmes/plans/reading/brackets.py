"""Brackets of every shape, and where they close."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

_REACH = 1200
"""How far a bracket may reach before it counts as never closed."""
_PARTNERS = {")": "([", "]": "([", ">": "<"}
_ANY = re.compile(r"[()\[\]<>]")
_OPENING = re.compile(r"[(\[]")


class Brackets:
    """The brackets of one stretch of text, matched once.

    Round and square brackets close each other, as printers mix them; angle brackets close only their own kind.
    """

    def __init__(self, plain: str, start: int, end: int) -> None:
        self._plain, self._start, self._end = plain, start, end

    @cached_property
    def _closings(self) -> dict[int, int]:
        waiting: dict[str, list[int]] = {"([": [], "<": []}
        found: dict[int, int] = {}
        for match in _ANY.finditer(self._plain, self._start, self._end):
            partner = _PARTNERS.get(match[0])
            if partner is None:
                waiting["<" if match[0] == "<" else "(["].append(match.start())
            elif waiting[partner]:
                place = waiting[partner].pop()
                if match.start() < place + _REACH:
                    found[place] = match.start()
        return found

    @cached_property
    def _open(self) -> list[int]:
        """Round and square brackets that nothing closes."""
        places = (match.start() for match in _OPENING.finditer(self._plain, self._start, self._end))
        return [place for place in places if place not in self._closings]

    def closing(self, place: int) -> int | None:
        """The place of the bracket that closes the one at ``place``; None where it is missing."""
        return self._closings.get(place)

    def next_open(self, place: int, end: int) -> int:
        """Where the first bracket after ``place`` begins that nothing closes; ``end`` if there is none before it."""
        index = bisect_right(self._open, place)
        return min(self._open[index], end) if index < len(self._open) else end


def closing(plain: str, place: int, limit: int) -> int | None:
    """The place of the bracket that closes the one at ``place``, before ``limit``; None where it is missing."""
    return Brackets(plain, place, min(limit, place + _REACH)).closing(place)
