from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from tests.faces.desk.conftest import PASSWORD, SignedIn
from zhunsheng.faces.desk import accesslog
from zhunsheng.people.models import Member, Role


class Kept(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@pytest.fixture
def kept() -> Iterator[list[str]]:
    handler = Kept()
    accesslog.LOG.addHandler(handler)
    yield handler.lines
    accesslog.LOG.removeHandler(handler)


def test_coming_going_and_refusals_are_noted(clerk: Member, kept: list[str], as_role: SignedIn) -> None:
    client = Client()
    client.post("/desk/sign-in", {"username": "nobody\nsign_in user=x", "password": "Secret-1"})
    client.post("/desk/sign-in", {"username": clerk.username, "password": PASSWORD})
    client.get("/desk/accounts/")
    client.post("/desk/sign-out")
    assert [line.split()[0] for line in kept] == ["sign_in_refused", "sign_in", "refusal", "sign_out"]
    assert "user='home.office_clerk' address=127.0.0.1 path='/desk/accounts/'" in kept[2]
    assert not any("\n" in line for line in kept), "what was typed cannot pass for a line of its own"
    assert not any("Secret" in line or PASSWORD in line for line in kept)


def test_an_idle_session_is_noted(clerk: Member, kept: list[str], as_role: SignedIn) -> None:
    client = as_role(Role.REVIEWER)
    session = client.session
    session["seen"] -= 31 * 60
    session.save()
    client.get("/desk/")
    assert "detail='idle'" in kept[0]
