"""People who sign in at the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.faces.world import World
from zhunsheng.kernel.now import now
from zhunsheng.people.models import Account, Member, Role

PASSWORD = "Plum-Rain-2026"
BACKEND = "zhunsheng.people.backends.MemberBackend"

SignedIn = Callable[[Role], Client]
Enter = Callable[[Member], Client]


def give_password(member: Member, password: str = PASSWORD) -> Member:
    """A password that the member has chosen, just now."""
    member.set_password(password)
    member.save()
    Account.objects.update_or_create(member=member, defaults={"must_change": False, "password_set_at": now()})
    return member


@pytest.fixture
def clerk(world: World) -> Member:
    """The office clerk of the home county, with a password."""
    return give_password(world.home.members[Role.OFFICE_CLERK])


@pytest.fixture
def enter() -> Enter:
    """A browser in which a member has signed in."""

    def entered(member: Member) -> Client:
        client = Client()
        client.force_login(member, backend=BACKEND)
        return client

    return entered


@pytest.fixture
def as_role(world: World, enter: Enter) -> SignedIn:
    """A browser in which somebody of the home county has signed in."""
    return lambda role: enter(world.home.members[role])
