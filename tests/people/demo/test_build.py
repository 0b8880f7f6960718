from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from django.db import connection, models
from pytest_django import DjangoAssertNumQueries

from zhunsheng.kernel.errors import Refused
from zhunsheng.people import demo, installation
from zhunsheng.people.conditions import in_force
from zhunsheng.people.demo import Summary
from zhunsheng.people.groups import members_of
from zhunsheng.people.models import (
    ADMINISTRATORS,
    Appointment,
    Division,
    DivisionKind,
    Ending,
    Installation,
    Leadership,
    Member,
    MemberRole,
    Qualification,
    Role,
    Unit,
    UnitAlias,
    UnitKind,
)
from zhunsheng.people.naming import units_named
from zhunsheng.people.qualifications import holders, kinds

pytestmark = pytest.mark.django_db
COMMITTEES = models.Q(kind=UnitKind.VILLAGE)


@pytest.fixture
def built() -> Summary:
    return demo.build()


@pytest.fixture
def county(built: Summary) -> Division:
    return Installation.objects.get(is_demo=True).division


def test_the_county_has_what_the_readme_says(built: Summary) -> None:
    assert built == Summary(divisions=93, units=40, villages=80, members=96, created=True)
    kinds = Counter(Unit.objects.filter(valid_to__isnull=True).values_list("kind", flat=True))
    assert kinds.pop(UnitKind.TOWNSHIP) + kinds.pop(UnitKind.SUB_DISTRICT) == 12
    assert kinds.pop(UnitKind.VILLAGE) == 80
    assert kinds.total() == 28
    assert set(kinds) == {UnitKind.ENFORCING_DEPARTMENT, UnitKind.DEPARTMENT, UnitKind.VERTICAL, UnitKind.OFFICE}


def test_a_second_time_changes_nothing(built: Summary) -> None:
    Unit.objects.filter(short_name="县数据局").update(short_name="县大数据局新名")
    before = list(Unit.objects.order_by("pk").values_list())
    assert demo.build() == Summary(built.divisions, built.units, built.villages, built.members, created=False)
    assert list(Unit.objects.order_by("pk").values_list()) == before


