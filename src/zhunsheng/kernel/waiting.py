"""What waits for a person, and what falls on which day: the union over all rooms, each asked in a few queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.refs import Ref

Pile = Literal["mine", "back", "handed", "done"]
"""等我办, 退回来的 (a part of 等我办), 我交出的, 本周办完的."""
When = Literal["late", "today", "week", "later", "undated"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: the record, what is to be done, by when, where.

    ``verb`` is the one word on the button; ``group`` the kind that it is filtered by (计划任务); ``origin`` where it
    comes from (a unit, the public).
    """

    ref: Ref
    to_do: str
    verb: str
    url: str
    group: str
    origin: str
    due: date | None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What a page of the desk asks every room: whose desk, on which day, which pile, how many of the earliest."""

    actor: Actor
    day: date
    pile: Pile = "mine"
    group: str = ""
    unit: int | None = None
    limit: int = 50


@dataclass(slots=True)
class Answer:
    """The earliest items, and how many there are in all by pile, by group of the asked pile, and by nearness."""

    items: list[Waiting] = field(default_factory=list)
    piles: Counter[Pile] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    nearness: Counter[When] = field(default_factory=Counter)

    def add(self, other: Answer) -> None:
        """Take another room's answer in."""
        self.items += other.items
        self.piles += other.piles
        self.groups += other.groups
        self.nearness += other.nearness


Desk = Callable[[Question], Answer]
_DESKS: dict[str, Desk] = {}


def waits(name: str, desk: Desk) -> None:
    """Let ``desk`` answer for one room: a fixed number of queries, whatever waits; registered when the app is ready."""
    _DESKS[name] = desk


def ask(question: Question) -> Answer:
    """Over all rooms: the ``limit`` earliest, undated last, and the counts of everything."""
    total = Answer()
    for desk in _DESKS.values():
        total.add(desk(question))
    # Rooms give their items in order, and more of them for a further page: only an order that keeps theirs is the same.
    total.items.sort(key=lambda one: one.due or date.max)
    del total.items[question.limit :]
    return total


@dataclass(frozen=True, slots=True)
class Dated:
    """Something open that is due on a day, with how many units owe it; ``url`` is where it opens."""

    day: date
    words: str
    url: str
    count: int = 1


Agenda = Callable[[Actor, date, date], Iterable[Dated]]
_AGENDAS: dict[str, Agenda] = {}


def falls(name: str, agenda: Agenda) -> None:
    """Let ``agenda`` say for one room what is due from one day to another, both included; a fixed number of queries."""
    _AGENDAS[name] = agenda


def agenda(actor: Actor, first: date, last: date) -> dict[date, list[Dated]]:
    """Over all rooms: what a person sees falling due from ``first`` to ``last``, by day, in the order of the rooms."""
    found: dict[date, list[Dated]] = {}
    for room in _AGENDAS.values():
        for one in room(actor, first, last):
            found.setdefault(one.day, []).append(one)
    return found
