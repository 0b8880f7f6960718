"""Every error that a workbook can have: where it is found, and under which name."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.people.acting import BY, refused
from tests.people.sheets.books import book
from zhunsheng.people import actions
from zhunsheng.people.models import Division, DivisionKind, Ending, Member, Role, Unit, UnitKind
from zhunsheng.people.sheets import annotated, import_workbook, member_list, stage, template, unit_list
from zhunsheng.people.sheets.columns import SHEETS
from zhunsheng.people.sheets.reading import MOST_ROWS

DAY = date(2026, 3, 1)
UNIT = {"全称": "青石县财政局", "简称": "县财政局", "类别": "其他部门"}
VILLAGE = {"名称": "井边村", "层级": "村社区", "上级区划": "南坪镇"}
MEMBER = {"用户名": "xuerhe", "姓名": "许二禾", "所在单位": "县司法局"}

WRONG: dict[str, tuple[dict[str, list[dict[str, Any]]], list[str]]] = {
    "nothing where something must be": ({"单位": [UNIT | {"全称": " "}]}, ["单位 A2 required"]),
    "a kind that there is not": ({"单位": [UNIT | {"类别": "公司"}]}, ["单位 C2 bad_choice"]),
    "a date that is none": ({"单位": [UNIT | {"成立日期": "2019-02-30"}]}, ["单位 D2 bad_date"]),
    "words for a date": ({"单位": [UNIT | {"成立日期": "去年"}]}, ["单位 D2 bad_date"]),
    "a name that is too long": ({"单位": [UNIT | {"全称": "局" * 101}]}, ["单位 A2 too_long"]),
    "a vertical unit led by the place": (
        {"单位": [UNIT | {"类别": "垂直管理单位", "领导关系": "属地管理"}]},
        ["单位 D2 vertical_led_by_place"],
    ),
    "a place that there is not": ({"单位": [UNIT | {"所在区划": "北坪镇"}]}, ["单位 D2 division_unknown"]),
    "a superior that there is not": ({"单位": [UNIT | {"上级单位": "县政府"}]}, ["单位 D2 unit_unknown"]),
    "its own superior": ({"单位": [UNIT | {"上级单位": "县财政局"}]}, ["单位 D2 own_superior"]),
    "the same unit twice": ({"单位": [UNIT, UNIT]}, ["单位 B3 row_twice"]),
    "a full name twice": ({"单位": [UNIT, UNIT | {"简称": "财政"}]}, ["单位 A3 name_taken"]),
    "a full name that is taken": ({"单位": [UNIT | {"全称": "青石县司法局"}]}, ["单位 A2 name_taken"]),
    "another full name for a unit": ({"单位": [UNIT | {"简称": "县司法局"}]}, ["单位 A2 name_differs"]),
    "an alias of another unit": ({"单位": [UNIT | {"别名": "县司法局"}]}, ["单位 D2 alias_taken"]),
    "an alias that ends before it begins": (
        {"单位": [UNIT | {"别名": "县财局（2020-01-01起2019-01-01前）"}]},
        ["单位 D2 alias_dates"],
    ),
    "a unit that has ended": ({"单位": [UNIT | {"全称": "青石县法制办", "简称": "县法制办"}]}, ["单位 B2 unit_ended"]),
    "a column that nobody knows": ({"单位": [UNIT | {"电话": "1"}]}, ["单位 D1 unknown_column"]),
    "a column that is missing": ({"成员": [{"用户名": "a", "姓名": "甲"}]}, ["成员 A1 missing_column"]),
    "a level below itself": (
        {"区划": [VILLAGE | {"层级": "乡镇街道", "上级区划": "南坪镇"}]},
        ["区划 B2 division_level"],
    ),
    "a parent that there is not": ({"区划": [VILLAGE | {"上级区划": "北坪镇"}]}, ["区划 C2 division_unknown"]),
    "the same place twice": ({"区划": [VILLAGE, VILLAGE]}, ["区划 A3 row_twice"]),
    "a path for a name": ({"区划": [VILLAGE | {"名称": "南坪镇/井边村"}]}, ["区划 A2 division_name"]),
    "another level for a place": (
        {"区划": [{"名称": "南坪镇", "层级": "村社区"}]},
        ["区划 B2 division_kind_differs"],
    ),
    "a code that lost its zero": ({"区划": [VILLAGE | {"代码": 50022101200}]}, ["区划 D2 bad_code"]),
    "a code of the county": ({"区划": [VILLAGE | {"代码": "050022"}]}, ["区划 D2 code_taken"]),
    "a code of the sister county": ({"区划": [VILLAGE | {"代码": "050023"}]}, ["区划 D2 code_taken"]),
    "a new code for a place": (
        {"区划": [{"名称": "南坪镇", "层级": "乡镇街道", "代码": "050022101"}]},
        ["区划 C2 code_differs"],
    ),
    "a user name that is none": ({"成员": [MEMBER | {"用户名": "许/二禾"}]}, ["成员 A2 bad_username"]),
    "a user name twice, in two cases": ({"成员": [MEMBER, MEMBER | {"用户名": "XUERHE"}]}, ["成员 A3 row_twice"]),
    "a user name of the sister county": ({"成员": [MEMBER | {"用户名": "stranger"}]}, ["成员 A2 username_taken"]),
    "a user name of somebody else": (
        {"成员": [MEMBER | {"用户名": "wuyihe", "所在单位": "县司法局"}]},
        ["成员 B2 member_name_differs"],
    ),
    "a member of another unit": (
        {"成员": [MEMBER | {"用户名": "wuyihe", "姓名": "吴一禾", "所在单位": "南坪镇"}]},
        ["成员 C2 member_elsewhere"],
    ),
    "a mobile telephone": ({"成员": [MEMBER | {"办公电话": "13900000000"}]}, ["成员 D2 bad_phone"]),
    "no telephone at all": ({"成员": [MEMBER | {"办公电话": "问总机"}]}, ["成员 D2 bad_phone"]),
    "a role that there is not": ({"成员": [MEMBER | {"申请的角色": "局长"}]}, ["成员 D2 bad_choice"]),
    "an administrator's role": ({"成员": [MEMBER | {"申请的角色": "审计管理员"}]}, ["成员 D2 administrator_role"]),
    "a business role for an administrator": (
        {"成员": [{"用户名": "guard", "姓名": "乙二", "所在单位": "县司法局", "申请的角色": "联络员"}]},
        ["成员 D2 role_clash"],
    ),
    "all at once": (
        {
            "成员": [MEMBER | {"姓名": "", "所在单位": ""}, MEMBER | {"用户名": "b", "所在单位": "县政府"}],
            "单位": [UNIT | {"类别": "公司", "成立日期": "昨天"}],
        },
        ["单位 C2 bad_choice", "单位 D2 bad_date", "成员 B2 required", "成员 C2 required", "成员 C3 unit_unknown"],
    ),
}


@pytest.fixture
def standing(county: Division, bureau: Unit, town: Unit) -> Division:
    """A county with two units, an ended one, a member, an administrator; and a sister county with one member."""
    office = actions.add_unit(by=BY, division=county, kind=UnitKind.OFFICE, name="青石县法制办", short_name="县法制办")
    actions.end_unit(by=BY, unit=office, day=date(2019, 1, 1), ending=Ending.MERGED, successor=bureau)
    actions.add_member(by=BY, username="wuyihe", name="吴一禾", unit=bureau)
    guard = actions.add_member(by=BY, username="guard", name="乙二", unit=bureau)
    actions.grant_role(by=BY, member=guard, role=Role.SECURITY_ADMINISTRATOR, scope=county, day=DAY)
    sister = actions.add_division(by=BY, parent=None, kind=DivisionKind.COUNTY, name="赤石县", code="050023")
    other = actions.add_unit(
        by=BY, division=sister, kind=UnitKind.DEPARTMENT, name="赤石县财政局", short_name="县财政局"
    )
    actions.add_member(by=BY, username="stranger", name="外人", unit=other)
    return county


@pytest.mark.parametrize("case", WRONG)
def test_every_error_is_found_where_it_is(case: str, standing: Division) -> None:
    sheets, expected = WRONG[case]
    staged = import_workbook(book(sheets), division=standing, day=DAY, by=BY)
    assert [f"{one.sheet} {one.cell} {one.rule}" for one in staged.findings] == expected
    assert all(one.message.endswith("。") and one.remedy.endswith("。") for one in staged.findings)
    assert Unit.objects.count() == 4
    assert Member.objects.count() == 3
    assert Division.objects.count() == 3


def test_the_base_rows_are_right(standing: Division) -> None:
    content = book({"区划": [VILLAGE], "单位": [UNIT], "成员": [MEMBER]})
    assert import_workbook(content, division=standing, day=DAY, by=BY).findings == []


def test_places_and_units_of_one_name_are_told_apart(standing: Division) -> None:
    towns = [{"名称": "北坪镇", "层级": "乡镇街道"}]
    villages = [VILLAGE, VILLAGE | {"上级区划": "北坪镇"}]
    units = [
        {"全称": f"{town}井边村村民委员会", "简称": "井边村", "类别": "村（居）民委员会", "所在区划": f"{town}/井边村"}
        for town in ("南坪镇", "北坪镇")
    ]
    members = [MEMBER | {"所在单位": "井边村(北坪镇/井边村)"}]
    content = book({"区划": [*towns, *villages], "单位": units, "成员": members})
    assert import_workbook(content, division=standing, day=DAY, by=BY).findings == []
    assert Member.objects.get(username="xuerhe").unit.name == "北坪镇井边村村民委员会"
    vague = book(
        {"单位": [units[0] | {"所在区划": "井边村"}], "成员": [MEMBER | {"用户名": "c", "所在单位": "井边村"}]}
    )
    found = stage(vague, division=standing, day=DAY).findings
    assert [one.rule for one in found] == ["division_ambiguous", "unit_ambiguous"]
    assert "北坪镇/井边村" in found[0].remedy
    assert "井边村（南坪镇/井边村）" in found[1].remedy


def test_a_workbook_for_a_township_knows_nothing_else(standing: Division, township: Division) -> None:
    found = stage(book({"成员": [MEMBER]}), division=township, day=DAY).findings
    assert [one.rule for one in found] == ["unit_unknown"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"name,unit\n", template()[:2000]])
def test_what_is_no_workbook_is_refused(content: bytes, county: Division) -> None:
    with refused("not_a_workbook", "xlsx"):
        stage(content, division=county, day=DAY)


def test_another_zip_file_is_no_workbook(county: Division) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("notes.txt", "没有表格")
    with refused("not_a_workbook", "xlsx"):
        stage(content.getvalue(), division=county, day=DAY)


def test_a_column_twice_is_one_error(county: Division) -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as made:
        made.add_worksheet("单位").write_row(0, 0, ["全称", "简称", "类别", "全称*"])
    (found,) = stage(content.getvalue(), division=county, day=DAY).findings
    assert (found.cell, found.rule) == ("D1", "column_twice")
    assert str(found).startswith("单位 D1：")


def test_a_workbook_without_our_sheets_is_refused(county: Division) -> None:
    with refused("no_known_sheet", "模板"):
        stage(book({"Sheet1": [{"甲": "乙"}]}), division=county, day=DAY)


def test_what_is_too_large_is_refused(county: Division) -> None:
    with refused("too_large", "5 兆"):
        stage(b"PK" + bytes(6 * 1024 * 1024), division=county, day=DAY)
    bomb = BytesIO()
    with xlsxwriter.Workbook(bomb) as made:
        page = made.add_worksheet("单位")
        for line in range(700):
            page.write_string(line, 0, "局" * 30_000)
            page.write_string(line, 1, f"{line}" + "室" * 30_000)
    assert len(bomb.getvalue()) < 5 * 1024 * 1024
    with refused("too_large", "解开"):
        stage(bomb.getvalue(), division=county, day=DAY)


def test_too_many_rows_are_one_error(county: Division) -> None:
    rows = [UNIT] * (MOST_ROWS + 1)
    (found,) = stage(book({"单位": rows}), division=county, day=DAY).findings
    assert (found.cell, found.rule) == (f"A{MOST_ROWS + 2}", "too_many_rows")


def test_a_template_of_another_version_is_told(county: Division) -> None:
    (found,) = stage(book({"单位": [UNIT]}, 版本="0"), division=county, day=DAY).findings
    assert (found.rule, found.cell) == ("template_version", "B1")


def test_the_template_tells_how_to_fill_it() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(template()))
    states = {meta.name: str(meta.visible) for meta in book.sheets_metadata}
    assert list(states) == ["区划", "单位", "成员", "填写说明", "版本"]
    assert "VeryHidden" in states["版本"]
    heads = {sheet.name: book.get_sheet_by_name(sheet.name).to_python()[0] for sheet in SHEETS}
    for sheet in SHEETS:
        assert heads[sheet.name] == [f"{one.title}{'*' if one.required else ''}" for one in sheet.columns]


def test_the_marked_workbook_lists_every_error_first(standing: Division) -> None:
    content = book(WRONG["all at once"][0])
    marked = annotated(content, stage(content, division=standing, day=DAY).findings)
    found = CalamineWorkbook.from_filelike(BytesIO(marked))
    head, *rows = found.get_sheet_by_index(0).to_python()
    assert head == ["工作表", "单元格", "问题", "怎么改"]
    assert [f"{row[0]} {row[1]}" for row in rows] == ["单位 C2", "单位 D2", "成员 B2", "成员 C2", "成员 C3"]


def test_lists_are_text_and_run_nothing(standing: Division, bureau: Unit) -> None:
    actions.rename_unit(by=BY, unit=bureau, name='=HYPERLINK("http://x")', short_name="+1", day=DAY)
    lists = [unit_list(Unit.objects.order_by("pk")), member_list(Member.objects.order_by("pk"), DAY)]
    head, *units = CalamineWorkbook.from_filelike(BytesIO(lists[0])).get_sheet_by_index(0).to_python()
    assert units[0][:2] == ['=HYPERLINK("http://x")', "+1"]
    assert head[0] == "全称"
    assert units[2][head.index("承接单位")] == "+1"
    _, *members = CalamineWorkbook.from_filelike(BytesIO(lists[1])).get_sheet_by_index(0).to_python()
    assert members[1] == ["guard", "乙二", "+1", "", "启用", "安全管理员（青石县）"]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_are_flat_in_queries(count: int, standing: Division, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        unit_list(Unit.objects.order_by("pk")[:count])
    with django_assert_num_queries(2):
        member_list(Member.objects.order_by("pk")[:count], DAY)
