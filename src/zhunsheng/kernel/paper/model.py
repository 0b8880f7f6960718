"""What an official document says, in the order in which it stands on the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

MEDIA: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Level(Enum):
    """What a paragraph of the body is (GB/T 9704 7.3.3)."""

    TEXT = "text"
    FIRST = "first"
    """一、"""
    SECOND = "second"
    """（一）"""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of the body. Numbers are typed, not automatic: every program then shows the same."""

    text: str
    level: Level = Level.TEXT


@dataclass(frozen=True, slots=True)
class Paper:
    """An official document. What is "" or empty is left out.

    ``head`` is the organ as printed in red above the line (发文机关标志), ``number`` the document number, ``addressee``
    those at whom it is directed (主送), without colon; ``signer`` signs it on ``day``; ``copies`` are 抄送, ``issued_by``
    the office that prints it (印发机关).
    """

    title: str
    body: tuple[Part, ...]
    head: str = ""
    number: str = ""
    addressee: str = ""
    annexes: tuple[str, ...] = ()
    signer: str = ""
    day: date | None = None
    note: str = ""
    copies: tuple[str, ...] = ()
    issued_by: str = ""


def in_words(day: date) -> str:
    """A day as official documents write it: Arabic figures without leading zeros (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
