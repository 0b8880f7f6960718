"""Stretches of a text, asked whether they hold a place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator


class Ranges:
    """Half-open ranges of places, merged; every question costs a binary search."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._lows: list[int] = []
        self._highs: list[int] = []
        for low, high in sorted(span for span in spans if span[0] < span[1]):
            if self._highs and low <= self._highs[-1]:
                self._highs[-1] = max(self._highs[-1], high)
            else:
                self._lows.append(low)
                self._highs.append(high)

    def spans(self) -> Iterator[tuple[int, int]]:
        """The ranges themselves, merged and in order."""
        return zip(self._lows, self._highs, strict=True)

    def holds(self, place: int) -> bool:
        """Whether a place lies in one of the ranges."""
        index = bisect_right(self._lows, place) - 1
        return index >= 0 and place < self._highs[index]

    def touches(self, start: int, end: int) -> bool:
        """Whether any place from ``start`` up to ``end`` lies in one of the ranges."""
        index = bisect_right(self._lows, start) - 1
        if index >= 0 and start < self._highs[index]:
            return True
        return index + 1 < len(self._lows) and self._lows[index + 1] < end

    def last_end(self, start: int, end: int) -> int:
        """Where the last range that begins between two places ends; ``start`` if none does."""
        index = bisect_right(self._lows, end - 1) - 1
        return min(self._highs[index], end) if index >= 0 and self._lows[index] >= start else start

    def next_start(self, place: int, default: int) -> int:
        """Where the first range after (or at) a place begins."""
        index = bisect_right(self._lows, place - 1)
        return self._lows[index] if index < len(self._lows) else default
