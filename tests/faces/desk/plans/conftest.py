"""The demo county with its people, and browsers of the office."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.faces.desk.conftest import Enter
from tests.faces.desk.demo_plan import *  # noqa: F403 - fixtures
from zhunsheng.people.models import Member


@pytest.fixture
def desk(clerk: Member, enter: Enter) -> Client:
    return enter(clerk)


@pytest.fixture
def desk2(second: Member, enter: Enter) -> Client:
    return enter(second)
