"""单位与人员 over HTTP: who sees which units, and what the system administrator does to them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from tests.faces.desk.conftest import SignedIn
from tests.faces.world import World
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.now import today
from zhunsheng.kernel.refs import Ref, cards
from zhunsheng.people import actions
from zhunsheng.people.models import Ending, Leadership, Role, Unit, UnitAlias, UnitKind

LIST = "/desk/units/"


def a_unit(world: World, name: str, kind: UnitKind = UnitKind.DEPARTMENT) -> Unit:
    return actions.add_unit(division=world.home.division, kind=kind, name=f"青石县{name}", short_name=name, by=SYSTEM)


@pytest.fixture
def system(as_role: SignedIn) -> Client:
    return as_role(Role.SYSTEM_ADMINISTRATOR)


def text(client: Client, path: str = LIST, **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == 200
    return response.content.decode()


def shown(client: Client, **query: str) -> set[str]:
    page = text(client, **query)
    return {unit.short_name for unit in Unit.objects.all() if f'href="{LIST}{unit.pk}/"' in page}


def test_each_sees_the_units_of_their_scope(world: World, system: Client, as_role: SignedIn) -> None:
    water, neighbour = a_unit(world, "县水利局"), world.sister.office
    everything = {"县水利局", world.home.office.short_name}
    for client in (system, as_role(Role.OFFICE_CLERK), as_role(Role.LEADING_GROUP_MEMBER)):
        assert shown(client) == everything
        assert client.get(f"{LIST}{water.pk}/").status_code == 200
        assert client.get(f"{LIST}{neighbour.pk}/").status_code == 404
    liaison = as_role(Role.LIAISON_OFFICER)
    assert shown(liaison) == {world.home.office.short_name}
    assert liaison.get(f"{LIST}{water.pk}/").status_code == 404
    assert "新增单位" not in text(liaison)


def test_filters(world: World, system: Client) -> None:
    water, tax = a_unit(world, "县水利局"), a_unit(world, "税务局")
    actions.amend_unit(
        unit=tax, kind=UnitKind.VERTICAL, led_by=Leadership.LINE, superior=None, assessed_by=None, by=SYSTEM
    )
    actions.learn_alias(unit=water, name="水务站", by=SYSTEM)
    office = world.home.office.short_name
    assert shown(system, q="水利") == {"县水利局"}
    assert shown(system, q="水务站") == {"县水利局"}
    assert shown(system, kind="vertical") == {"税务局"}
    assert shown(system, led="line") == {"税务局"}
    assert shown(system, division=str(world.sister.division.pk)) == set()
    assert shown(system, division=str(world.home.division.pk)) == {"县水利局", "税务局", office}
    actions.end_unit(unit=water, day=date(2026, 1, 1), ending=Ending.MERGED, successor=tax, by=SYSTEM)
    assert shown(system) == {"税务局", office}
    assert shown(system, state="ended") == {"县水利局"}
    assert shown(system, state="all") == {"县水利局", "税务局", office}
    assert "没有这样的单位" in text(system, q="查无此单位")
    assert "前身" in text(system, f"{LIST}{tax.pk}/")


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_as_often_for_many_as_for_one(
    count: int, world: World, system: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    unit = a_unit(world, "县水利局")
    for number in range(count):
        a_unit(world, f"县{number}局")
        actions.add_member(username=f"m{number}", name=f"{number}号", unit=unit, by=SYSTEM)
        UnitAlias.objects.create(unit=unit, name=f"水{number}")
    text(system)
    with django_assert_num_queries(14):
        text(system)
    with django_assert_num_queries(20):
        text(system, f"{LIST}{unit.pk}/")


def post(client: Client, at: Unit, what: str, **fields: object) -> tuple[int, str]:
    response = client.post(f"{LIST}{at.pk}/{what}", fields)
    return response.status_code, response.get("Location", "") or response.content.decode()


def test_a_unit_is_added_amended_renamed_and_ended(world: World, system: Client) -> None:
    form = {
        "division": str(world.home.division.pk), "kind": "department", "led_by": "place", "name": "青石县水利局",
        "short_name": "县水利局", "superior": "", "assessed_by": str(world.home.office.pk), "valid_from": "2019-03-22",
    }  # fmt: skip
    assert system.post(f"{LIST}new", form).status_code == 302
    unit = Unit.objects.get(name="青石县水利局")
    assert (unit.valid_from, unit.assessed_by) == (date(2019, 3, 22), world.home.office)
    assert post(system, unit, "amend", kind="vertical", led_by="both", superior="", assessed_by="")[0] == 302
    assert post(system, unit, "rename", name="青石县水务局", short_name="县水务局", day="2026-03-01")[0] == 302
    page = text(system, f"{LIST}{unit.pk}/", done="renamed")
    assert "已更名" in page
    assert "2026-03-01 停用" in page, "the old name is an alias that has ended"
    assert "单位更名" in page, "the history tells it"
    done = post(system, unit, "end", ending="merged", successor=str(world.home.office.pk), day="2026-09-01")
    assert done[0] == 302
    unit.refresh_from_db()
    assert (unit.successor, unit.valid_to) == (world.home.office, date(2026, 9, 1))
    assert "不能再改" in post(system, unit, "amend", kind="vertical", led_by="both")[1]


@pytest.mark.parametrize(
    ("what", "fields", "words"),
    [
        ("amend", {"kind": "", "led_by": "place"}, "请选单位的类别"),
        ("amend", {"kind": "vertical", "led_by": "place"}, "垂直管理单位的领导关系"),
        ("amend", {"kind": "department", "led_by": "place", "superior": "0"}, "不在你的管辖范围里"),
        ("rename", {"name": "甲局", "short_name": "甲", "day": ""}, "请填从哪天起用新名称"),
        ("rename", {"name": "", "short_name": "甲", "day": "2026-03-01"}, "没有改动"),
        ("end", {"ending": "", "day": "2026-03-01"}, "请选怎样终止"),
        ("end", {"ending": "merged", "successor": "", "day": "2026-03-01"}, "请选承接单位"),
        ("end", {"ending": "abolished", "day": "昨天"}, "认不出来"),
        ("absorb", {"day": "2026-03-01"}, "请至少选一个"),
        ("aliases", {"alias": " "}, "请写别名"),
        ("aliases", {"alias": "甲局、乙局"}, "像是几个名称"),
    ],
)
def test_a_refused_form_says_why_and_changes_nothing(
    world: World, system: Client, what: str, fields: dict[str, str], words: str
) -> None:
    unit = a_unit(world, "县水利局")
    before = Unit.objects.filter(pk=unit.pk).values().get()
    status, page = post(system, unit, what, **fields)
    assert status == 422
    assert words in page
    assert Unit.objects.filter(pk=unit.pk).values().get() == before
    assert what == "aliases" or page.count(" open>") == 1, "the form that was refused stays open"
    if fields.get("name"):
        assert f'value="{fields["name"]}"' in page


def test_a_unit_of_the_sister_county_cannot_be_named(world: World, system: Client) -> None:
    unit = a_unit(world, "县水利局")
    other = str(world.sister.office.pk)
    assert post(system, unit, "end", ending="merged", successor=other, day="2026-03-01")[0] == 422
    assert post(system, unit, "absorb", unit=other, day="2026-03-01")[0] == 422
    form = {
        "division": str(world.sister.division.pk),
        "kind": "department",
        "led_by": "place",
        "name": "甲",
        "short_name": "甲",
    }
    response = system.post(f"{LIST}new", form)
    assert response.status_code == 422
    assert "请选单位在哪个区划" in response.content.decode()


def test_several_units_go_into_one_or_none(world: World, system: Client) -> None:
    one, two, into = (a_unit(world, name) for name in ("县甲局", "县乙局", "县丙局"))
    assert post(system, into, "absorb", unit=[str(one.pk), str(two.pk)], day="2026-09-01")[0] == 302
    assert set(into.predecessors.values_list("pk", flat=True)) == {one.pk, two.pk}


def test_names_are_learnt_and_forgotten_by_office_and_administrator(
    world: World, system: Client, as_role: SignedIn
) -> None:
    unit, clerk = a_unit(world, "县水利局"), as_role(Role.OFFICE_CLERK)
    assert post(clerk, unit, "aliases", alias="水务站")[1].endswith("done=alias")
    assert post(clerk, unit, "aliases", alias="水务站")[1].endswith("done=known")
    alias = unit.aliases.get(name="水务站")
    assert post(system, unit, f"aliases/{alias.pk}/forget", day=str(today()))[0] == 302
    assert unit.aliases.get(name="水务站").valid_to == today()
    assert post(system, unit, "aliases/999999/forget", day=str(today()))[0] == 404
    assert "更名</summary>" not in text(clerk, f"{LIST}{unit.pk}/")


def sheet(content: bytes, name: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(name).to_python()  # type: ignore[return-value]


def test_the_list_and_the_workbook_as_files(world: World, system: Client, as_role: SignedIn) -> None:
    a_unit(world, "县水利局")
    plain = sheet(system.get("/desk/units.xlsx", {"q": "水利"}).content, "单位")
    assert [row[1] for row in plain] == ["简称", "县水利局"]
    whole = sheet(system.get(f"{LIST}workbook.xlsx").content, "单位")
    assert {row[2] for row in whole[1:]} == {"县水利局", world.home.office.short_name}
    names = sheet(system.get(f"{LIST}{world.home.office.pk}/members.xlsx").content, "成员")
    assert len(names) == 1 + len(Role)
    assert len(sheet(as_role(Role.LIAISON_OFFICER).get("/desk/units.xlsx").content, "单位")) == 2


def test_other_rooms_draw_units_and_members_for_those_who_may_see_them(world: World) -> None:
    office, member = world.home.office, world.home.members[Role.LIAISON_OFFICER]
    unit, account = Ref("people.unit", str(office.pk), "旧称"), Ref("people.member", str(member.pk), "旧名")
    person = Ref("people.person", str(member.person_id), "旧名")
    clerk, system = (world.home.members[role] for role in (Role.OFFICE_CLERK, Role.SYSTEM_ADMINISTRATOR))
    found = cards([unit, account, person], clerk)
    assert found[unit].label == office.short_name
    assert found[account].url == found[person].url == f"/desk/persons/{member.person_id}/"
    assert cards([account, person], system)[account].url == f"/desk/accounts/{member.pk}/"
    assert cards([unit, account, person], world.sister.members[Role.OFFICE_CLERK]) == {}
    assert cards([Ref("people.unit", "x", "")], clerk) == {}
