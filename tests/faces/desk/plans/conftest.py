"""The demo county with its people, and browsers of the office."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.programmes.plans.conftest import (  # noqa: F401 - fixtures
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


def signed_in(member: Member) -> Client:
    """A browser in which that person has signed in."""
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def desk(clerk: Member) -> Client:  # noqa: F811 - the fixture above
    return signed_in(clerk)


@pytest.fixture
def desk2(second: Member) -> Client:  # noqa: F811 - the fixture above
    return signed_in(second)
