from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.programmes.plans.actions.test_reporting import duty_of, prove, typed
from zhunsheng.kernel import now
from zhunsheng.kernel.reminders.catching_up import catch_up
from zhunsheng.kernel.reminders.models import Reminder
from zhunsheng.people.models import Member, Role, Unit
from zhunsheng.people.recipients import Recipients
from zhunsheng.programmes.plans import dates
from zhunsheng.programmes.plans.actions import reporting
from zhunsheng.programmes.plans.models import Duty, Plan

Find = Callable[[str, Role], Member]


def levels(day: date, number: str, unit: str, plan: Plan) -> set[tuple[str, str]]:
    """Level and user name of every reminder of the first duty of a unit for a task."""
    key = f"{duty_of(plan, number, unit).pk}/"
    names = dict(Member.objects.values_list("pk", "username"))
    return {(one.level, names[one.recipient]) for one in dates.reminders(day) if one.key.startswith(key)}


def test_reminders_climb_with_the_days(published: Plan, of_unit: Find) -> None:
    """任务 1, 白石镇, due on 31 March: yellow, orange, red with the head, then the office as well."""
    liaison = {
        one.username
        for one in Member.objects.filter(roles__unit__short_name="白石镇", roles__role=Role.LIAISON_OFFICER)
    }
    head = of_unit("白石镇", Role.UNIT_HEAD).username
    assert levels(date(2026, 2, 28), "1", "白石镇", published) == set()
    assert levels(date(2026, 3, 1), "1", "白石镇", published) == {("yellow", one) for one in liaison}
    assert levels(date(2026, 3, 21), "1", "白石镇", published) == {("orange", one) for one in liaison}
    assert levels(date(2026, 4, 1), "1", "白石镇", published) == {("red", one) for one in {*liaison, head}}
    escalated = levels(date(2026, 4, 10), "1", "白石镇", published)
    assert ("escalated", head) in escalated
    assert ("escalated", "zhoumin") in escalated


def test_caught_up_after_a_pause_nobody_is_reminded_twice(published: Plan) -> None:
    for day in (date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 5)):
        with now.on(day):
            catch_up(day)
    keys = list(Reminder.objects.values_list("subject_key", "recipient", "level"))
    assert keys
    assert len(keys) == len(set(keys))


def test_what_is_handed_in_is_no_longer_reminded_of(published: Plan, of_unit: Find) -> None:
    duty = duty_of(published, "3", "白石镇")
    liaison = of_unit("白石镇", Role.LIAISON_OFFICER)
    with now.on(date(2026, 7, 2)):
        catch_up(date(2026, 7, 2))
        mine = Reminder.objects.filter(subject_kind="plans.duty", subject_key=str(duty.pk))
        assert mine.filter(done_at=None).exists()
        reporting.save_draft(duty=duty, text="旁听了", figures=typed(duty), by=liaison)
        prove(duty, liaison)
        reporting.submit(duty=duty, by=liaison)
        assert not mine.filter(done_at=None).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_reminders_take_four_queries(
    published: Plan, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    kept = list(Duty.objects.filter(due=date(2026, 3, 31)).values_list("pk", flat=True)[:count])
    Duty.objects.exclude(pk__in=kept).update(state="cancelled")
    with django_assert_num_queries(4):
        assert len({one.key for one in dates.reminders(date(2026, 4, 2))}) == count


def test_a_calendar_has_what_its_owner_owes(published: Plan, of_unit: Find) -> None:
    liaison, clerk = of_unit("白石镇", Role.LIAISON_OFFICER), Member.objects.get(username="zhoumin")
    with now.on(date(2026, 3, 1)):
        found = list(dates.events(liaison.pk, date(2026, 3, 1)))
        assert not list(dates.events(clerk.pk, date(2026, 3, 1)))
    owed = Duty.objects.filter(unit__short_name="白石镇", due__isnull=False).count()
    assert len({one.uid for one in found}) == len(found) == owed
    assert [one.day for one in found] == sorted(one.day for one in found)


def test_the_superior_of_a_unit_is_its_superiors_head(county: None, of_unit: Find) -> None:
    town, above = Unit.objects.get(short_name="白石镇"), Unit.objects.get(short_name="县政府办公室")
    Unit.objects.filter(pk=town.pk).update(superior=above)
    people = Recipients([town.pk], date(2026, 3, 1))
    assert people.of(town.pk, ["superior"]) == [of_unit("县政府办公室", Role.UNIT_HEAD).pk]
    assert people.of(town.pk, []) == []
