from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.faces.world import World
from zhunsheng.faces.access import OFFICE
from zhunsheng.faces.desk.menu import Group, Item
from zhunsheng.faces.desk.nav import ITEMS, current, navigation
from zhunsheng.faces.permissions import TABLE
from zhunsheng.people.models import Member, MemberRole, Role


def test_a_line_is_shown_to_those_whom_its_address_admits() -> None:
    for item in ITEMS:
        who = TABLE[item.url].who
        if item.args is not None and isinstance(who, frozenset) and isinstance(item.who, frozenset):
            assert item.who < who, "others reach such a page from a list"
        else:
            assert item.who == who, item.label
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


@pytest.mark.parametrize("role", [Role.LIAISON_OFFICER, Role.UNIT_HEAD])
def test_whoever_acts_for_a_unit_has_a_line_to_its_tasks(
    world: World, role: Role, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    me: Member = world.home.members[role]
    there = reverse("desk:unit_tasks", args=[me.unit_id])
    request = RequestFactory().get(there)
    request.user = me
    items = [item for item in ITEMS if item.url == "desk:unit_tasks"]
    with django_assert_num_queries(1):
        [(group, [line])] = navigation(request, items)
    assert (group, line.label, line.href, line.current) == ("工作", "本单位任务", there, True)
    client = Client()
    client.force_login(me, backend="zhunsheng.people.backends.MemberBackend")
    assert client.get(there).status_code == 200


def test_who_acts_for_another_unit_is_led_there_and_who_acts_for_none_nowhere(world: World) -> None:
    items = [item for item in ITEMS if item.url == "desk:unit_tasks"]
    request = RequestFactory().get("/desk/")
    request.user = world.home.members[Role.OFFICE_CLERK]
    assert navigation(request, items) == []
    other = world.sister.office
    me = world.home.members[Role.LIAISON_OFFICER]
    MemberRole.objects.filter(member=me).update(unit=other)
    request.user = Member.objects.get(pk=me.pk)
    assert [lines[0].href for _, lines in navigation(request, items)] == [reverse("desk:unit_tasks", args=[other.pk])]


def test_nobody_has_no_navigation() -> None:
    request = RequestFactory().get("/desk/")
    request.user = AnonymousUser()
    assert navigation(request, ()) == []
