from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from tests.faces.world import World
from zhunsheng.faces.desk.links import open_to
from zhunsheng.people.models import Role


def request_of(world: World, role: Role) -> HttpRequest:
    request = RequestFactory().get("/desk/")
    request.user = world.home.members[role]
    return request


@pytest.mark.parametrize(
    ("name", "role", "url"),
    [
        ("desk:home", Role.REVIEWER, "/desk/"),
        ("desk:accounts", Role.SYSTEM_ADMINISTRATOR, "/desk/accounts/"),
        ("desk:accounts", Role.OFFICE_CLERK, ""),
        ("desk:duty", Role.OFFICE_CLERK, ""),  # needs a record
        ("desk:sign_out", Role.OFFICE_CLERK, ""),  # is no page
        ("desk:nothing", Role.OFFICE_CLERK, ""),
    ],
)
def test_only_pages_that_open(world: World, name: str, role: Role, url: str) -> None:
    assert open_to(request_of(world, role), name) == url


def test_pages_for_everyone_need_no_account() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert open_to(request, "portal:home") == "/"
