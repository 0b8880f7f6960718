from __future__ import annotations

from datetime import date

from pytest_django import DjangoAssertNumQueries

from zhunsheng.people.models import Member, Unit
from zhunsheng.programmes.plans.models import Occurrence, Plan
from zhunsheng.programmes.plans.spans import spans


def test_only_stretches_in_which_a_period_ends_are_offered(
    clerk: Member, office: Unit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    plan = Plan.objects.create(division=office.division, office=office, title="方案", year_from=2026, year_to=2027)
    task = plan.tasks.create()
    ends = [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 15), date(2026, 9, 30), date(2027, 12, 31)]
    Occurrence.objects.bulk_create(
        Occurrence(task=task, number=number, label="期", begins=date(2026, 1, 1), ends=day)
        for number, day in enumerate(ends, 1)
    )
    with django_assert_num_queries(1):
        found = spans(plan)
    assert [one.key for one in found] == [
        *("2026", "2026q1", "2026q2", "2026q3", "2026m3", "2026m6", "2026m9"),
        *("2027", "2027q4", "2027m12"),
    ]
    assert [one.label for one in found][:5] == [
        *("2026 年全年", "2026 年一季度", "2026 年二季度", "2026 年三季度", "2026 年 3 月")
    ]
    quarter = found[2]
    assert (quarter.begins, quarter.ends) == (date(2026, 4, 1), date(2026, 6, 30))


def test_a_plan_without_periods_has_none(published: Plan) -> None:
    assert spans(Plan(pk=0)) == []
    assert spans(published)[0].key == "2026"
