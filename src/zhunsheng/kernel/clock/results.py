"""What goes into a computation and what comes out of it: plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from zhunsheng.kernel.clock.rules import TimeLimit, Unit

Kind = Literal["start", "count", "skip", "pause", "extend", "roll", "warn", "end", "note"]


@dataclass(frozen=True, slots=True)
class Pause:
    """A suspension 中止: the days from ``start`` to ``end``, both included, do not count; ``end`` ``None`` is still open."""

    start: date
    end: date | None = None
    reason: str = "中止"


@dataclass(frozen=True, slots=True)
class Grant:
    """An extension 延长 that was granted: how much more, and by whom."""

    n: int
    unit: Unit
    approver: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the arithmetic: a Chinese sentence, and the days that it speaks of."""

    kind: Kind
    text: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """One day that was looked at: its number where it counts (else 0), and what is special about it."""

    day: date
    number: int
    why: str = ""
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A computed time limit.

    ``day`` is the last day (China Standard Time), ``at`` the instant of a limit in hours; both are ``None`` while a
    suspension is open. ``provisional``: it rests on a year whose holiday notice has not been loaded. ``span`` are the
    first and last day of the calendar that it depends on, ``None`` where it depends on none.
    """

    rule: TimeLimit
    trigger: date | datetime
    day: date | None
    provisional: bool
    steps: tuple[Step, ...]
    at: datetime | None = None
    marks: tuple[Mark, ...] = ()
    span: tuple[date, date] | None = None

    @property
    def value(self) -> date | datetime | None:
        """The instant of a limit in hours, else the day."""
        return self.at or self.day

    @property
    def sentences(self) -> list[str]:
        """The arithmetic as Chinese sentences."""
        return [step.text for step in self.steps]


Pauses = Sequence[Pause]
Grants = Sequence[Grant]
