from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.people.acting import BY
from tests.people.sheets.books import book, rows_of
from zhunsheng.people import actions, demo
from zhunsheng.people.models import (
    Decision,
    Division,
    DivisionKind,
    Installation,
    Leadership,
    Member,
    Person,
    Role,
    RoleProposal,
    Unit,
    UnitAlias,
    UnitKind,
)
from zhunsheng.people.sheets import Staged, annotated, export, import_workbook, stage, template
from zhunsheng.people.sheets.reading import read

DAY = date(2026, 3, 1)

DIVISIONS = [
    {"名称": "井边村", "层级": "村社区", "上级区划": "南坪镇", "代码": "０５００２２１０１２００"},
    {"名称": "南坪镇", "层级": "TOWNSHIP", "代码": "050022101"},
]
UNITS = [
    {"全称": "青石县司法局", "简称": "县 司法局", "类别": "其他部门", "别名": "县法治局、县法制办（2019-03-22前）"},
    {
        "全称": "青石县南坪镇人民政府",
        "简称": "南坪镇",
        "类别": "乡镇",
        "所在区划": "南坪镇",
        "考核单位": "青石县司法局",
    },
    {
        "全称": "南坪镇井边村村民委员会",
        "简称": "井边村",
        "类别": "村(居)民委员会",
        "所在区划": "井边村",
        "上级单位": "南坪镇",
    },
    {
        "全称": "青石县气象局",
        "简称": "县气象局",
        "类别": "垂直管理单位",
        "领导关系": "双重管理",
        "成立日期": "２０１９年３月２２日",
    },
]
MEMBERS = [
    {"用户名": "WuYihe", "姓名": "吴　一禾", "所在单位": "南坪镇", "申请的角色": "联络员、单位负责人"},
    {
        "用户名": "xuerhe",
        "姓名": "许二禾",
        "所在单位": "县司法局",
        "办公电话": "0500-5550123",
        "申请的角色": "依法治县办经办",
    },
]
GOOD = {"区划": DIVISIONS, "单位": UNITS, "成员": MEMBERS}


def enter(county: Division, content: bytes) -> Staged:
    return import_workbook(content, division=county, day=DAY, by=BY)


def test_a_whole_county_is_entered_from_one_workbook(county: Division) -> None:
    staged = enter(county, book(GOOD))
    assert staged.findings == []
    village = Division.objects.get(name="井边村")
    assert (village.path, village.parent and village.parent.name) == ("000100010001", "南坪镇")
    assert village.codes.get().code == "050022101200"
    town, weather = Unit.objects.get(short_name="南坪镇"), Unit.objects.get(short_name="县气象局")
    assert town.assessed_by == Unit.objects.get(short_name="县司法局")
    assert Unit.objects.get(short_name="井边村").superior == town
    assert (weather.led_by, weather.valid_from) == (Leadership.BOTH, date(2019, 3, 22))
    aliases = UnitAlias.objects.order_by("name").values_list("name", "valid_to")
    assert set(aliases) == {("县法治局", None), ("县法制办", date(2019, 3, 22))}


def test_accounts_are_made_disabled_and_roles_only_asked_for(county: Division) -> None:
    enter(county, book(GOOD))
    one = Member.objects.get(username="wuyihe")
    assert (one.person.name, one.is_active, one.has_usable_password(), one.roles.count()) == ("吴一禾", False, False, 0)
    asked = RoleProposal.objects.order_by("pk").values_list("member__username", "role", "unit__short_name", "division")
    assert list(asked) == [
        ("wuyihe", Role.LIAISON_OFFICER, "南坪镇", None),
        ("wuyihe", Role.UNIT_HEAD, "南坪镇", None),
        ("xuerhe", Role.OFFICE_CLERK, None, county.pk),
    ]
    assert set(RoleProposal.objects.values_list("decision", flat=True)) == {Decision.OPEN}


def test_the_same_workbook_again_changes_nothing(county: Division) -> None:
    enter(county, book(GOOD))
    tables = (Division, Unit, UnitAlias, Person, Member, RoleProposal)
    before = [list(table._default_manager.order_by("pk").values_list()) for table in tables]
    counts = enter(county, book(GOOD)).counts()
    assert {name: (one.new, one.changed, one.same) for name, one in counts.items()} == {
        "区划": (0, 0, 2),
        "单位": (0, 0, 4),
        "成员": (0, 0, 2),
    }
    assert [list(table._default_manager.order_by("pk").values_list()) for table in tables] == before


