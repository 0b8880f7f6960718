"""Clients for the public pages. None of them may touch the database (pytest-django refuses it by itself)."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def visitor() -> Client:
    """A visitor without an account."""
    return Client()


@pytest.fixture
def strict() -> Client:
    """A visitor whose forms need their token."""
    return Client(enforce_csrf_checks=True)
