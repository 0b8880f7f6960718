"""Who is told of dates that moved, and how often."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.kernel.matter.conftest import Cast, _cast
from tests.kernel.matter.scenes import issued
from tests.kernel.matter.test_moving import AFTER, BEFORE, DOCUMENT, JANUARY, load
from tests.people.acting import BY
from zhunsheng.kernel import now
from zhunsheng.kernel.clock import actions as calendar
from zhunsheng.kernel.matter import actions as matters
from zhunsheng.kernel.matter.models import Matter
from zhunsheng.kernel.refs import Ref
from zhunsheng.kernel.reminders.catching_up import catch_up
from zhunsheng.kernel.reminders.models import Level, Reminder
from zhunsheng.people import actions, moved_dates
from zhunsheng.people.models import Division, Member, Role

BEGUN = date(2020, 1, 1)
LOADED = JANUARY + timedelta(days=14)
"""Two working days before the first date: its reminders have begun."""


def grant(member: Member, role: Role) -> None:
    division: Division = member.unit.division
    scope = division if role in {Role.OFFICE_CLERK, Role.OFFICE_HEAD} else member.unit
    actions.grant_role(by=BY, member=member, role=role, scope=scope, day=BEGUN)


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with now.on(JANUARY):
        calendar.seed(by=BY)
        made = _cast()
        grant(made.clerk, Role.OFFICE_CLERK)
        grant(made.head, Role.OFFICE_HEAD)
        grant(made.townsman, Role.LIAISON_OFFICER)
        grant(made.other, Role.LIAISON_OFFICER)
        yield made


@pytest.fixture
def mayor(cast: Cast) -> Member:
    """The head of the town."""
    made = actions.add_member(by=BY, username="lu", name="陆建明", unit=cast.town)
    grant(made, Role.UNIT_HEAD)
    return made


def told(day: date = JANUARY) -> list[Reminder]:
    catch_up(day)
    return list(Reminder.objects.filter(kind=moved_dates.KIND).order_by("pk"))


def test_the_unit_and_the_office_are_told_once_with_the_list(cast: Cast, mayor: Member) -> None:
    first, second = issued(cast), issued(cast, title="关于报送四季度台账")
    issued(cast, unit_id=cast.other_town.pk, due=BEFORE)
    load()
    found = told()
    assert {one.recipient_id for one in found} == {cast.townsman.pk, mayor.pk, cast.clerk.pk, cast.head.pk}
    assert len(found) == 4, "one for each person, whatever moved"
    assert {one.level for one in found} == {Level.NOTICE}
    assert found[0].text == (
        f"因“{DOCUMENT}载入”，2 个日期变了：{first} 办结期限 {BEFORE} 改为 {AFTER}；{second} 办结期限 {BEFORE} 改为 {AFTER}"
    )
    assert found[0].due == AFTER
    assert found[0].url.startswith("/desk/calendar/moves/?q=")


def test_one_date_opens_its_matter(cast: Cast) -> None:
    order = issued(cast)
    load()
    assert {one.url for one in told()} == {f"/desk/matters/{order.pk}/"}


def test_told_twice_by_nobody(cast: Cast) -> None:
    issued(cast)
    load()
    number = len(told())
    load()
    assert len(told()) == number
    assert len(told(JANUARY + timedelta(days=1))) == number


def test_another_change_is_another_line(cast: Cast) -> None:
    issued(cast)
    load()
    number = len(told())
    calendar.set_day(by=BY, day=date(2027, 2, 12), works=False, name="雪灾停工", source="县政府通知")
    assert len(told()) == 2 * number


def test_reminders_of_the_old_date_are_done_and_those_of_the_new_one_come(cast: Cast) -> None:
    order = issued(cast)
    with now.on(LOADED):
        catch_up(LOADED)
        old = Reminder.objects.get(kind="matter_due", recipient=cast.townsman)
        assert (old.due, old.done_at) == (BEFORE, None)
        load()
        old.refresh_from_db()
        assert old.done_at is not None, "in the same transaction, not when the worker comes"
        catch_up(date(2027, 2, 12))
    new = Reminder.objects.get(kind="matter_due", recipient=cast.townsman, done_at=None)
    assert (new.due, new.subject) == (AFTER, order.ref)


def test_reminders_of_a_date_that_stays_go_on(cast: Cast) -> None:
    issued(cast)
    stays = issued(cast, due=BEFORE)
    with now.on(LOADED):
        catch_up(LOADED)
        load()
    open_ones = Reminder.objects.filter(kind="matter_due", recipient=cast.townsman, done_at=None)
    assert [one.subject.key for one in open_ones] == [str(stays.pk)]


def test_what_is_called_off_meanwhile_is_told_no_more(cast: Cast) -> None:
    order = issued(cast)
    load()
    assert {one.done_at for one in told()} == {None}
    matters.cancel(matter=Matter.objects.get(pk=order.pk), reason="重复交办。", by=cast.head)
    assert None not in {one.done_at for one in told()}


def test_after_a_month_it_is_told_no_more(cast: Cast) -> None:
    issued(cast)
    load()
    later = JANUARY + moved_dates.TOLD_FOR
    assert list(moved_dates.reminders(later - timedelta(days=1)))
    assert not list(moved_dates.reminders(later))


def test_a_clock_of_another_room_is_told_to_its_unit(cast: Cast) -> None:
    calendar.start(
        by=BY, rule="R03", trigger=date(2027, 2, 3), subject=Ref("test.case", "1", "某件复议"), unit_id=cast.town.pk
    )
    load()
    only = told()[0]
    assert only.recipient_id == cast.townsman.pk
    assert "某件复议 R03 " in only.text
    assert len(told()) == 1, "nobody gave it"


def test_a_long_list_fits_its_column(cast: Cast) -> None:
    for _ in range(12):
        issued(cast, title="关于" + "报送" * 40)
    load()
    found = told()[0]
    assert found.text.startswith(f"因“{DOCUMENT}载入”，12 个日期变了：")
    assert found.text.endswith("；等")
    assert len(found.text) <= 500


@pytest.mark.parametrize("number", [1, 4])
def test_the_queries_are_always_as_many(
    number: int, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        issued(cast)
    load()
    with django_assert_num_queries(6):
        assert len(list(moved_dates.reminders(JANUARY))) == 3
