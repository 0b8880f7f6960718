"""Which units each printed name stands for, as far as rules can say; the rest waits for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from zhunsheng.kernel.now import today
from zhunsheng.people import groups, naming
from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans.models import Edition, Name, Plan


def settle_by_rule(edition: Edition) -> None:
    """Settle the names that nobody has settled: single units by their names and aliases, groups by the county's rules.

    A fixed number of queries, whatever the number of names.
    """
    waiting = list(edition.names.filter(settled=""))
    if not waiting:
        return
    found = {**_single(waiting, edition.plan), **_groups(waiting, edition.plan, resolved_on(edition.plan))}
    enter(waiting, found)


def resolved_on(plan: Plan) -> date:
    """The day whose units and decisions count: today, for a plan of a year to come its first day.

    A plan of a past year is carried out by the units of today.
    """
    return max(today(), date(plan.year_from, 1, 1))


def _single(names: Iterable[Name], plan: Plan) -> dict[str, tuple[Unit, ...]]:
    """Names that mean exactly one unit."""
    printed = [name.printed for name in names if not name.collective]
    return {name: units for name, units in naming.units_named(printed, plan.division).items() if len(units) == 1}


def _groups(names: Iterable[Name], plan: Plan, day: date) -> dict[str, tuple[Unit, ...]]:
    """Phrases whose members the county's rules or an earlier decision give."""
    phrases = [name.printed for name in names if name.collective]
    asked = groups.resolve(phrases, plan.division, day)
    return {phrase: one.units for phrase, one in asked.items() if one.answer is not groups.Answer.OPEN and one.units}


def enter(names: Iterable[Name], found: Mapping[str, tuple[Unit, ...]], settled: str = "") -> None:
    """Give names their units, in two statements."""
    through = Name.units.through
    decided = [name for name in names if name.printed in found]
    for name in decided:
        name.settled = settled or ("group" if name.collective else "name")
    Name.objects.bulk_update(decided, ["settled"])
    through.objects.filter(name__in=decided).delete()
    through.objects.bulk_create(
        through(name_id=name.pk, unit_id=unit.pk) for name in decided for unit in found[name.printed]
    )
