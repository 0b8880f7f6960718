from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from zhunsheng.people.models import Member
from zhunsheng.programmes.plans.actions import figures
from zhunsheng.programmes.plans.demands import demands, met, words
from zhunsheng.programmes.plans.models import Plan, Target


def demand(op: str, low: str | None, high: str | None = None, unit: str = "") -> Target:
    return Target(
        op=op, low=low and Decimal(low), high=high and Decimal(high), unit=unit, printed="原文", words="全省平均水平"
    )


@pytest.mark.parametrize(
    ("wanted", "value", "expected"),
    [
        (demand("=", "100"), "100.0000", True),
        (demand("=", "100"), "99.9", False),
        (demand(">=", "40"), "40", True),
        (demand(">=", "40"), "39.9", False),
        (demand("<=", "5"), "5", True),
        (demand("<=", "5"), "5.1", False),
        (demand("<", "1.5"), "1.5", False),
        (demand(">", "1.5"), "1.6", True),
        (demand("between", "15", "20"), "20", True),
        (demand("between", "15", "20"), "20.1", False),
        (demand("<", None), "3", None),
        (demand(">=", "40"), None, None),
    ],
)
def test_whether_a_figure_satisfies_a_demand(wanted: Target, value: str | None, expected: bool | None) -> None:
    assert met(wanted, Decimal(value) if value else None) is expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (demand(">=", "40.0000", unit="学时"), "≥ 40 学时"),
        (demand("=", "100", unit="%"), "= 100%"),
        (demand("between", "15", "20", "%"), "15—20%"),
        (demand("<", None), "全省平均水平"),
    ],
)
def test_a_demand_in_figures(wanted: Target, expected: str) -> None:
    assert words(wanted) == expected


def test_goals_come_first_each_with_the_figure_that_stands(
    published: Plan, clerk: Member, second: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edition = published.editions.get()
    goal = edition.goals.order_by("start")[0]
    span = {"begins": date(2026, 1, 1), "ends": date(2026, 6, 30)}
    first = figures.report_figure(demand=goal, value=goal.low, source="半年报", by=clerk, **span)  # type: ignore[arg-type]
    figures.confirm_figure(figure=first, by=second)
    figures.report_figure(
        demand=goal, value=None, source="全年", by=clerk, begins=date(2026, 7, 1), ends=date(2026, 12, 31)
    )
    with django_assert_num_queries(3):
        found = demands(edition)
    assert len(found) == edition.goals.count() + Target.objects.filter(wording__edition=edition).count()
    assert (found[0].figure, len(found[0].waiting), found[0].met) == (first, 1, True)
    assert {one.figure for one in found[1:]} == {None}
