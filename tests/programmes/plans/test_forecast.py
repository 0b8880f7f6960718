from __future__ import annotations

from datetime import date

from tests.programmes.plans.conftest import settle_all
from zhunsheng.people.models import Member
from zhunsheng.programmes.plans.actions import publishing
from zhunsheng.programmes.plans.forecast import forecast
from zhunsheng.programmes.plans.models import Assignment, Duty, Edition, Plan


def test_what_is_foreseen_is_what_comes(draft: Edition, clerk: Member, second: Member) -> None:
    settle_all(draft, clerk)
    Plan.objects.filter(pk=draft.plan_id).update(default_due=date(2026, 12, 31))
    edition = Edition.objects.select_related("plan").get(pk=draft.pk)
    seen = forecast(edition)
    publishing.hand_over(edition=edition, by=clerk)
    publishing.publish(edition=edition, by=second)
    assert seen.duties == seen.fresh == Duty.objects.count()
    assert seen.tasks == edition.wordings.count()
    assert seen.units == Assignment.objects.values("unit").distinct().count()
    assert sum(month.duties for month in seen.months) == Duty.objects.filter(due__isnull=False).count()
    after = forecast(Edition.objects.select_related("plan").get(pk=draft.pk))
    assert (after.duties, after.fresh) == (seen.duties, 0)


def test_terms_can_be_tried_without_saving(draft: Edition) -> None:
    edition = Edition.objects.select_related("plan").get(pk=draft.pk)
    bare = forecast(edition)
    assert bare.undated
    edition.plan.default_due = date(2026, 12, 31)
    dated = forecast(edition)
    assert dated.undated == ()
    edition.plan.cycle = "month"
    assert forecast(edition).periods > dated.periods
    assert Plan.objects.get(pk=draft.plan_id).default_due is None


def test_months_come_in_order(draft: Edition) -> None:
    months = [month.first for month in forecast(draft).months]
    assert months == sorted(months)
    assert all(month.day == 1 for month in months)
