from __future__ import annotations

from datetime import date

from pytest_django import DjangoAssertNumQueries

from tests.people.acting import BY
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.now import on
from zhunsheng.people import actions
from zhunsheng.people.held import Held, held
from zhunsheng.people.models import Division, Member, Role, Unit

BEGUN, ENDED = date(2026, 1, 1), date(2026, 7, 1)


def test_roles_are_asked_for_once_a_day_and_end_on_their_day(
    bureau: Unit, county: Division, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    member = actions.add_member(by=BY, username="hexiulan", name="何秀兰", unit=bureau)
    actions.grant_role(by=BY, member=member, role=Role.UNIT_HEAD, scope=bureau, day=BEGUN)
    office = actions.grant_role(by=BY, member=member, role=Role.OFFICE_CLERK, scope=county, day=BEGUN)
    actions.end_role(by=BY, role=office, day=ENDED)
    with on(date(2026, 6, 30)), django_assert_num_queries(1):
        assert set(held(member)) == {
            Held(Role.UNIT_HEAD, bureau.pk, None),
            Held(Role.OFFICE_CLERK, None, county.path),
        }
        assert len(held(member)) == 2
    with on(ENDED), django_assert_num_queries(1):
        assert held(member) == (Held(Role.UNIT_HEAD, bureau.pk, None),)


def test_a_disabled_account_holds_nothing_and_neither_does_the_program(
    bureau: Unit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    member = actions.add_member(by=BY, username="hexiulan", name="何秀兰", unit=bureau)
    actions.grant_role(by=BY, member=member, role=Role.UNIT_HEAD, scope=bureau, day=BEGUN)
    Member.objects.filter(pk=member.pk).update(is_active=False)
    assert held(Member.objects.get(pk=member.pk)) == ()
    with django_assert_num_queries(0):
        assert held(SYSTEM) == ()
