"""区划 over HTTP: the system administrator sees, adds and codes those of the county, and nobody else's."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.faces.desk.conftest import SignedIn
from tests.faces.world import World
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.now import today
from zhunsheng.people import actions
from zhunsheng.people.models import Division, DivisionCode, DivisionKind, Role

LIST = "/desk/divisions/"


def a_town(world: World, name: str, code: str = "") -> Division:
    return actions.add_division(parent=world.home.division, kind=DivisionKind.TOWNSHIP, name=name, code=code, by=SYSTEM)


@pytest.fixture
def system(as_role: SignedIn) -> Client:
    return as_role(Role.SYSTEM_ADMINISTRATOR)


def text(client: Client, **query: str) -> str:
    response = client.get(LIST, query)
    assert response.status_code == 200
    return response.content.decode()


def shown(client: Client, **query: str) -> set[str]:
    page = text(client, **query)
    return {one.name for one in Division.objects.all() if f'<th scope="row">{one.name}</th>' in page}


def form(world: World, **fields: str) -> dict[str, str]:
    parent = str(world.home.division.pk)
    return {"parent": parent, "kind": "township", "name": "南坪镇", "code": "050022101", "day": ""} | fields


def test_the_county_with_what_lies_in_it_and_filters(world: World, system: Client) -> None:
    a_town(world, "南坪镇", "050022101")
    assert shown(system) == {"青石县", "南坪镇"}, "neither the prefecture nor the county next door"
    assert shown(system, q="坪") == shown(system, q="050022") == shown(system, kind="township") == {"南坪镇"}
    assert shown(system, kind="x") == {"青石县", "南坪镇"}
    assert "没有这样的区划" in text(system, q="查无此区划")


@pytest.mark.parametrize("count", [1, 3])
def test_many_are_asked_for_as_often_as_one(
    count: int, world: World, system: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        a_town(world, f"{number}镇", f"05002210{number}")
    text(system)
    with django_assert_num_queries(14):
        text(system)
    system.get(f"{LIST}new")
    with django_assert_num_queries(12):
        system.get(f"{LIST}new")


def test_a_division_is_added_with_its_code(world: World, system: Client) -> None:
    assert "村社区" in system.get(f"{LIST}new").content.decode()
    response = system.post(f"{LIST}new", form(world, day="2026-01-01"))
    assert response.status_code == 302
    made = Division.objects.get(name="南坪镇")
    code = made.codes.get()
    assert (made.parent, made.kind, code.code) == (world.home.division, "township", "050022101")
    assert code.valid_from == date(2026, 1, 1)
    page = system.get(response["Location"]).content.decode()
    assert "区划已新增" in page
    assert "050022101" in page
    assert system.post(f"{LIST}new", form(world, name="北坪镇", code="")).status_code == 302


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"parent": ""}, "请选上级区划"),
        ({"parent": "x"}, "请选上级区划"),
        ({"kind": ""}, "请选层级"),
        ({"kind": "county"}, "县区不能设在县区之下"),
        ({"kind": "prefecture"}, "地市不能设在县区之下"),
        ({"name": " "}, "请填区划的名称"),
        ({"name": "西坪镇"}, "同一上级区划下已有同名区划"),
        ({"name": "青石县/东坪镇"}, "斜杠"),
        ({"code": "050022199"}, "已由其他区划使用"),
        ({"code": "0500221"}, "6 位、9 位或者 12 位"),
        ({"code": "镇"}, "数字以外的字"),
        ({"day": "昨天"}, "认不出来"),
    ],
)
def test_nonsense_is_refused_and_kept(world: World, system: Client, fields: dict[str, str], words: str) -> None:
    a_town(world, "西坪镇", "050022199")
    before = Division.objects.count()
    response = system.post(f"{LIST}new", form(world, **fields))
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert f'value="{fields.get("name", "南坪镇").strip()}"' in page
    assert Division.objects.count() == before
    assert DivisionCode.objects.count() == 1


def test_nothing_below_a_village_nor_in_another_county(world: World, system: Client) -> None:
    village = actions.add_division(parent=world.home.division, kind=DivisionKind.VILLAGE, name="井边村", by=SYSTEM)
    said = system.post(f"{LIST}new", form(world, parent=str(village.pk), kind="village")).content.decode()
    assert "村社区不能设在村社区之下" in said
    said = system.post(f"{LIST}new", form(world, parent=str(world.sister.division.pk))).content.decode()
    assert "请选上级区划" in said
    assert system.post(f"{LIST}{world.sister.division.pk}/code", {"code": "050029"}).status_code == 404


def test_another_code_from_a_day_on(world: World, system: Client) -> None:
    town = a_town(world, "南坪镇", "050022101")
    a_town(world, "北坪镇", "050022102")
    where = f"{LIST}{town.pk}/code"
    for fields, words in (
        ({"code": "", "day": "2026-03-01"}, "请填南坪镇的新代码"),
        ({"code": "050022103", "day": ""}, "请填从哪天起用新代码"),
        ({"code": "050022102", "day": "2026-03-01"}, "已由其他区划使用"),
        ({"code": "050022101", "day": "2026-03-01"}, "不必变更"),
    ):
        response = system.post(where, fields)
        page = response.content.decode()
        assert (response.status_code, page.count(" open>")) == (422, 1), "the form that was refused stays open"
        assert words in page
    assert system.post(where, {"code": "050022103", "day": str(today())})["Location"].endswith("done=code")
    assert "050022103" in text(system, q="南坪镇")
    assert set(town.codes.values_list("code", "valid_to")) == {("050022101", today()), ("050022103", None)}
