from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people.acting import BY
from zhunsheng.people import actions
from zhunsheng.people.conditions import in_force, within
from zhunsheng.people.models import Division, DivisionCode, DivisionKind, Unit, UnitAlias

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2030, 12, 31))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(day=DAYS, begun=st.none() | DAYS, lasting=st.none() | st.integers(min_value=1, max_value=4000))
def test_in_force_is_half_open(county: Division, day: date, begun: date | None, lasting: int | None) -> None:
    ended = (begun or date(2000, 1, 1)) + timedelta(days=lasting) if lasting else None
    DivisionCode.objects.all().delete()
    code = DivisionCode.objects.create(division=county, code="050022", valid_from=begun, valid_to=ended)
    wanted = (begun is None or begun <= day) and (ended is None or day < ended)
    assert DivisionCode.objects.filter(in_force(day), pk=code.pk).exists() is wanted


def test_exactly_one_of_two_that_follow_each_other_is_in_force(bureau: Unit) -> None:
    change = date(2019, 3, 22)
    UnitAlias.objects.create(unit=bureau, name="旧名", valid_to=change)
    UnitAlias.objects.create(unit=bureau, name="新名", valid_from=change)
    days = {change - timedelta(days=1): "旧名", change: "新名", change + timedelta(days=1): "新名"}
    for day, name in days.items():
        assert list(UnitAlias.objects.filter(in_force(day)).values_list("name", flat=True)) == [name]


def test_in_force_reaches_over_a_join(bureau: Unit) -> None:
    UnitAlias.objects.create(unit=bureau, name="旧名", valid_to=date(2019, 3, 22))
    assert Unit.objects.filter(in_force(date(2019, 3, 21), "aliases__")).exists()
    assert not Unit.objects.filter(in_force(date(2019, 3, 22), "aliases__")).exists()


def test_within_is_the_division_and_all_below_it_and_nothing_beside_it(
    county: Division, township: Division, village: Division
) -> None:
    sister = actions.add_division(by=BY, parent=None, kind=DivisionKind.COUNTY, name="赤石县")
    assert set(Division.objects.filter(within(county))) == {county, township, village}
    assert set(Division.objects.filter(within(township))) == {township, village}
    assert set(Division.objects.filter(within(sister))) == {sister}


@pytest.mark.usefixtures("town")
def test_within_reaches_over_a_join(county: Division, village: Division) -> None:
    assert Unit.objects.filter(within(county, "division__")).exists()
    assert not Unit.objects.filter(within(village, "division__")).exists()
