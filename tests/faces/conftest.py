"""Clients for the public pages. None of them may touch the database (pytest-django refuses it by itself)."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.faces import world as two_counties


@pytest.fixture
def visitor() -> Client:
    """A visitor without an account."""
    return Client()


@pytest.fixture
def strict() -> Client:
    """A visitor whose forms need their token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def world(db: None) -> two_counties.World:
    """Two sister counties with somebody in every role."""
    return two_counties.built()