def test_what_has_changed_is_changed_and_nothing_else(county: Division) -> None:
    enter(county, book(GOOD))
    alias = "县法制办（2020-01-01前）"
    units = [UNITS[0] | {"类别": "行政执法部门", "别名": alias}, UNITS[2] | {"上级单位": ""}]
    members = [MEMBERS[0] | {"办公电话": "05005550124", "申请的角色": "联络员"}]
    counts = enter(county, book({"单位": units, "成员": members})).counts()
    assert {name: (one.new, one.changed, one.same) for name, one in counts.items()} == {
        "区划": (0, 0, 0),
        "单位": (0, 2, 0),
        "成员": (0, 1, 0),
    }
    bureau = Unit.objects.get(short_name="县司法局")
    assert bureau.kind == UnitKind.ENFORCING_DEPARTMENT
    assert set(bureau.aliases.values_list("name", "valid_to")) == {("县法治局", None), ("县法制办", date(2020, 1, 1))}
    assert Unit.objects.get(short_name="井边村").superior is None
    assert Person.objects.get(name="吴一禾").office_phone == "05005550124"
    assert RoleProposal.objects.count() == 3


@pytest.mark.django_db
def test_the_demo_county_comes_back_the_same_from_its_export() -> None:
    demo.build()
    origin = Installation.objects.get().division
    content = export(origin, DAY)
    assert stage(content, division=origin, day=DAY).findings == []
    other = actions.add_division(by=BY, parent=None, kind=DivisionKind.COUNTY, name="赤石县")
    moved = {name: [row | _elsewhere(name, row) for row in rows] for name, rows in rows_of(content).items()}
    staged = enter(other, book(moved))
    assert staged.findings == []
    assert rows_of(export(other, DAY)) == moved


def _elsewhere(sheet: str, row: dict[str, str]) -> dict[str, str]:
    """What must differ in a second county of one database: user names and codes."""
    if sheet == "成员":
        return {"用户名": f"{row['用户名']}2"}
    return {"代码": f"06{row['代码'][2:]}"} if sheet == "区划" else {}


def test_the_template_is_empty_and_of_this_version(county: Division) -> None:
    found = read(template())
    assert (found.findings, found.rows) == ([], {"区划": [], "单位": [], "成员": []})
    assert enter(county, template()).right


def test_one_error_and_nothing_is_stored(county: Division) -> None:
    wrong = [*MEMBERS, {"用户名": "a", "姓名": "丙", "所在单位": "没有的局"}]
    staged = enter(county, book(GOOD | {"成员": wrong}))
    assert [(one.sheet, one.cell, one.rule) for one in staged.findings] == [("成员", "C4", "unit_unknown")]
    assert list(Division.objects.all()) == [county]
    assert not Unit.objects.exists()
    assert not Member.objects.exists()


def test_the_marked_workbook_is_mended_and_imported(county: Division) -> None:
    wrong = book(GOOD | {"成员": [MEMBERS[0] | {"所在单位": "没有的局"}]})
    marked = annotated(wrong, stage(wrong, division=county, day=DAY).findings)
    again = stage(marked, division=county, day=DAY)
    assert [(one.cell, one.rule) for one in again.findings] == [("C2", "unit_unknown")]
    mended = rows_of(marked)
    mended["成员"][0]["所在单位"] = "南坪镇"
    assert enter(county, book(mended)).right
    assert Member.objects.get().unit.short_name == "南坪镇"


def some(count: int) -> bytes:
    units = [{"全称": f"第{n}局", "简称": f"第{n}局", "类别": "其他部门", "别名": f"{n}局"} for n in range(count)]
    members = [
        {"用户名": f"u{n}", "姓名": "某人", "所在单位": f"第{n}局", "申请的角色": "联络员"} for n in range(count)
    ]
    return book({"单位": units, "成员": members})


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_check_do_not_grow_with_rows(
    count: int, county: Division, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(8):
        stage(some(count), division=county, day=DAY)


def test_queries_of_the_import_do_not_grow_with_rows(county: Division) -> None:
    asked = []
    for count in (1, 4):  # the second time three rows are new
        with CaptureQueriesContext(connection) as queries:
            enter(county, some(count))
        asked.append(len(queries))
    assert asked[0] == asked[1]
