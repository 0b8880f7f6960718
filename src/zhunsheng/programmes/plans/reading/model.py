"""What a plan says, as values that point at their words (the contract of ``zhunsheng plan read --json``).

Every ``start``/``end`` pair is a half-open span of ``Reading.text``. Units, phrases and numbers are
spelled as printed; dates are ISO dates; quantities that are numbers are ``Decimal``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

UnitRole = Literal["lead", "responsible"]
Op = Literal["=", ">=", "<=", ">", "<", "between"]
Per = Literal[
    "day",
    "week",
    "two_weeks",
    "month",
    "quarter",
    "half_year",
    "year",
    "two_years",
    "three_years",
    "five_years",
    "term_of_office",
]


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the text, as a half-open span."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all that stands under it. ``number`` is as printed, ``level`` counts from 1."""

    number: str
    title: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention(Span):
    """A unit or a group of units named for a task, in the role given to it.

    ``name`` is the printed name without white space or what a page break put inside it.
    """

    name: str
    role: UnitRole
    label: str
    collective: bool


@dataclass(frozen=True, slots=True)
class Due(Span):
    """A due date: ``date`` is the last day that still meets it, None where the year is unknown or the date recurs.

    ``recurs`` is the period of a recurring due date (week to year), else None.
    """

    date: date | None
    recurs: Per | None = None


@dataclass(frozen=True, slots=True)
class Frequency(Span):
    """How often: ``count`` times (``op``) ``per`` period, ``spread`` as printed (年中、年终各1次)."""

    count: Decimal
    op: Op
    per: Per
    spread: str | None


@dataclass(frozen=True, slots=True)
class Target(Span):
    """A demand on a quantity. ``value`` is a Decimal, a pair for ``between``, or words (全省平均水平)."""

    quantity: str
    op: Op
    value: Decimal | tuple[Decimal, Decimal] | str
    unit: str


@dataclass(frozen=True, slots=True)
class Goal(Target):
    """A target that stands outside the tasks, with the dates that it is set for."""

    due: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """What the document itself says a phrase means."""

    phrase: str
    meaning: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt for a person to settle. ``code`` is stable, ``message`` is Chinese."""

    code: str
    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Task:
    """One numbered duty. ``text`` is the slice ``start:end`` verbatim, unit markers included."""

    number: str
    section: str
    title: str
    text: str
    start: int
    end: int
    mentions: tuple[Mention, ...]
    role_label: str
    open_ended: bool
    due: tuple[Due, ...]
    frequency: tuple[Frequency, ...]
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read from one document."""

    text: str
    title: str
    issuer: str
    document_number: str
    signed_on: date | None
    published_on: date | None
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    goals: tuple[Goal, ...]
    definitions: tuple[Definition, ...]
    warnings: tuple[Doubt, ...]
