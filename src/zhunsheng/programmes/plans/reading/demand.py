"""One target as its words say it: comparison, value, unit, and the noun that is measured."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from . import quantities as q
from .model import Op
from .numerals import number

_SIGNS: tuple[tuple[str, Op], ...] = (
    ("ge", ">="),
    ("le", "<="),
    ("gt", ">"),
    ("more", ">"),
    ("lt", "<"),
    ("less", "<"),
)
_SENTENCE = 60
"""How far the words of a quantity reach back."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A target between two places. ``value`` is a number, a pair of numbers, or a range of places (words)."""

    start: int
    end: int
    quantity: tuple[int, int]
    op: Op
    value: Decimal | tuple[Decimal, Decimal] | range
    unit: tuple[int, int] | str


def _numeral(word: str) -> Decimal | None:
    whole, _, rest = word.replace(",", "").removeprefix("百分之").partition("点")
    value = number(whole)
    if value is None or not rest:
        return value
    digits = [number(digit) for digit in rest]
    return sum((digit * Decimal(10) ** -place for place, digit in enumerate(digits, 1) if digit is not None), value)


def operator(match: re.Match[str]) -> Op:
    """The comparison that the words around a number make."""
    group = match.groupdict()
    over = group.get("over") or ""
    if over in ("以上", "及以上"):
        return ">="
    told = next((sign for name, sign in _SIGNS if group.get(name)), None)
    if over in ("内", "以内", "之内", "以下"):
        return told if told in (">=", ">") else "<="
    return told or "="


def quantity(plain: str, start: int, place: int) -> tuple[int, int]:
    """The noun that is measured: what stands before the value in its clause (or else the one before), without verbs."""
    low = max(start, place - 60)
    breaks = [low, *(match.end() for match in q.BREAK.finditer(plain, low, place))]
    own = _noun(plain, breaks[-1], place)
    if own[0] < own[1] or len(breaks) < 2:
        return own
    return _noun(plain, breaks[-2], breaks[-1] - 1)


def _noun(plain: str, low: int, high: int) -> tuple[int, int]:
    counted = [match.end() for match in q.COUNTED.finditer(plain, low, high)]
    low = counted[-1] if counted else low
    lead = q.LEAD_IN.match(plain, low, high)
    low = lead.end() if lead is not None else low
    tail = q.TRAILING.search(plain, low, high)
    return low, tail.start() if tail is not None else high


def demand_of(plain: str, start: int, match: re.Match[str], *, unit: str = "unit", begin: str = "") -> Demand | None:
    """What a match demands; ``begin`` names the group where its words begin, if not at its start."""
    low = _numeral(match["value"])
    if low is None:
        return None
    high = _numeral(match["high"]) if match.groupdict().get("high") else None
    first = match.start(begin) if begin else match.start()
    op: Op = "between" if high is not None else operator(match)
    value = (low, high) if high is not None else low
    return Demand(first, match.end(), quantity(plain, start, first), op, value, match.span(unit) if unit else "")


def clause_before(plain: str, start: int, place: int, marks: str = ",。;") -> str:
    """The words before a place, back to one of the marks."""
    low = max(start, place - _SENTENCE)
    return plain[max(low, *(plain.rfind(mark, low, place) + 1 for mark in marks)) : place]
