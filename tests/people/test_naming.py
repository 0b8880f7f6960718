from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.people.acting import BY
from zhunsheng.people import actions
from zhunsheng.people.models import Division, DivisionKind, Ending, Unit, UnitAlias, UnitKind
from zhunsheng.people.naming import today, units_named


@pytest.mark.parametrize(
    "printed",
    [
        "青石县司法局",
        "县司法局",
        "司法局",
        "县 司法局",
        "县司\n法局",
        "县司法局　",
        "县法制办（旧）",
        "县法制办(旧)",
        "法制办(旧)",
    ],
)
def test_one_unit_under_all_its_names(printed: str, county: Division, bureau: Unit) -> None:
    UnitAlias.objects.create(unit=bureau, name="县法制办（旧）", valid_to=date(2019, 3, 22))
    assert units_named([printed], county) == {printed: (bureau,)}


@pytest.mark.usefixtures("bureau")
@pytest.mark.parametrize("printed", ["", "县", "青石县", "县司法", "县财政局", "各乡镇、街道"])
def test_no_unit_is_invented(printed: str, county: Division) -> None:
    assert units_named([printed], county) == {printed: ()}


def test_a_unit_that_has_ended_is_answered_by_the_last_of_its_line(county: Division, bureau: Unit) -> None:
    middle, first = (
        actions.add_unit(by=BY, division=county, kind=UnitKind.OFFICE, name=name, short_name=name)
        for name in ("中局", "前局")
    )
    actions.end_unit(by=BY, unit=first, day=date(2010, 1, 1), ending=Ending.RENAMED, successor=middle)
    actions.end_unit(by=BY, unit=middle, day=date(2019, 1, 1), ending=Ending.MERGED, successor=bureau)
    assert units_named(["前局", "中局"], county) == {"前局": (bureau,), "中局": (bureau,)}


def test_a_unit_that_was_abolished_answers_for_itself(county: Division, bureau: Unit) -> None:
    ended = actions.end_unit(by=BY, unit=bureau, day=date(2019, 1, 1), ending=Ending.ABOLISHED)
    assert units_named(["县司法局"], county) == {"县司法局": (ended,)}


def test_a_circle_of_successors_ends() -> None:
    first, second = Unit(pk=1, successor_id=2), Unit(pk=2, successor_id=1)
    assert today(first, {1: first, 2: second}) is second


def test_two_villages_of_one_name_are_both_given(county: Division, township: Division) -> None:
    other = actions.add_division(by=BY, parent=county, kind=DivisionKind.TOWNSHIP, name="北坪镇")
    both = set()
    for parent in (township, other):
        place = actions.add_division(by=BY, parent=parent, kind=DivisionKind.VILLAGE, name="井边村")
        name = f"{parent.name}井边村村民委员会"
        both.add(actions.add_unit(by=BY, division=place, kind=UnitKind.VILLAGE, name=name, short_name="井边村"))
    assert set(units_named(["井边村"], county)["井边村"]) == both
    assert units_named(["南坪镇井边村村民委员会"], township)["南坪镇井边村村民委员会"][0].division.parent == township
    assert len(units_named(["井边村"], township)["井边村"]) == 1


@pytest.mark.usefixtures("bureau")
def test_the_sister_countys_unit_is_not_meant(county: Division) -> None:
    sister = actions.add_division(by=BY, parent=None, kind=DivisionKind.COUNTY, name="赤石县")
    own = actions.add_unit(by=BY, division=sister, kind=UnitKind.DEPARTMENT, name="赤石县司法局", short_name="县司法局")
    assert units_named(["县司法局"], sister) == {"县司法局": (own,)}
    assert units_named(["赤石县司法局"], county) == {"赤石县司法局": ()}


@pytest.mark.usefixtures("bureau", "town")
@pytest.mark.parametrize("count", [1, 300])
def test_two_queries_whatever_the_number_of_names(
    count: int, county: Division, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        units_named([f"第{number}局" for number in range(count)], county)
