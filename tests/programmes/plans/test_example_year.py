from __future__ import annotations

from collections import Counter
from datetime import date

from zhunsheng.kernel import now
from zhunsheng.kernel.matter.models import Matter
from zhunsheng.programmes.plans.example import orders, year
from zhunsheng.programmes.plans.models import Duty, Plan, Report

DAY = date(2026, 11, 23)


def test_the_year_stands_as_people_would_have_left_it(county: None) -> None:
    with now.on(DAY):
        plan = year.build(DAY)
        assert plan is not None
        states = Counter(Duty.objects.filter(task__plan=plan).values_list("state", flat=True))
        assert states["done"] > 500
        assert min(states[one] for one in ("run", "back", "head", "lead", "office", "new")) > 0
        assert not Duty.objects.filter(state="done", done_on__gte=DAY).exists()
        assert not Report.objects.filter(saved_at__date__gte=DAY).exists()
        assert Plan.objects.count() == 2, "one runs, one is to be mended"


def test_built_once_it_is_left_alone(county: None) -> None:
    with now.on(DAY):
        year.build(DAY)
        before = Report.objects.count()
        assert year.build(DAY) is None
    assert Report.objects.count() == before


def test_one_order_is_closed_one_escalated_one_new(county: None) -> None:
    with now.on(DAY):
        year.build(DAY)
        assert orders.build(DAY) == orders.build(DAY) == 3
        assert sorted(Matter.objects.values_list("state", "escalated")) == [
            ("closed", ""), ("issued", ""), ("signed", "talk"),
        ]  # fmt: skip


def test_before_the_plan_was_issued_nothing_is_late(county: None) -> None:
    day = date(2026, 2, 20)
    with now.on(day):
        year.build(day)
        assert orders.build(day) == 0
        assert not Duty.objects.filter(state="done", done_on__gte=day).exists()