def test_it_is_entered_set_by_set(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(28):
        demo.build()


def test_the_summary_says_in_chinese_what_happened(built: Summary) -> None:
    assert str(built) == "演示县已建好：40 家单位，80 个村和社区，96 名成员。"
    assert str(demo.build()).startswith("演示县早已建好，没有改动：40 家单位")


def test_it_refuses_another_county_and_leaves_it_alone() -> None:
    division = Division.objects.create(path="0001", kind=DivisionKind.COUNTY, name="青石县")
    Installation.objects.create(division=division)
    with pytest.raises(Refused, match="已有“青石县”"):
        demo.build()
    assert list(Division.objects.all()) == [division]
    assert not Unit.objects.exists()


def test_it_refuses_data_of_unknown_origin() -> None:
    Division.objects.create(path="0001", kind=DivisionKind.COUNTY, name="云溪县")
    with pytest.raises(Refused, match="空数据库"):
        demo.build()


def test_every_row_would_pass_the_checks_of_a_form(built: Summary) -> None:
    for model in (Division, Unit, UnitAlias, Member, MemberRole, Installation, Qualification, Appointment):
        for row in model._default_manager.all():
            row.full_clean(exclude={"password"})
    connection.check_constraints()


def test_the_tree_is_one_county_with_townships_and_villages(county: Division) -> None:
    divisions = {division.path: division for division in Division.objects.all()}
    levels = [DivisionKind.COUNTY, DivisionKind.TOWNSHIP, DivisionKind.VILLAGE]
    for path, division in divisions.items():
        assert division.kind == levels[len(path) // 4 - 1]
        assert division.parent == divisions.get(path[:-4])
    assert [path for path in divisions if len(path) == 4] == [county.path]


def test_every_division_has_units_and_every_committee_its_township(county: Division) -> None:
    assert not Division.objects.filter(units__isnull=True).exists()
    for committee in Unit.objects.filter(COMMITTEES).select_related("division__parent", "superior__division"):
        assert committee.superior is not None
        assert committee.superior.division == committee.division.parent


def test_every_name_and_alias_means_one_living_unit(county: Division) -> None:
    aliases = list(UnitAlias.objects.values_list("name", flat=True))
    names = [*aliases, *Unit.objects.values_list("name", flat=True), *Unit.objects.values_list("short_name", flat=True)]
    assert len(aliases) >= 40
    for name, units in units_named(names, county).items():
        assert len(units) == 1, name
        assert units[0].valid_to is None, name


@pytest.mark.parametrize(
    ("printed", "short_name"),
    [
        ("县卫计委", "县卫健委"),
        ("县法制办", "县司法局"),
        ("县工商局", "县市场监管局"),
        ("县发改局", "县发展改革局"),
        ("县政府办", "县政府办公室"),
        ("云溪县人民政府办公室", "县政府办公室"),
        ("教育局", "县教育局"),
        ("县委全面依法治县委员会办公室", "县委依法治县办"),
        ("白石镇人民政府", "白石镇"),
        ("云溪街道办事处", "云溪街道"),
        ("河滨乡", "滨河街道"),
    ],
)
def test_what_documents_call_a_unit(printed: str, short_name: str, county: Division) -> None:
    (unit,) = units_named([printed], county)[printed]
    assert unit.short_name == short_name


def test_units_that_have_ended_lead_to_living_ones(built: Summary) -> None:
    ended = Unit.objects.exclude(valid_to=None)
    assert {unit.ending for unit in ended} == {Ending.MERGED}
    assert {unit.short_name for unit in ended} == {"县法制办", "县工商局", "县质监局", "县食药监局"}


def test_all_three_ways_of_being_led_are_there(built: Summary) -> None:
    led = dict(Unit.objects.exclude(COMMITTEES).values_list("short_name", "led_by"))
    assert led["县税务局"] == Leadership.LINE
    assert led["县气象局"] == Leadership.BOTH
    assert led["县市场监管局"] == Leadership.PLACE


def test_the_office_sits_in_the_justice_bureau_and_assesses_the_others(built: Summary) -> None:
    office = Unit.objects.get(kind=UnitKind.OFFICE)
    assert office.superior is not None
    assert office.superior.short_name == "县司法局"
    assessed = Unit.objects.filter(assessed_by=office)
    assert assessed.count() == 40 - 1 - Unit.objects.filter(led_by=Leadership.LINE).count()


def test_every_role_is_held_and_every_unit_has_a_liaison_officer_and_a_head(county: Division) -> None:
    assert set(MemberRole.objects.values_list("role", flat=True)) == set(Role.values)
    served = Counter(MemberRole.objects.filter(role=Role.LIAISON_OFFICER).values_list("unit", flat=True))
    headed = MemberRole.objects.filter(role=Role.UNIT_HEAD).values_list("unit", flat=True)
    units = Unit.objects.filter(valid_to__isnull=True).exclude(COMMITTEES).values_list("pk", flat=True)
    assert sorted(served) == sorted(headed) == sorted(units)
    assert max(served.values()) == 2
    assert set(MemberRole.objects.exclude(division=None).values_list("division", flat=True)) == {county.pk}


def test_some_are_qualified_and_some_no_longer(built: Summary) -> None:
    assert set(Qualification.objects.values_list("kind", flat=True)) <= set(kinds())
    day = date(2026, 3, 1)
    held = set(holders("enforcement_card", day).values_list("name", flat=True))
    assert "杜海沧" in held
    assert not held & {"魏路平", "潘清源"}
    assert Appointment.objects.filter(in_force(day), body="行政复议委员会").count() == 3


def test_group_phrases_of_the_example_plan_have_their_members(county: Division) -> None:
    day = date(2026, 3, 1)
    sizes = {
        phrase: len(members_of(phrase, county, day) or ())
        for phrase in ("各乡镇、街道", "县政府各部门", "各村（社区）")
    }
    assert sizes == {"各乡镇、街道": 12, "县政府各部门": 24, "各村（社区）": 80}
    assert members_of("县直有关部门", county, day) is None


def test_the_three_administrators_are_three_persons_with_nothing_else(built: Summary) -> None:
    admins = Member.objects.filter(roles__role__in=ADMINISTRATORS)
    assert admins.count() == 3
    assert MemberRole.objects.filter(member__in=admins).count() == 3


def test_nobody_can_sign_in_yet(built: Summary) -> None:
    members = list(Member.objects.all())
    assert not any(member.has_usable_password() for member in members)
    assert all(one.password != other.password for one, other in pairwise(members))


def test_the_database_is_marked_as_the_demos(built: Summary) -> None:
    standing = installation.current()
    assert standing is not None
    assert standing.is_demo
    assert standing.division.name == "云溪县"
