from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from tests.programmes.plans.conftest import settle_all
from zhunsheng.kernel.errors import Refused
from zhunsheng.people.models import Member, Unit
from zhunsheng.programmes.plans.actions import publishing
from zhunsheng.programmes.plans.models import Assignment, Duty, Edition, Plan


def test_what_is_not_settled_keeps_an_edition_back(draft: Edition, clerk: Member) -> None:
    with pytest.raises(Refused, match="单位称谓没有定") as refusal:
        publishing.hand_over(edition=draft, by=clerk)
    assert refusal.value.code == "missing"
    assert Edition.objects.get(pk=draft.pk).state == "draft"


def test_whoever_hands_over_does_not_publish(draft: Edition, clerk: Member, second: Member) -> None:
    settle_all(draft, clerk)
    publishing.hand_over(edition=draft, by=clerk)
    with pytest.raises(Refused, match="换一个人"):
        publishing.publish(edition=draft, by=clerk)
    assert publishing.publish(edition=draft, by=second).state == "published"


def test_published_twice_is_refused(published: Plan, second: Member) -> None:
    with pytest.raises(Refused, match="送了复核"):
        publishing.publish(edition=published.editions.get(), by=second)


def test_every_unit_of_a_group_gets_every_period(published: Plan) -> None:
    """任务 1: 县司法局 leads, 县政府办公室, 12 townships and 24 departments; each quarter."""
    first = published.tasks.get(wording__number="1")
    assert first.occurrences.count() == 4
    towns = Unit.objects.filter(kind__in=["township", "sub_district"], valid_to=None).count()
    assert Assignment.objects.filter(task=first, unit__kind__in=["township", "sub_district"]).count() == towns
    assert Duty.objects.filter(task=first).count() == first.assignments.count() * 4


def test_assignments_show_the_duty_that_is_due_first(published: Plan) -> None:
    first = published.tasks.get(wording__number="1")
    shown = first.assignments.values_list("state", "begins", "due", "done", "total").distinct()
    assert list(shown) == [("new", date(2026, 1, 1), date(2026, 3, 31), 0, 4)]


def test_a_task_without_a_date_has_that_of_the_office(published: Plan) -> None:
    sixth = published.tasks.get(wording__number="6")
    assert list(sixth.occurrences.values_list("label", "due", "basis")) == [
        ("2026 年", date(2026, 12, 31), "原文没有写期限，由主管单位定")
    ]


def test_the_digest_names_what_was_published(published: Plan) -> None:
    edition = published.editions.get()
    assert edition.digest == publishing.digest(edition)
    wording = edition.wordings.first()
    assert wording is not None
    with transaction.atomic():
        edition.wordings.filter(pk=wording.pk).update(title="改过的题目")
        assert edition.digest != publishing.digest(edition)
        transaction.set_rollback(True)


def test_taken_back_it_can_be_mended_again(draft: Edition, clerk: Member, second: Member) -> None:
    settle_all(draft, clerk)
    publishing.hand_over(edition=draft, by=clerk)
    with pytest.raises(Refused, match="理由"):
        publishing.take_back(edition=draft, by=second, reason=" ")
    edition = publishing.take_back(edition=draft, by=second, reason="任务 3 的责任单位不对")
    assert (edition.state, edition.prepared_by) == ("draft", None)


def test_a_person_without_the_office_can_do_nothing(draft: Edition, clerk: Member) -> None:
    stranger = Member.objects.get(username="maoyuqing")
    for step in (publishing.send_round, publishing.hand_over, publishing.publish):
        with pytest.raises(Refused):
            step(edition=draft, by=stranger)
    assert Edition.objects.get(pk=draft.pk).state == "draft"
