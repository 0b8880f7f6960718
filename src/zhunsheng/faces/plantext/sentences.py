"""Where a text can be cut: its sentences and lines, as spans. For pages that offer places instead of a mouse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_END: Final = re.compile(r"[。；！？;!?][”’』」）)】]*|\n")
EXCERPT: Final = 24


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a span of the text; ``words`` are its first ones."""

    start: int
    end: int
    words: str


def sentences(text: str, start: int, end: int) -> Iterator[Sentence]:
    """The sentences of ``text[start:end]`` in their order, without the white space between them; none is empty.

    Nothing is cut inside brackets but at the end of a line: （牵头单位：甲；责任单位：乙） is one.
    """
    at = start
    for match in _END.finditer(text, start, end):
        if match[0] != "\n" and _open(text[at : match.end()]):
            continue
        yield from _sentence(text, at, match.end())
        at = match.end()
    yield from _sentence(text, at, end)


def _open(words: str) -> bool:
    """Whether a bracket is open at the end of some words."""
    return sum(words.count(one) for one in "（(") > sum(words.count(one) for one in "）)")


def _sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    words = text[start:end]
    if words.strip():
        first = start + len(words) - len(words.lstrip())
        yield Sentence(first, start + len(words.rstrip()), excerpt(words))


def excerpt(words: str, length: int = EXCERPT) -> str:
    """The first characters of some words in one line."""
    plain = " ".join(words.split())
    return plain if len(plain) <= length else f"{plain[:length]}……"
