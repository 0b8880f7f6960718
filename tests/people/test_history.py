from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.people.acting import BY, refused
from zhunsheng.people import actions
from zhunsheng.people.history import answering_on, successor_on, units_on
from zhunsheng.people.models import Division, Ending, Unit, UnitKind
from zhunsheng.people.naming import units_named

BEFORE, DAY, LATER = date(2018, 12, 31), date(2019, 1, 1), date(2024, 1, 1)


def office(county: Division, name: str, since: date | None = None) -> Unit:
    return actions.add_unit(
        by=BY, division=county, kind=UnitKind.DEPARTMENT, name=f"青石县{name}", short_name=name, valid_from=since
    )


@pytest.fixture
def merged(county: Division) -> tuple[Unit, Unit, Unit]:
    """工商局 and 质监局, merged on ``DAY`` into 市场监管局, which was renamed into a new unit on ``LATER``."""
    one, two, new = office(county, "工商局"), office(county, "质监局"), office(county, "市场监管局", DAY)
    actions.merge_units(predecessors=[two, one], successor=new, day=DAY, by=BY)
    return one, two, new


def test_several_units_are_merged_at_once(merged: tuple[Unit, Unit, Unit], county: Division) -> None:
    one, two, new = merged
    assert list(units_on(BEFORE, county)) == [one, two]
    assert list(units_on(DAY, county)) == [new]
    assert {unit.ending for unit in new.predecessors.all()} == {Ending.MERGED}
    assert units_named(["质监局"], county) == {"质监局": (new,)}


def test_a_merger_that_cannot_be_leaves_all_as_it_was(county: Division) -> None:
    one, two, new = office(county, "工商局"), office(county, "质监局"), office(county, "市场监管局")
    actions.end_unit(by=BY, unit=two, day=DAY, ending=Ending.ABOLISHED)
    with refused("unit_ended", "质监局"):
        actions.merge_units(predecessors=[one, two], successor=new, day=LATER, by=BY)
    with refused("merge_into_itself", "市场监管局"):
        actions.merge_units(predecessors=[one, new], successor=new, day=LATER, by=BY)
    with refused("nothing_to_merge"):
        actions.merge_units(predecessors=[], successor=new, day=LATER, by=BY)
    one.refresh_from_db()
    assert not one.ending


def test_who_answers_depends_on_the_day(merged: tuple[Unit, Unit, Unit], county: Division) -> None:
    one, _, new = merged
    last = office(county, "市场局", LATER)
    actions.end_unit(by=BY, unit=new, day=LATER, ending=Ending.RENAMED, successor=last)
    one.refresh_from_db()
    assert [successor_on(day, one) for day in (BEFORE, DAY, LATER)] == [one, new, last]


def test_an_abolished_unit_answers_for_itself(county: Division) -> None:
    unit = actions.end_unit(by=BY, unit=office(county, "经贸局"), day=DAY, ending=Ending.ABOLISHED)
    assert successor_on(LATER, unit) == unit


def test_a_circle_of_successors_ends(merged: tuple[Unit, Unit, Unit]) -> None:
    one, _, new = merged
    Unit.objects.filter(pk=new.pk).update(valid_to=DAY.replace(month=2), ending=Ending.MERGED, successor=one)
    one.refresh_from_db()
    assert successor_on(LATER, one) in {one, new}


@pytest.mark.parametrize("count", [1, 3])
def test_one_query_for_a_day_and_one_for_each_succession(
    count: int, merged: tuple[Unit, Unit, Unit], county: Division, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert [unit.division.name for unit in units_on(DAY, county)] == ["青石县"]
    units = list(Unit.objects.order_by("pk"))[:count]
    with django_assert_num_queries(1):
        answering_on(LATER, units)


def test_what_a_unit_is_can_be_said_anew(bureau: Unit, town: Unit) -> None:
    from zhunsheng.people.models import Leadership

    changed = actions.amend_unit(
        unit=bureau, kind=UnitKind.VERTICAL, led_by=Leadership.LINE, superior=None, assessed_by=town, by=BY
    )
    changed.refresh_from_db()
    assert (changed.kind, changed.led_by, changed.assessed_by) == (UnitKind.VERTICAL, Leadership.LINE, town)
    actions.end_unit(by=BY, unit=bureau, day=DAY, ending=Ending.ABOLISHED)
    with refused("unit_ended", "不能再改"):
        actions.amend_unit(
            unit=bureau, kind=UnitKind.VERTICAL, led_by=Leadership.LINE, superior=None, assessed_by=None, by=BY
        )


def test_a_name_is_learned_once_and_found_in_the_next_plan(county: Division, bureau: Unit) -> None:
    assert units_named(["县法治局"], county) == {"县法治局": ()}
    alias = actions.learn_alias(unit=bureau, name=" 县法治局 ", by=BY)
    assert alias is not None
    assert alias.name == "县法治局"
    assert units_named(["县法治局"], county) == {"县法治局": (bureau,)}
    assert actions.learn_alias(unit=bureau, name="县 法治局", by=BY) is None
    assert actions.learn_alias(unit=bureau, name="司法局", by=BY) is None


def test_a_name_of_another_unit_is_not_learned(bureau: Unit, town: Unit) -> None:
    with refused("alias_taken", "县司法局", "南坪镇"):
        actions.learn_alias(unit=town, name="司法局", by=BY)
    with refused("alias_is_a_list", "南坪镇、北坪镇"):
        actions.learn_alias(unit=town, name="南坪镇、北坪镇", by=BY)
    assert not town.aliases.exists()


def test_a_name_no_longer_used_still_finds_the_unit(county: Division, bureau: Unit) -> None:
    alias = actions.learn_alias(unit=bureau, name="县法治局", by=BY)
    assert alias is not None
    assert actions.forget_alias(alias=alias, day=DAY, by=BY).valid_to == DAY
    assert units_named(["县法治局"], county) == {"县法治局": (bureau,)}
    with refused("alias_ended", "2019-01-01"):
        actions.forget_alias(alias=alias, day=LATER, by=BY)
