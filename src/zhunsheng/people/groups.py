"""Which units a group phrase of a plan 泛指 means: as a person decided before, else by rule, else for a person to decide."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from zhunsheng.people.conditions import in_force
from zhunsheng.people.history import answering_on, units_on
from zhunsheng.people.models import GroupMember, GroupPhrase
from zhunsheng.people.phrases import Meaning, key, meaning

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from zhunsheng.people.models import Division, Unit


class Answer(StrEnum):
    """Who says what a phrase means."""

    DECIDED = "decided"
    """A person, for this division, and it was remembered."""
    RULE = "rule"
    """A rule of the pack."""
    OPEN = "open"
    """Nobody yet: only a person can decide."""


@dataclass(frozen=True, slots=True)
class Group:
    """What a phrase means on a day. Where the answer is ``OPEN``, ``units`` are those to choose among, if a rule knows."""

    phrase: str
    answer: Answer
    units: tuple[Unit, ...]


def members_of(phrase: str, division: Division, day: date) -> tuple[Unit, ...] | None:
    """The units that ``phrase`` means in a plan of ``division`` on ``day``; ``None`` if only a person can decide."""
    group = resolve([phrase], division, day)[phrase]
    return None if group.answer is Answer.OPEN else group.units


def resolve(phrases: Collection[str], division: Division, day: date) -> dict[str, Group]:
    """What each phrase means, in three queries however many phrases; a fourth where units have ended since decided.

    A group without any unit is never certain. Keys are the phrases as given.
    """
    decided = _decided({key(phrase) for phrase in phrases}, division, day)
    meanings = {phrase: meaning(phrase, division) for phrase in phrases if key(phrase) not in decided}
    kinds = {kind for one in meanings.values() for rule in one.rules for kind in rule.kinds}
    living = list(units_on(day, division).filter(kind__in=kinds)) if kinds else []
    return {
        phrase: _by_rule(phrase, meanings[phrase], living, division)
        if phrase in meanings
        else Group(phrase, Answer.DECIDED, decided[key(phrase)])
        for phrase in phrases
    }


def _by_rule(phrase: str, found: Meaning, living: list[Unit], division: Division) -> Group:
    units = tuple(unit for unit in living if any(rule.takes(unit, division) for rule in found.rules))
    return Group(phrase, Answer.RULE if found.certain and units else Answer.OPEN, units)


def _decided(keys: Collection[str], division: Division, day: date) -> dict[str, tuple[Unit, ...]]:
    """What persons decided, by key; a unit that has ended since is answered by its successor."""
    members = GroupMember.objects.select_related("unit__division").order_by("unit__division__path", "unit__pk")
    rows = GroupPhrase.objects.filter(in_force(day), division=division, key__in=keys)
    found = {
        row.key: [member.unit for member in row.members.all()]
        for row in rows.prefetch_related(Prefetch("members", queryset=members))
    }
    answer = answering_on(day, {unit for units in found.values() for unit in units})
    return {one: tuple(dict.fromkeys(answer[unit.pk] for unit in units)) for one, units in found.items()}
