"""The roles that a list gives to its names: by verbs (甲牵头，乙配合), by brackets (甲（牵头）), or by its label."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import role_words as words
from .brackets import closing
from .fold import Script
from .lists import split_list
from .model import UnitRole
from .units import is_bare_kind, is_group, looks_like_name


@dataclass(frozen=True, slots=True)
class Named:
    """A unit or group between two places, with its role and the word that gave the role.

    ``told`` is False where nothing printed beside the name says its role, so that a stated rule may decide.
    """

    start: int
    end: int
    role: UnitRole
    label: str
    collective: bool
    told: bool = True


@dataclass(frozen=True, slots=True)
class Meaning:
    """A definition found in a list of units: the phrase, and the bracket that defines it."""

    phrase: tuple[int, int]
    bracket: tuple[int, int]


@dataclass(slots=True)
class Names:
    """The names of one list; those ``waiting`` get their role from the next verb, or from the list's label."""

    script: Script
    found: list[Named] = field(default_factory=list)
    waiting: list[tuple[int, int]] = field(default_factory=list)
    meanings: list[Meaning] = field(default_factory=list)
    open_ended: bool = False

    def add(self, start: int, end: int) -> None:
        """Take a name whose role is not known yet; leave out 等 at its end, and what names nobody."""
        tail = words.tail_start(self.script.plain[start:end])
        if tail is not None:
            self.open_ended = True
            end = start + tail
        end = start + words.heads_start(self.script.plain[start:end])
        if words.may_be_name(self.script.plain[start:end]):
            self.waiting.append((start, end))

    def settle(self, role: UnitRole, label: str, *, told: bool) -> None:
        """Give all waiting names their role."""
        plain = self.script.plain
        self.found += [Named(low, high, role, label, is_group(plain[low:high]), told) for low, high in self.waiting]
        self.waiting.clear()


def read_names(script: Script, start: int, end: int, role: UnitRole, label: str, *, told: bool) -> Names:
    """All names of a list between two places. ``role`` holds where the list itself gives none."""
    names = Names(script)
    for low, high in _stretches(script, start, end):
        for part in split_list(script, low, high):
            entry = script.plain[part.start : part.end]
            if words.is_standing(entry):
                break
            if entry and not words.is_rule(entry):
                _take(names, part.start, part.end)
    names.settle(role, label, told=told)
    return names


def _stretches(script: Script, start: int, end: int) -> list[tuple[int, int]]:
    """The list, parted where 会同 stands between two names."""
    cuts = [match.span() for match in words.AND_WITH.finditer(script.plain, start, end)]
    return list(zip([start, *(high for _, high in cuts)], [*(low for low, _ in cuts), end], strict=True))


def _take(names: Names, start: int, end: int) -> None:
    """One entry of a list: a name, a verb that gives the role of the names before it, or both."""
    plain = names.script.plain
    start += words.leading_words(plain[start:end])
    end = _name_end(names, start, end)
    if start >= end or words.is_noise(plain[start:end]):
        return
    cut = start + words.verb_start(plain[start:end])
    if cut < end:
        verb = plain[cut:end]
        names.add(start, _name_end(names, start, cut))
        names.settle(words.role_of(verb), words.verb_label(verb), told=words.tells_role(verb))
    else:
        _take_inside(names, start, end)


def _take_inside(names: Names, start: int, end: int) -> None:
    """An entry without a verb at its end; a verb in its middle may part two names."""
    inside = words.verb_inside(names.script.plain[start:end])
    if inside is None:
        names.add(start, end)
        return
    name, verb, rest = inside
    names.add(start, start + name)
    names.settle(words.role_of(verb), words.verb_label(verb), told=words.tells_role(verb))
    if looks_like_name(words.without_verb(names.script.plain[start + rest : end])):
        _take(names, start + rest, end)


def _name_end(names: Names, start: int, end: int) -> int:
    """Where the name ends without a closing bracket that explains it; a role told in the bracket is taken."""
    plain = names.script.plain
    opening = max(plain.rfind("(", start, end), plain.rfind("[", start, end))
    if opening <= start or (plain[end - 1] not in ")]" and closing(plain, opening, end) is not None):
        return end
    bracket = plain[opening:end]
    if words.tells_in_bracket(bracket):
        _take_told(names, start, opening, bracket)
        return start
    if words.is_definition(bracket):
        names.meanings.append(Meaning((start, opening), (opening, end)))
        return opening
    inner = bracket[1:].rstrip(")]")
    keeps = looks_like_name(inner) or is_bare_kind(inner) or bracket[-1] not in ")]"
    return end if keeps else opening


def _take_told(names: Names, start: int, end: int, bracket: str) -> None:
    names.add(start, end)
    if names.waiting:
        low, high = names.waiting.pop()
        group = is_group(names.script.plain[low:high])
        names.found.append(Named(low, high, words.role_of(bracket), bracket.strip("()[]"), group))
