"""The example plan, published in the demo county, and browsers in which people of it have signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.programmes.plans.conftest import (
    clerk,
    county,
    draft,
    example,
    of_unit,
    office,
    published,
    second,
)
from zhunsheng.people.models import Member

__all__ = ["clerk", "county", "draft", "example", "of_unit", "office", "published", "second"]

BACKEND = "zhunsheng.people.backends.MemberBackend"
Enter = Callable[[Member], Client]


@pytest.fixture
def enter() -> Enter:
    """Signed in as a member."""

    def entered(member: Member) -> Client:
        client = Client()
        client.force_login(member, backend=BACKEND)
        return client

    return entered
