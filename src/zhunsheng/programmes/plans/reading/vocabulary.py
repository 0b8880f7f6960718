"""How lists of words become patterns, and how what was found out about a word is remembered while a text is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar


def one_of(words: str) -> str:
    """A pattern that matches any of the words (parted by white space), the longest first; words may be patterns."""
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")"


def pattern(words: str) -> re.Pattern[str]:
    """The compiled pattern of ``one_of``."""
    return re.compile(one_of(words))


Judgement = TypeVar("Judgement")
_LONGEST = 60
"""Words longer than any name are judged again each time rather than kept."""
_forget: list[Callable[[], None]] = []


def remembered(judge: Callable[[str], Judgement]) -> Callable[[str], Judgement]:
    """``judge``, asked only once for each short word until ``forget`` is called."""
    kept = lru_cache(maxsize=4096)(judge)
    _forget.append(kept.cache_clear)

    @wraps(judge)
    def ask(words: str) -> Judgement:
        return kept(words) if len(words) <= _LONGEST else judge(words)

    return ask


def forget() -> None:
    """Forget all words: nothing of a document stays behind when it has been read."""
    for clear in _forget:
        clear()
