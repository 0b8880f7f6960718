"""Which units a name of a plan may mean, where only a person can decide: the likely ones to choose among."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from zhunsheng.people import groups, naming
from zhunsheng.people.models import Division, Unit
from zhunsheng.programmes.plans.models import Name, Plan
from zhunsheng.programmes.plans.settling import resolved_on

MOST_ALIKE = 5
ALIKE = 0.5
LEVELS = "县市区旗"


@dataclass(frozen=True, slots=True)
class Likely:
    """The units to choose among; ``alike``: they are only called something similar, and may all be wrong."""

    units: tuple[Unit, ...]
    alike: bool


def candidates(names: Sequence[Name], plan: Plan, units: Sequence[Unit]) -> dict[int, Likely]:
    """For each name, by its key: the units that a rule would choose among, or those that are called alike.

    A fixed number of queries, whatever the number of names. ``units`` are all that may be chosen.
    """
    said = {one.pk: _own_level(one.printed, plan.division) for one in names}
    phrases = [said[one.pk] for one in names if one.collective]
    among = groups.resolve(phrases, plan.division, resolved_on(plan)) if phrases else {}
    single = [said[one.pk] for one in names if not one.collective]
    named = naming.units_named(single, plan.division) if single else {}
    living = {unit.pk for unit in units}

    def likely(one: Name) -> Likely:
        words = said[one.pk]
        meant = among[words].units if one.collective else named[words]
        found = tuple(unit for unit in meant if unit.pk in living)
        return Likely(found, alike=False) if found or one.collective else Likely(_alike(words, units), alike=True)

    return {one.pk: likely(one) for one in names}


def _own_level(printed: str, division: Division) -> str:
    """A name of another level as it would be printed here: 市司法局 in a county is 县司法局. Only to find candidates."""
    own = division.name[-1:]
    return own + printed[1:] if printed[:1] in LEVELS and own in LEVELS else printed


def _alike(printed: str, units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The units that are called most alike, at most ``MOST_ALIKE``."""
    scored = [(max(_ratio(printed, unit.name), _ratio(printed, unit.short_name)), unit) for unit in units]
    near = sorted((one for one in scored if one[0] >= ALIKE), key=lambda one: (-one[0], one[1].pk))
    return tuple(unit for _, unit in near[:MOST_ALIKE])


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
