"""What a plan demands in figures, each beside the figure that stands: goals first, then the targets of its tasks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from zhunsheng.programmes.plans import wording
from zhunsheng.programmes.plans.models import Edition, Figure, Goal, Target

SIGNS: dict[str, str] = {str(op): sign for op, sign in wording.COMPARISONS.items()}


@dataclass(frozen=True, slots=True)
class Demand:
    """A goal or target as listed, with the figure that stands for the whole place and those that wait to be confirmed.

    ``met`` is ``None`` where nothing can be said: no figure, 不适用, or a demand in words.
    """

    kind: str
    demand: Goal | Target
    where: str
    figure: Figure | None
    waiting: tuple[Figure, ...]
    met: bool | None


def demands(edition: Edition) -> list[Demand]:
    """All of an edition; three queries, whatever their number."""
    goals = list(edition.goals.order_by("start"))
    targets = list(
        Target.objects.filter(wording__edition=edition).select_related("wording").order_by("wording__order", "pk")
    )
    held: dict[tuple[str, int], list[Figure]] = {}
    rows = Figure.objects.filter(Q(goal__in=goals) | Q(target__in=targets), unit__isnull=True, replaced=False)
    for one in rows.select_related("reporter__person", "confirmed_by__person").order_by("ends", "pk"):
        key = ("goal", one.goal_id) if one.goal_id else ("target", one.target_id or 0)
        held.setdefault(key, []).append(one)
    return [
        *(_listed("goal", one, "总目标", held.get(("goal", one.pk), [])) for one in goals),
        *(_listed("target", one, f"任务 {one.wording}", held.get(("target", one.pk), [])) for one in targets),
    ]


def _listed(kind: str, demand: Goal | Target, where: str, figures: list[Figure]) -> Demand:
    standing = next((one for one in reversed(figures) if one.confirmed_by_id is not None), None)
    waiting = tuple(one for one in figures if one.confirmed_by_id is None)
    return Demand(kind, demand, where, standing, waiting, met(demand, standing.value if standing else None))


def met(demand: Goal | Target, value: Decimal | None) -> bool | None:
    """Whether a figure satisfies a demand; ``None`` without a figure or without a number to compare with."""
    low, high = demand.low, demand.high
    if value is None or low is None:
        return None
    if demand.op == "between":
        return low <= value <= (high if high is not None else low)
    return {
        "=": value == low,
        ">=": value >= low,
        "<=": value <= low,
        ">": value > low,
        "<": value < low,
    }.get(demand.op)


def words(demand: Goal | Target) -> str:
    """The demand in figures: ≥ 40 学时."""
    if demand.low is None:
        return demand.words or demand.printed
    value = wording.number(demand.low.normalize())
    if demand.high is not None:
        value = f"{value}—{wording.number(demand.high.normalize())}"
    gap = " " if demand.unit and demand.unit[0] not in "%％‰" else ""
    return f"{SIGNS.get(demand.op, '')} {value}{gap}{demand.unit}".strip()
