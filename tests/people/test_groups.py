from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.people.acting import BY, refused
from zhunsheng.kernel import now
from zhunsheng.people import actions
from zhunsheng.people.groups import Answer, members_of, resolve
from zhunsheng.people.models import Division, DivisionKind, Ending, GroupPhrase, Member, Role, Unit, UnitKind

DAY = date(2026, 3, 1)
LATER = date(2026, 9, 1)
OPEN = "县直有关部门"


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with now.on(DAY):
        yield


@pytest.fixture
def clerk(bureau: Unit, county: Division) -> Member:
    member = actions.add_member(by=BY, username="wuyihe", name="吴一禾", unit=bureau)
    actions.grant_role(by=BY, member=member, role=Role.OFFICE_CLERK, scope=county, day=DAY)
    return member


@pytest.fixture
def police(county: Division) -> Unit:
    return actions.add_unit(
        by=BY, division=county, kind=UnitKind.ENFORCING_DEPARTMENT, name="青石县公安局", short_name="县公安局"
    )


def test_a_rule_gives_the_living_units_in_order(county: Division, town: Unit, bureau: Unit, police: Unit) -> None:
    assert members_of("各乡镇、街道", county, DAY) == (town,)
    assert members_of("县政府各部门", county, DAY) == (bureau, police)
    assert members_of("县直各行政执法部门", county, DAY) == (police,)


def test_the_units_are_those_of_the_day(county: Division, bureau: Unit, police: Unit) -> None:
    actions.end_unit(by=BY, unit=police, day=DAY, ending=Ending.ABOLISHED)
    assert members_of("县政府各部门", county, date(2026, 2, 28)) == (bureau, police)
    assert members_of("县政府各部门", county, DAY) == (bureau,)


def test_an_empty_group_is_for_a_person(county: Division, bureau: Unit) -> None:
    assert members_of("各街道", county, DAY) is None


def test_an_open_phrase_says_among_whom_to_choose(county: Division, bureau: Unit, police: Unit, town: Unit) -> None:
    group = resolve([OPEN], county, DAY)[OPEN]
    assert (group.answer, group.units) == (Answer.OPEN, (bureau, police))
    assert members_of(OPEN, county, DAY) is None


def test_what_a_person_decided_is_remembered_under_every_spelling(
    county: Division, bureau: Unit, police: Unit, clerk: Member
) -> None:
    actions.decide_group(division=county, phrase=OPEN, units=[police, bureau], day=DAY, by=clerk)
    assert members_of("县直 有关部门", county, DAY) == (bureau, police)
    assert resolve(["縣直有關部門"], county, DAY)["縣直有關部門"].answer is Answer.DECIDED
    assert members_of(OPEN, county, date(2026, 2, 28)) is None


def test_a_decision_goes_before_the_rule_and_a_later_one_before_an_earlier(
    county: Division, bureau: Unit, police: Unit, clerk: Member
) -> None:
    phrase = "县政府各部门"
    actions.decide_group(division=county, phrase=phrase, units=[police], day=DAY, by=clerk)
    actions.decide_group(division=county, phrase=phrase, units=[bureau], day=LATER, by=clerk)
    assert members_of(phrase, county, DAY) == (police,)
    assert members_of(phrase, county, LATER) == (bureau,)
    assert GroupPhrase.objects.count() == 2


def test_a_decision_of_the_same_day_is_corrected(county: Division, bureau: Unit, police: Unit, clerk: Member) -> None:
    for units in ([police], [bureau]):
        actions.decide_group(division=county, phrase=OPEN, units=units, day=DAY, by=clerk)
    assert members_of(OPEN, county, DAY) == (bureau,)
    assert GroupPhrase.objects.count() == 1


def test_a_unit_that_ended_since_is_answered_by_its_successor(
    county: Division, bureau: Unit, police: Unit, clerk: Member
) -> None:
    actions.decide_group(division=county, phrase=OPEN, units=[police, bureau], day=DAY, by=clerk)
    actions.end_unit(by=BY, unit=police, day=LATER, ending=Ending.MERGED, successor=bureau)
    assert members_of(OPEN, county, DAY) == (bureau, police)
    assert members_of(OPEN, county, LATER) == (bureau,)


def test_a_decision_holds_for_its_own_division_only(
    county: Division, township: Division, bureau: Unit, clerk: Member
) -> None:
    actions.decide_group(division=county, phrase=OPEN, units=[bureau], day=DAY, by=clerk)
    assert members_of(OPEN, township, DAY) is None


@pytest.mark.usefixtures("bureau")
def test_the_sister_countys_units_are_no_members(county: Division) -> None:
    sister = actions.add_division(by=BY, parent=None, kind=DivisionKind.COUNTY, name="赤石县")
    own = actions.add_unit(by=BY, division=sister, kind=UnitKind.DEPARTMENT, name="赤石县财政局", short_name="县财政局")
    assert members_of("县政府各部门", sister, DAY) == (own,)


def test_what_cannot_be_decided_is_refused(county: Division, township: Division, bureau: Unit, clerk: Member) -> None:
    with refused("group_needs_a_person", "由人确定"):
        actions.decide_group(division=county, phrase=OPEN, units=[bureau], day=DAY, by=BY)
    sister = actions.add_division(by=BY, parent=None, kind=DivisionKind.COUNTY, name="赤石县")
    with refused("out_of_scope", "赤石县", "统筹督办"):
        actions.decide_group(division=sister, phrase=OPEN, units=[bureau], day=DAY, by=clerk)
    with refused("group_empty", "至少选一个"):
        actions.decide_group(division=county, phrase=OPEN, units=[], day=DAY, by=clerk)
    with refused("group_outside", "县司法局", "南坪镇"):
        actions.decide_group(division=township, phrase=OPEN, units=[bureau], day=DAY, by=clerk)
    actions.end_unit(by=BY, unit=bureau, day=DAY, ending=Ending.ABOLISHED)
    bureau.refresh_from_db()
    with refused("group_ended", "县司法局"):
        actions.decide_group(division=county, phrase=OPEN, units=[bureau], day=DAY, by=clerk)
    assert not GroupPhrase.objects.exists()


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("count", [1, 3])
def test_three_queries_whatever_the_number_of_phrases(
    count: int, county: Division, bureau: Unit, clerk: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    phrases = [f"第{number}类有关部门" for number in range(count)]
    for phrase in phrases:
        actions.decide_group(division=county, phrase=phrase, units=[bureau], day=DAY, by=clerk)
    with django_assert_num_queries(3):
        resolve([*phrases, "各乡镇", "县政府各部门", "各有关部门"], county, DAY)
