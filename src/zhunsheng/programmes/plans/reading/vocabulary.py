"""How lists of words become patterns."""

from __future__ import annotations

import re


def one_of(words: str) -> str:
    """A pattern that matches any of the words (parted by white space), the longest first; words may be patterns."""
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")"


def pattern(words: str) -> re.Pattern[str]:
    """The compiled pattern of ``one_of``."""
    return re.compile(one_of(words))
