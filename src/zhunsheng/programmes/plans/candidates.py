"""Which units a name of a plan may mean, where only a person can decide: the likely ones to choose among."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from zhunsheng.people import groups, naming
from zhunsheng.people.models import Division, Unit
from zhunsheng.programmes.plans.models import Name, Plan
from zhunsheng.programmes.plans.settling import resolved_on

MOST_ALIKE = 5
ALIKE = 0.5
LEVELS = "县市区旗"


def candidates(names: Sequence[Name], plan: Plan, units: Sequence[Unit]) -> dict[int, tuple[Unit, ...]]:
    """For each name, by its key: the units that a rule would choose among, or those that are called alike.

    A fixed number of queries, whatever the number of names. ``units`` are all that may be chosen.
    """
    said = {one.pk: _own_level(one.printed, plan.division) for one in names}
    phrases = [said[one.pk] for one in names if one.collective]
    among = groups.resolve(phrases, plan.division, resolved_on(plan)) if phrases else {}
    single = [said[one.pk] for one in names if not one.collective]
    named = naming.units_named(single, plan.division) if single else {}
    living = {unit.pk for unit in units}

    def likely(one: Name) -> tuple[Unit, ...]:
        words = said[one.pk]
        return among[words].units if one.collective else named[words] or _alike(words, units)

    return {one.pk: tuple(unit for unit in likely(one) if unit.pk in living) for one in names}


def _own_level(printed: str, division: Division) -> str:
    """A name of another level as it would be printed here: 市司法局 in a county is 县司法局. Only to find candidates."""
    own = division.name[-1:]
    return own + printed[1:] if printed[:1] in LEVELS and own in LEVELS else printed


def _alike(printed: str, units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units that are called most alike, at most ``MOST_ALIKE``."""
    scored = [(max(_ratio(printed, unit.name), _ratio(printed, unit.short_name)), unit) for unit in units]
    near = sorted((one for one in scored if one[0] >= ALIKE), key=lambda one: (-one[0], one[1].pk))
    return tuple(unit for _, unit in near[:MOST_ALIKE])


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
