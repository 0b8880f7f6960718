"""Which tasks of a new edition are those of the edition before, and whether their words have changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from zhunsheng.programmes.plans.reading.fold import fold

ALIKE = 0.6
"""How much of two wordings must agree for them to be one task."""


@dataclass(frozen=True, slots=True)
class Words:
    """A task as compared: its number, its title, all its words."""

    number: str
    title: str
    text: str

    @property
    def plain(self) -> str:
        """The words in one spelling, without number and white space."""
        return "".join(fold(self.text.removeprefix(self.number)).split()).lstrip(".、,:)")


def matched(old: Sequence[Words], new: Sequence[Words]) -> dict[int, tuple[int, str]]:
    """For the index of each new task that was there before: the index of the old one, and "same" or "changed".

    Equal words first, then equal titles, then what is most alike; each old task is used once.
    """
    before, after = [one.plain for one in old], [one.plain for one in new]
    found = {index: (match, "same") for index, match in _equal(before, after).items()}
    titles = [fold(one.title) for one in old], [fold(one.title) for one in new]
    found |= {index: (match, "changed") for index, match in _equal(*titles, found).items()}
    return found | {index: (match, "changed") for index, match in _alike(before, after, found).items()}


def _equal(
    old: Sequence[str], new: Sequence[str], taken: Mapping[int, tuple[int, str]] | None = None
) -> dict[int, int]:
    """Pairs of equal words among what is not taken."""
    taken = taken or {}
    used = {match for match, _ in taken.values()}
    waiting: dict[str, list[int]] = {}
    for index, words in reversed(list(enumerate(old))):
        if index not in used and words:
            waiting.setdefault(words, []).append(index)
    return {index: waiting[words].pop() for index, words in enumerate(new) if index not in taken and waiting.get(words)}


def _alike(old: Sequence[str], new: Sequence[str], taken: Mapping[int, tuple[int, str]]) -> dict[int, int]:
    """Pairs that agree for the most part, the best first."""
    used = {match for match, _ in taken.values()}
    scored = sorted(
        (
            (ratio, index, other)
            for index, words in enumerate(new)
            if index not in taken and words
            for other, before in enumerate(old)
            if other not in used and (ratio := _ratio(before, words)) >= ALIKE
        ),
        key=lambda one: (-one[0], one[1], one[2]),
    )
    found: dict[int, int] = {}
    for _, index, other in scored:
        if index not in found and other not in found.values():
            found[index] = other
    return found


def _ratio(one: str, other: str) -> float:
    """How much agrees, 0 to 1; the quick upper bounds spare most of the work."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()
