from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from zhunsheng.kernel.errors import Refused
from zhunsheng.people.models import Member, Role
from zhunsheng.programmes.plans.actions import figures
from zhunsheng.programmes.plans.models import Figure, Goal, Plan, Target

Find = Callable[[str, Role], Member]
YEAR: dict[str, Any] = {"begins": date(2026, 1, 1), "ends": date(2026, 12, 31)}


@pytest.fixture
def goal(published: Plan) -> Goal:
    return published.editions.get().goals.order_by("pk")[0]


@pytest.fixture
def target(published: Plan) -> Target:
    return Target.objects.filter(wording__edition__plan=published, wording__number="2").order_by("pk")[0]


def test_a_figure_counts_when_a_second_person_confirms(goal: Goal, clerk: Member, second: Member) -> None:
    typed = figures.report_figure(demand=goal, value=Decimal("96.5"), source="县司法局年报表", by=clerk, **YEAR)
    assert typed.confirmed_by is None
    with pytest.raises(Refused, match="两个人"):
        figures.confirm_figure(figure=typed, by=clerk)
    assert figures.confirm_figure(figure=typed, by=second).confirmed_by == second
    with pytest.raises(Refused, match="复核过"):
        figures.confirm_figure(figure=typed, by=second)


def test_a_later_figure_replaces_the_earlier_one_which_stays(goal: Goal, clerk: Member, second: Member) -> None:
    for value in ("96.5", "97"):
        typed = figures.report_figure(demand=goal, value=Decimal(value), source="报表", by=clerk, **YEAR)
        figures.confirm_figure(figure=typed, by=second)
    assert list(Figure.objects.order_by("pk").values_list("value", "replaced")) == [
        (Decimal("96.5"), True),
        (Decimal(97), False),
    ]


def test_a_unit_types_its_own_figure_and_its_head_confirms(target: Target, of_unit: Find) -> None:
    by = of_unit("县人社局", Role.LIAISON_OFFICER)
    typed = figures.report_figure(demand=target, value=Decimal(42), source="学时台账", by=by, unit=by.unit, **YEAR)
    assert figures.confirm_figure(figure=typed, by=of_unit("县人社局", Role.UNIT_HEAD)).confirmed_by is not None
    with pytest.raises(Refused, match="不归你填"):
        figures.report_figure(demand=target, value=Decimal(1), source="x", by=by, **YEAR)
    other = of_unit("白石镇", Role.LIAISON_OFFICER).unit
    with pytest.raises(Refused, match="不归你填"):
        figures.report_figure(demand=target, value=Decimal(1), source="x", by=by, unit=other, **YEAR)


def test_where_it_comes_from_must_be_said(goal: Goal, clerk: Member) -> None:
    with pytest.raises(Refused, match="从哪里来"):
        figures.report_figure(demand=goal, value=Decimal(1), source=" ", by=clerk, **YEAR)


def test_what_is_measured_is_never_typed(goal: Goal, clerk: Member) -> None:
    Goal.objects.filter(pk=goal.pk).update(measure="M11")
    goal.refresh_from_db()
    with pytest.raises(Refused, match="不能手填"):
        figures.report_figure(demand=goal, value=Decimal(1), source="报表", by=clerk, **YEAR)


def test_none_is_not_applicable_and_not_nought(goal: Goal, clerk: Member) -> None:
    assert figures.report_figure(demand=goal, value=None, source="本年无此项", by=clerk, **YEAR).value is None
