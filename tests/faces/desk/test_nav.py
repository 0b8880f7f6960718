from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from tests.faces.world import World
from zhunsheng.faces.access import OFFICE
from zhunsheng.faces.desk.menu import Group, Item
from zhunsheng.faces.desk.nav import ITEMS, current, navigation
from zhunsheng.faces.permissions import TABLE
from zhunsheng.people.models import Role


def test_a_line_is_shown_to_those_whom_its_address_admits() -> None:
    for item in ITEMS:
        assert TABLE[item.url].who == item.who, item.label
        assert "GET" in TABLE[item.url].methods


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/desk/", "/desk/"),
        ("/desk/accounts/", "/desk/accounts/"),
        ("/desk/accounts/7/", "/desk/accounts/"),
        ("/desk/account/password", "/desk/account/"),
        ("/desk/elsewhere", ""),
    ],
)
def test_the_longest_address_that_fits_is_current(path: str, line: str) -> None:
    assert current(path, ["/desk/", "/desk/account/", "/desk/accounts/"]) == line


def test_groups_in_their_order_with_counts(world: World) -> None:
    request = RequestFactory().get("/desk/account/password")
    request.user = world.home.members[Role.OFFICE_CLERK]
    items = (
        Item(Group.GROUND, "甲", "portal:help"),
        Item(Group.DESK, "乙", "desk:account", count=lambda me: me.pk),
        Item(Group.DESK, "丙", "desk:home", OFFICE, count=lambda _: 0),
        Item(Group.WORK, "丁", "desk:home", frozenset({Role.REVIEWER})),
    )
    groups = navigation(request, items)
    assert [(group, [line.label for line in lines]) for group, lines in groups] == [
        ("案头", ["乙", "丙"]),
        ("底座", ["甲"]),
    ]
    assert [(line.current, line.count) for line in groups[0][1]] == [(True, request.user.pk), (False, None)]


def test_nobody_has_no_navigation() -> None:
    request = RequestFactory().get("/desk/")
    request.user = AnonymousUser()
    assert navigation(request, ()) == []
