"""Which units a printed name means."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from zhunsheng.people.conditions import within
from zhunsheng.people.models import Division, Unit, UnitAlias

if TYPE_CHECKING:
    from collections.abc import Iterable


def units_named(names: Iterable[str], division: Division) -> dict[str, tuple[Unit, ...]]:
    """The units at or below ``division`` that each name means, in two queries whatever the number of names.

    A name is a full name, a short name or an alias, of a unit that lives or has ended; an ended unit is
    answered by its successor. White space, width and the county's own prefix (云溪县教育局, 县教育局, 教育局) do not
    matter. No unit, or more than one, is for a person to decide. Keys are the names as given.
    """
    units = {unit.pk: unit for unit in Unit.objects.filter(within(division, "division__"))}
    aliases = UnitAlias.objects.filter(within(division, "unit__division__")).values_list("unit_id", "name")
    index: defaultdict[str, dict[int, Unit]] = defaultdict(dict)
    spellings = [(unit.pk, name) for unit in units.values() for name in (unit.name, unit.short_name)]
    for pk, name in [*spellings, *aliases]:
        unit = today(units[pk], units)
        index[_key(name, division)][unit.pk] = unit
    return {name: tuple(index[_key(name, division)].values()) for name in names}


def today(unit: Unit, units: dict[int, Unit]) -> Unit:
    """The unit that answers for ``unit`` now: itself, or the end of its line of successors within ``units``."""
    seen = {unit.pk}
    while unit.successor_id is not None and unit.successor_id in units and unit.successor_id not in seen:
        unit = units[unit.successor_id]
        seen.add(unit.pk)
    return unit


def _key(name: str, division: Division) -> str:
    """A spelling without white space, width and the prefix that says whose unit it is."""
    key = "".join(unicodedata.normalize("NFKC", name).split())
    own = division.name
    return key.removeprefix(own) if key.startswith(own) else key.removeprefix(own[-1:])
