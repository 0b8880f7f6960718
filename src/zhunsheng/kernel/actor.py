"""Who does something: a member who has signed in, or a part of the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Whoever is answerable for a change. Names are those of the day; the journal keeps them as they were.

    ``pk`` is the member's number, ``None`` for the program; ``unit_id`` the unit that they act for.
    """

    @property
    def pk(self) -> int | None: ...  # noqa: D102
    @property
    def full_name(self) -> str: ...  # noqa: D102
    @property
    def unit_id(self) -> int | None: ...  # noqa: D102
    @property
    def unit_name(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Program:
    """A part of the program that acts by itself: the worker, a command."""

    full_name: str
    pk: None = None
    unit_id: None = None
    unit_name: str = ""


SYSTEM = Program("系统")
