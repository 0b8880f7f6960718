"""What publishing an edition would ask of the units, counted before it is done."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from zhunsheng.programmes.plans.actions.publishing import periods_of
from zhunsheng.programmes.plans.models import Duty, Edition, Mention
from zhunsheng.programmes.plans.schedule import Period
from zhunsheng.programmes.plans.yearly import Move


@dataclass(frozen=True, slots=True)
class Month:
    """A month in which something falls due: periods of tasks, and what the units owe for them."""

    first: date
    periods: int
    duties: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """The counts. ``duties``: one for each task, unit and period; ``fresh``: those of them that do not exist yet.

    ``undated`` are the tasks without a single date; ``months`` say when everything falls due, in order.
    """

    tasks: int
    units: int
    periods: int
    duties: int
    fresh: int
    undated: tuple[int, ...]
    months: tuple[Month, ...]


def forecast(edition: Edition, move: Move | None = None) -> Forecast:
    """Count by the terms that ``edition.plan`` has in memory, saved or not; seven queries. ``move`` as ``periods_of``."""
    laid = periods_of(edition, move)
    units = _units(edition)
    wanted = {
        (task, unit, one.begins, one.ends) for task, found in laid.items() for one in found for unit in units[task]
    }
    known = Duty.objects.filter(task__plan=edition.plan).values_list(
        "task_id", "unit_id", "occurrence__begins", "occurrence__ends"
    )
    return Forecast(
        tasks=len(laid),
        units=len({unit for found in units.values() for unit in found}),
        periods=sum(map(len, laid.values())),
        duties=len(wanted),
        fresh=len(wanted - set(known)),
        undated=tuple(task for task, found in laid.items() if not any(one.due for one in found)),
        months=_months(laid, units),
    )


def _units(edition: Edition) -> defaultdict[int, set[int]]:
    """The units of each task, however often they are named."""
    rows = Mention.objects.filter(wording__edition=edition, name__units__isnull=False)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for task, unit in rows.values_list("wording__task_id", "name__units"):
        found[task].add(unit)
    return found


def _months(laid: dict[int, list[Period]], units: defaultdict[int, set[int]]) -> tuple[Month, ...]:
    periods: Counter[date] = Counter()
    duties: Counter[date] = Counter()
    for task, found in laid.items():
        for one in found:
            if one.due is not None:
                month = one.due.replace(day=1)
                periods[month] += 1
                duties[month] += len(units[task])
    return tuple(Month(month, periods[month], duties[month]) for month in sorted(periods))
