"""What only the demo has. Everything here is also tried where it must not be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.faces.desk.conftest import SignedIn
from tests.faces.world import World
from zhunsheng.kernel import now
from zhunsheng.people import demo
from zhunsheng.people.models import Member, Role, SimulatedClock

ENTER, CLOCK = "/desk/sign-in/demo", "/desk/demo-clock"


@pytest.fixture
def demonstrating(db: None, settings: pytest.FixtureRequest) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    demo.build()


def entered(username: str = "zhoumin") -> Client:
    client = Client()
    assert client.post(ENTER, {"username": username}).status_code == 302
    return client


def test_one_button_for_each_role(demonstrating: None) -> None:
    page = Client().get("/desk/sign-in").content.decode()
    for role in Role:
        assert role.label in page
    assert page.count('name="username" value="') == len(Role)
    assert "周敏" in entered().get("/desk/").content.decode()


def test_only_those_on_the_page(demonstrating: None) -> None:
    assert Client().post(ENTER, {"username": "zhaoqifan"}).status_code == 404
    assert Client().post(ENTER, {}).status_code == 404
    assert Client().post(ENTER, {"username": "zhoumin", "next": "https://example.com"})["Location"] == "/desk/"


def test_a_server_that_demo_did_not_start_lets_nobody_in(demonstrating: None, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    assert Client().post(ENTER, {"username": "zhoumin"}).status_code == 404
    assert "演示" not in Client().get("/desk/sign-in").content.decode()


def test_a_real_county_lets_nobody_in(world: World, settings: pytest.FixtureRequest, as_role: SignedIn) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    member = world.home.members[Role.OFFICE_CLERK]
    assert Client().post(ENTER, {"username": member.username}).status_code == 404
    client = as_role(Role.OFFICE_CLERK)
    assert client.post(CLOCK, {"move": "day"}).status_code == 404
    assert "前进一天" not in client.get("/desk/").content.decode()


def test_the_clock_is_moved_from_the_top_bar(demonstrating: None) -> None:
    client, before = entered(), now.today()
    assert client.post(CLOCK, {"move": "day", "next": "/desk/account/"})["Location"] == "/desk/account/"
    after = client.get("/desk/").content.decode()
    assert f"今天当作 {before + timedelta(days=1):%Y-%m-%d}" in after
    client.post(CLOCK, {"move": "week"})
    assert SimulatedClock.objects.get().days == 8
    client.post(CLOCK, {"move": "to", "day": "2030-02-28"})
    assert "今天当作 2030-02-28 星期四" in client.get("/desk/").content.decode()
    assert "今天当作 2030-02-28" in entered("fanlicheng").get("/desk/").content.decode(), "one clock for everybody"
    client.post(CLOCK, {"move": "back"})
    assert f"今天当作 {before:%Y-%m-%d}" in client.get("/desk/").content.decode()


@pytest.mark.parametrize("day", ["", "2030-02-30", "明天", "9999-12-31", "0001-01-01"])
def test_a_day_that_is_none_is_refused_with_words(demonstrating: None, day: str) -> None:
    response = entered().post(CLOCK, {"move": "to", "day": day})
    assert response.status_code == 422
    assert "没有改动任何内容" in response.content.decode()


def test_moving_the_clock_ends_no_session(demonstrating: None) -> None:
    client = entered()
    for _ in range(3):
        client.post(CLOCK, {"move": "week"})
        assert client.get("/desk/").status_code == 200


def test_no_password_is_made(demonstrating: None) -> None:
    client = entered()
    assert not Member.objects.get(username="zhoumin").has_usable_password()
    assert client.get("/desk/account/password").status_code == 200
    refused = client.post("/desk/account/password", {"old": "", "new": "Plum-Rain-2026", "again": "Plum-Rain-2026"})
    assert refused.status_code == 422
