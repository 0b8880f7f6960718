"""Certificates, posts and group phrases: seen by whoever reads business, decided by the office."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.faces.desk.conftest import SignedIn
from tests.faces.world import World
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.now import today
from zhunsheng.people import actions
from zhunsheng.people.groups import members_of
from zhunsheng.people.models import GroupPhrase, Person, Role, UnitKind


@pytest.fixture
def clerk(world: World, as_role: SignedIn) -> Client:
    return as_role(Role.OFFICE_CLERK)


@pytest.fixture
def person(world: World) -> Person:
    return world.home.members[Role.REVIEWER].person


CARD = {
    "kind": "enforcement_card",
    "number": "05-0001",
    "issuer": "省人民政府",
    "valid_from": "2024-01-01",
    "until": "2028-12-31",
}


def post(client: Client, person: Person, what: str, **fields: str) -> tuple[int, str]:
    response = client.post(f"/desk/persons/{person.pk}/{what}", fields)
    return response.status_code, response.get("Location", "") or response.content.decode()


def test_a_certificate_is_entered_until_the_day_printed_and_revoked(clerk: Client, person: Person) -> None:
    assert post(clerk, person, "qualifications", **CARD)[0] == 302
    held = person.qualifications.get()
    assert str(held.valid_to) == "2029-01-01", "the day printed still counts"
    assert "有效</span>" in clerk.get(f"/desk/persons/{person.pk}/").content.decode()
    revoke = f"qualifications/{held.pk}/revoke"
    assert "请写明收回的原因" in post(clerk, person, revoke, day="2026-05-10", reason=" ")[1]
    assert post(clerk, person, revoke, day="2026-05-10", reason="调离执法岗位")[0] == 302
    assert "2026-05-10 收回" in clerk.get(f"/desk/persons/{person.pk}/").content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"until": ""}, "有有效期"),
        ({"kind": ""}, "没有“”这种资格"),
        ({"valid_from": ""}, "请填从哪天起有效"),
        ({"number": ""}, "没有登记"),
    ],
)
def test_a_wrong_certificate_is_told_and_kept(
    clerk: Client, person: Person, fields: dict[str, str], words: str
) -> None:
    status, page = post(clerk, person, "qualifications", **{**CARD, **fields})
    assert status == 422
    assert words in page
    assert 'value="省人民政府"' in page
    assert not person.qualifications.exists()


def test_a_post_in_the_unit_and_in_a_named_body(world: World, clerk: Client, person: Person) -> None:
    assert post(clerk, person, "appointments", post="科员", body="", day="2026-01-05")[0] == 302
    assert post(clerk, person, "appointments", post="组员", body="县法治建设领导小组", day="2026-01-05")[0] == 302
    held = {row.post: row for row in person.appointments.all()}
    assert (held["科员"].unit, held["组员"].division) == (world.home.office, world.home.division)
    assert post(clerk, person, f"appointments/{held['科员'].pk}/end", day="2026-06-01")[0] == 302
    assert "已于 2026-06-01 终止" in post(clerk, person, f"appointments/{held['科员'].pk}/end", day="2026-06-01")[1]


def test_whoever_reads_the_unit_sees_and_nobody_else(world: World, as_role: SignedIn, person: Person) -> None:
    where = f"/desk/persons/{person.pk}/"
    actions.add_qualification(
        person=person, kind="legal_profession", number="A1", issuer="司法部", valid_from=today(), by=SYSTEM
    )
    page = as_role(Role.LIAISON_OFFICER).get(where).content.decode()
    assert "A1" in page
    assert "登记资格</summary>" not in page
    assert as_role(Role.SYSTEM_ADMINISTRATOR).get(where).status_code == 403
    stranger = Client()
    stranger.force_login(world.sister.members[Role.OFFICE_CLERK], backend="zhunsheng.people.backends.MemberBackend")
    assert stranger.get(where).status_code == 404
    assert stranger.post(f"{where}qualifications", CARD).status_code == 404


def test_a_phrase_is_decided_and_decided_anew(world: World, clerk: Client, as_role: SignedIn) -> None:
    water = actions.add_unit(
        division=world.home.division, kind=UnitKind.DEPARTMENT, name="青石县水利局", short_name="县水利局", by=SYSTEM
    )
    page = clerk.get("/desk/groups/decide", {"phrase": "县直有关部门"}).content.decode()
    assert "规则认不出，要由人定" in page
    fields = {"phrase": "县直有关部门", "division": str(world.home.division.pk)}
    assert "还没有选单位" in clerk.post("/desk/groups/decide", fields).content.decode()
    assert (
        clerk.post("/desk/groups/decide", {**fields, "unit": [str(water.pk), str(world.sister.office.pk)]}).status_code
        == 302
    )
    assert members_of("县直有关部门", world.home.division, today()) == (water,)
    page = as_role(Role.LEADING_GROUP_MEMBER).get("/desk/groups/").content.decode()
    assert "县水利局" in page
    assert ">重新定</a>" not in page
    assert "checked" in clerk.get("/desk/groups/decide", fields).content.decode()
    assert clerk.post("/desk/groups/decide", {**fields, "phrase": " "}).status_code == 422
    assert GroupPhrase.objects.count() == 1
