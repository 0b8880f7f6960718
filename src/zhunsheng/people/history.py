"""Units as of a day: which there were, and who answers for one that has ceased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhunsheng.people.conditions import in_force, within
from zhunsheng.people.models import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from zhunsheng.people.models import Division

LONGEST_LINE = 50
"""Successions after which a line is taken to go in a circle."""


def units_on(day: date, division: Division) -> QuerySet[Unit]:
    """The units at or below ``division`` that there were on ``day``, in the order of places and then of entry."""
    found = Unit.objects.filter(within(division, "division__") & in_force(day))
    return found.select_related("division").order_by("division__path", "pk")


def answering_on(day: date, units: Iterable[Unit]) -> dict[int, Unit]:
    """For the number of each unit the one that answers for it on ``day``: itself, or the first living in its line.

    A unit that was abolished, or has not begun, answers for itself. One query for each succession in the longest line.
    """
    answer = {unit.pk: unit for unit in units}
    for _ in range(LONGEST_LINE):
        ended = {pk: unit.successor_id for pk, unit in answer.items() if unit.successor_id and _over(unit, day)}
        if not ended:
            break
        followers = Unit.objects.select_related("division").in_bulk(set(ended.values()))
        answer |= {pk: followers[successor] for pk, successor in ended.items()}
    return answer


def successor_on(day: date, unit: Unit) -> Unit:
    """The unit that answers for ``unit`` on ``day`` (see ``answering_on``)."""
    return answering_on(day, [unit])[unit.pk]


def _over(unit: Unit, day: date) -> bool:
    return unit.valid_to is not None and unit.valid_to <= day
