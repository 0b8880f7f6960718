"""Rooms of the upper floors tell what deserves a reminder; the engine stores it once and sends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from zhunsheng.kernel.refs import Ref
from zhunsheng.kernel.reminders.models import LEVEL_ORDER, Level


@dataclass(frozen=True, slots=True)
class Wanted:
    """A reminder that there should be. ``key`` names what is reminded of ("17/2026-10-10": the thing and its date).

    Kind, key, level and recipient together make it one; ``url`` is a path of this site; ``recipient`` a member's number.
    """

    key: str
    subject: Ref
    recipient: int
    level: Level
    text: str
    url: str
    due: date


Source = Callable[[date], Iterable[Wanted]]
"""All reminders that should be there on a day (``steps.reached``), by a fixed number of queries."""

_SOURCES: dict[str, Source] = {}


def register(kind: str, source: Source) -> None:
    """Let ``source`` answer for ``kind`` of the pack; a kind has one source."""
    if _SOURCES.setdefault(kind, source) is not source:
        raise ValueError(f"two sources of {kind}")


def unregister(kind: str) -> None:
    """Forget a source (a test's own)."""
    _SOURCES.pop(kind, None)


def wanted(day: date) -> Iterator[tuple[str, list[Wanted]]]:
    """Kind by kind, what should be there on ``day``."""
    for kind, source in _SOURCES.items():
        yield kind, list(source(day))


def highest(several: Iterable[Wanted]) -> set[Wanted]:
    """Of reminders of one thing to one person only the most pressing: a pause must not end in a shower of them."""
    best: dict[tuple[str, int], Wanted] = {}
    for one in several:
        other = best.get((one.key, one.recipient))
        if other is None or LEVEL_ORDER[one.level] > LEVEL_ORDER[other.level]:
            best[one.key, one.recipient] = one
    return set(best.values())
