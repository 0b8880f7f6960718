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
from zhunsheng.programmes.plans.refs import ref_of_duty

Find = Callable[[str, Role], Member]


def levels(day: date, number: str, unit: str, plan: Plan) -> set[tuple[str, str]]:
    """Level and user name of every reminder of what a unit owes by the date of its first duty for a task."""
    duty = duty_of(plan, number, unit)
    key = f"{plan.pk}/{duty.unit_id}/{duty.due}"
    names = dict(Member.objects.values_list("pk", "username"))
    return {(one.level, names[one.recipient]) for one in dates.reminders(day) if one.key == key}


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


def test_reminders_end_with_the_last_report_of_the_date(published: Plan, of_unit: Find) -> None:
    first, last = duty_of(published, "3", "白石镇"), duty_of(published, "1", "白石镇")
    liaison, day = of_unit("白石镇", Role.LIAISON_OFFICER), date(2026, 7, 2)
    Duty.objects.filter(unit=first.unit).exclude(pk__in=[first.pk, last.pk]).update(state="cancelled")
    Duty.objects.filter(pk=last.pk).update(due=first.due)
    with now.on(day):
        catch_up(day)
        mine = Reminder.objects.filter(recipient=liaison.pk, subject_kind=dates.BUNDLE)
        assert "白石镇 2 项任务已过期限" in mine.get(done_at=None).text
        Duty.objects.filter(pk=last.pk).update(state="cancelled")
        dates.settled(ref_of_duty(last), {})
        assert mine.filter(done_at=None).exists()
        reporting.save_draft(duty=first, text="旁听了", figures=typed(first), by=liaison)
        prove(first, liaison)
        reporting.submit(duty=first, by=liaison)
        assert not mine.filter(done_at=None).exists()


def test_what_moved_away_is_no_longer_reminded_of(published: Plan, of_unit: Find) -> None:
    """One reminder speaks of a date: another date is another reminder, and the old one is done."""
    duty, day = duty_of(published, "1", "白石镇"), date(2026, 4, 2)
    with now.on(day):
        catch_up(day)
        old = Reminder.objects.filter(subject_key=f"{published.pk}/{duty.unit_id}/{duty.due}")
        assert old.filter(done_at=None).exists()
        Duty.objects.filter(unit=duty.unit_id, due=duty.due).update(due=date(2026, 4, 10))
        catch_up(day)
    assert not old.filter(done_at=None).exists()
    assert Reminder.objects.filter(subject_key=f"{published.pk}/{duty.unit_id}/2026-04-10", done_at=None).exists()


def test_many_tasks_of_one_date_are_one_reminder_with_the_way_to_them(published: Plan, of_unit: Find) -> None:
    duty, liaison = duty_of(published, "1", "白石镇"), of_unit("白石镇", Role.LIAISON_OFFICER).pk
    Duty.objects.filter(unit=duty.unit_id).update(due=duty.due, state="new")
    owed = Duty.objects.filter(unit=duty.unit_id).count()
    day = date(2026, 4, 2)
    [said] = [one for one in dates.reminders(day) if one.recipient == liaison]
    assert said.text.startswith(f"白石镇 {owed} 项任务已过期限 {duty.due}：任务 ")
    assert said.url == f"/desk/plans/{published.pk}/?unit={duty.unit_id}&state=late"


@pytest.mark.parametrize("count", [1, 3])
def test_reminders_take_four_queries(
    published: Plan, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    units = (
        Duty.objects.filter(due=date(2026, 3, 31)).order_by("unit").values_list("unit", flat=True).distinct()[:count]
    )
    Duty.objects.exclude(unit__in=list(units), due=date(2026, 3, 31)).update(state="cancelled")
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
