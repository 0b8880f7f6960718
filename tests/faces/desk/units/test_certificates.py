"""资格到期: what has run out comes first, each sees the units that they read, and the same as a workbook."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from tests.faces.desk.conftest import SignedIn
from tests.faces.world import World
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.now import today
from zhunsheng.people import actions
from zhunsheng.people.models import Member, Qualification, Role, Unit, UnitKind

LIST = "/desk/qualifications/"
ANOTHER = "enforcement_supervision_card"


def a_card(member: Member, left: int, kind: str = "enforcement_card") -> Qualification:
    """A card with so many days left after today; below 0, since so many days without one."""
    end = today() + timedelta(days=left + 1)
    return actions.add_qualification(
        person=member.person, kind=kind, number=f"05-{member.pk}{end}", issuer="省人民政府",
        valid_from=date(2020, 1, 1), valid_to=end, by=SYSTEM,
    )  # fmt: skip


def an_officer(unit: Unit, name: str) -> Member:
    return actions.add_member(username=f"u{Member.objects.count()}", name=name, unit=unit, by=SYSTEM)


@pytest.fixture
def water(world: World) -> Unit:
    return actions.add_unit(
        division=world.home.division, kind=UnitKind.DEPARTMENT, name="青石县水利局", short_name="县水利局", by=SYSTEM
    )


@pytest.fixture
def clerk(as_role: SignedIn) -> Client:
    return as_role(Role.OFFICE_CLERK)


def rows(client: Client, **query: str) -> list[list[object]]:
    """Name, unit, days left and words of each line of the workbook."""
    response = client.get("/desk/qualifications.xlsx", query)
    assert response.status_code == 200
    sheet = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_name("清单").to_python()
    return [[row[0], row[1], row[6], row[7]] for row in sheet[1:]]


def names(client: Client, **query: str) -> list[object]:
    return [row[0] for row in rows(client, **query)]


def test_what_has_run_out_comes_first_and_then_by_days_left(clerk: Client, water: Unit) -> None:
    for name, left in (("甲", 90), ("乙", 0), ("丙", -20), ("丁", 91), ("戊", 31)):
        a_card(an_officer(water, name), left)
    assert rows(clerk) == [
        ["丙", "县水利局", -20, "过期 20 日"],
        ["乙", "县水利局", 0, "今天到期"],
        ["戊", "县水利局", 31, "还有 31 日"],
        ["甲", "县水利局", 90, "还有 90 日"],
    ]
    page = clerk.get(LIST).content.decode()
    places = [page.index(words) for words in ("过期 20 日", "今天到期", "还有 31 日", "还有 90 日")]
    assert places == sorted(places)
    assert str(today()) in page


def test_filters(clerk: Client, world: World, water: Unit) -> None:
    a_card(an_officer(water, "甲"), 10)
    a_card(an_officer(world.home.office, "乙"), 100, ANOTHER)
    a_card(an_officer(water, "丙"), -1)
    assert names(clerk) == ["丙", "甲"]
    assert names(clerk, days="0") == ["丙"]
    assert names(clerk, days="180") == names(clerk, days="365") == ["丙", "甲", "乙"]
    assert names(clerk, days="180", kind=ANOTHER) == ["乙"]
    assert names(clerk, days="180", unit=str(water.pk)) == ["丙", "甲"]
    assert names(clerk, days="x", kind="x", unit="x") == ["丙", "甲"], "nonsense narrows nothing"


def test_nothing_to_renew_is_said(clerk: Client, as_role: SignedIn) -> None:
    assert "没有要换的证" in clerk.get(LIST).content.decode()
    assert "由依法治县办登记" in as_role(Role.LIAISON_OFFICER).get(LIST).content.decode()


def test_each_sees_the_units_that_they_read(world: World, clerk: Client, water: Unit, as_role: SignedIn) -> None:
    a_card(an_officer(water, "甲"), 10)
    a_card(an_officer(world.home.office, "乙"), 20)
    a_card(an_officer(world.sister.office, "丙"), 30)
    assert names(clerk) == names(as_role(Role.LEADING_GROUP_MEMBER)) == ["甲", "乙"]
    assert names(as_role(Role.LIAISON_OFFICER)) == ["乙"]
    assert names(clerk, unit=str(world.sister.office.pk)) == []
    assert world.sister.office.short_name not in clerk.get(LIST).content.decode()
    assert as_role(Role.SYSTEM_ADMINISTRATOR).get(LIST).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_many_are_asked_for_as_often_as_one(
    count: int, clerk: Client, water: Unit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        a_card(an_officer(water, f"{number}号"), number)
    clerk.get(LIST)
    with django_assert_num_queries(11):
        clerk.get(LIST)
    with django_assert_num_queries(8):
        assert len(rows(clerk)) == count
