"""The one call for everybody: the date of a time limit, by the county's rules and calendar."""

from __future__ import annotations

from datetime import date, datetime

from zhunsheng.kernel.clock import rules
from zhunsheng.kernel.clock.calendar import load
from zhunsheng.kernel.clock.compute import check_grants, check_pauses, compute, local
from zhunsheng.kernel.clock.days import Calendar
from zhunsheng.kernel.clock.results import Due, Grants, Pauses


def due(
    rule_id: str,
    trigger: date | datetime,
    region: str = "",
    suspensions: Pauses = (),
    extensions: Grants = (),
    *,
    acted_on: date | None = None,
    calendar: Calendar | None = None,
) -> Due:
    """The date that the rule gives from ``trigger`` in ``region`` (a division code; "" for the whole country).

    The version of the rule is the one in force on ``acted_on``, the act's date (default: the trigger). ``calendar`` is
    loaded unless given. Raises ``Refused`` (``UnknownRule`` among them) with a Chinese sentence.
    """
    day = acted_on or (local(trigger).date() if isinstance(trigger, datetime) else trigger)
    rule = rules.book().at(rule_id, day, region)
    check_pauses(rule, suspensions)
    check_grants(rule, extensions)
    return compute(rule, trigger, calendar or load(region), suspensions, extensions)
