"""What ``doctor`` says of calendar, verification, backups and mail."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from zhunsheng.faces.cli import upkeep_checks
from zhunsheng.kernel import now
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.clock.actions import seed
from zhunsheng.kernel.clock.models import YearNotice
from zhunsheng.kernel.journal.checks import begun, keep
from zhunsheng.kernel.journal.verifying import Finding


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 11, 30), "note"),
        (date(2026, 12, 1), "bad"),
        (date(2027, 1, 1), "bad"),
        (date(2025, 12, 1), "ok"),
    ],
)
def test_the_next_years_notice_is_wanted_from_december_on(day: date, state: str) -> None:
    seed(by=SYSTEM)
    YearNotice.objects.filter(year__gt=2026).delete()
    assert upkeep_checks.calendar(day).state == state


@pytest.mark.django_db
def test_a_verification_grows_old_and_a_bad_one_is_bad() -> None:
    assert upkeep_checks.verified().state == "note"
    keep([], begun("试"))
    assert upkeep_checks.verified().state == "ok"
    with now.shifted(timedelta(days=2, minutes=1)):
        assert upkeep_checks.verified().state == "note"
        keep([Finding("rows", "bad", "某行", "某表", "比对")], begun("试"))
        assert upkeep_checks.verified().state == "bad"


@pytest.mark.parametrize(("days", "state"), [(None, "note"), (0, "ok"), (6.9, "ok"), (7.1, "note")])
def test_backups_grow_old(settings: Settings, tmp_path: Path, days: float | None, state: str) -> None:
    settings.HOME = tmp_path
    if days is not None:
        (tmp_path / "backups").mkdir()
        file = tmp_path / "backups" / "zhunsheng-20261123-020000.tar.gz"
        file.touch()
        when = file.stat().st_mtime - days * 86_400
        os.utime(file, (when, when))
    assert upkeep_checks.backed_up().state == state


@pytest.fixture
def mail_server() -> Iterator[int]:
    """A port where somebody greets like a mail server."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_greet, args=(server,), daemon=True).start()
        yield server.getsockname()[1]


def _greet(server: socket.socket) -> None:
    caller, _ = server.accept()
    with caller:
        caller.sendall(b"220 hello\r\n")
        while said := caller.recv(1024):
            caller.sendall(b"221 bye\r\n" if said.startswith((b"QUIT", b"quit")) else b"250 ok\r\n")


def test_a_mail_server_that_answers(settings: Settings, mail_server: int) -> None:
    settings.SMTP_URL = f"smtp://someone:secret@127.0.0.1:{mail_server}"
    finding = upkeep_checks.mail()
    assert (finding.state, finding.detail) == ("ok", f"发信服务器 127.0.0.1:{mail_server} 有回应")


@pytest.mark.parametrize(
    ("url", "state"), [("", "ok"), ("smtp://u:secret@127.0.0.1:1", "bad"), ("smtps://127.0.0.1:1", "bad")]
)
def test_one_that_does_not_and_none_at_all(settings: Settings, url: str, state: str) -> None:
    settings.SMTP_URL = url
    finding = upkeep_checks.mail()
    assert finding.state == state
    assert "secret" not in finding.detail
