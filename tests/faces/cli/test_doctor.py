"""``zhunsheng doctor``: every rule finds what it is for and says how to mend it."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from collections import namedtuple
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from pytest_django import Settings

from tests.faces.cli.conftest import Place
from zhunsheng.faces.cli import checks, database_checks, doctor, runtime
from zhunsheng.faces.cli.columns import width
from zhunsheng.faces.cli.findings import Finding
from zhunsheng.kernel import now

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home that does not exist yet."""
    monkeypatch.setenv("ZHUNSHENG_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_a_healthy_machine_has_nothing_bad(home: Path) -> None:
    found = [check() for check in checks.MACHINE]
    assert [finding for finding in found if finding.state == "bad"] == []
    assert len({finding.name for finding in found}) == len(found)


def test_old_python_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 12))
    finding = checks.python_version()
    assert (finding.state, finding.detail) == ("bad", f"Python 3.10.12，SQLite {sqlite3.sqlite_version}")


def test_old_sqlite_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    assert checks.python_version().state == "bad"


def test_home_under_a_file_is_bad(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ZHUNSHENG_HOME", str(tmp_path / "file" / "home"))
    finding = checks.home_writable()
    assert finding.state == "bad"
    assert "ZHUNSHENG_HOME" in finding.remedy


def test_home_open_to_others_is_noted(home: Path) -> None:
    assert checks.home_writable().state == "ok"
    home.chmod(0o755)
    assert checks.home_writable() == Finding("数据目录", "note", f"{home} 对其他用户开放", f"请运行 chmod o-rwx {home}")


@pytest.mark.parametrize(
    ("free", "state"), [(0, "bad"), (100 * 1024**2, "bad"), (1024**3, "note"), (2 * 1024**3, "ok")]
)
def test_disk(monkeypatch: pytest.MonkeyPatch, home: Path, free: int, state: str) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, free))
    assert checks.disk_free().state == state


def test_secret_key_that_others_can_read_is_bad(home: Path) -> None:
    assert checks.secret_key().state == "ok"
    (home / "secret_key").chmod(0o644)
    assert checks.secret_key().state == "bad"
    assert "chmod 600" in checks.secret_key().remedy


def test_broken_secret_key_is_bad(home: Path) -> None:
    home.mkdir()
    (home / "secret_key").write_text("x", "ascii")
    assert "密钥文件" in checks.secret_key().detail


@pytest.mark.parametrize(("key", "state"), [("short", "bad"), ("k" * 32, "ok")])
def test_secret_key_of_the_environment(monkeypatch: pytest.MonkeyPatch, home: Path, key: str, state: str) -> None:
    monkeypatch.setenv("SECRET_KEY", key)
    assert checks.secret_key().state == state
    assert key not in checks.secret_key().detail


@pytest.mark.parametrize(
    ("variables", "state", "words"),
    [
        ({}, "ok", "127.0.0.1:8000（只有本机能访问）"),
        ({"PORT": "no"}, "bad", "PORT 写的是“no”"),
        ({"HTTPS": "maybe"}, "bad", "HTTPS"),
        ({"HOST": "0.0.0.0"}, "note", "网络上能访问"),
        ({"HOST": "0.0.0.0", "HTTPS": "1"}, "note", "网络上能访问"),
        ({"HOST": "0.0.0.0", "HTTPS": "1", "ALLOWED_HOSTS": "zs.example"}, "ok", "0.0.0.0:8000"),
        ({"HOST": "no such host"}, "bad", ""),
    ],
)
def test_listening(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], state: str, words: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    finding = checks.listening()
    assert finding.state == state
    assert words in finding.detail


@pytest.mark.parametrize(("found", "state"), [("/usr/bin/chromium", "ok"), (None, "note")])
def test_chromium_is_never_bad(monkeypatch: pytest.MonkeyPatch, found: str | None, state: str) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: found)
    assert checks.chromium().state == state


@pytest.mark.django_db(transaction=True)
def test_the_database_under_test_is_in_order(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    with now.on(date(2026, 11, 23)):
        found = [(finding.name, finding.state) for finding in database_checks.database()]
    assert found == [
        ("数据库", "ok"),
        ("持久", "ok"),
        ("表结构", "ok"),
        ("工作日历", "note"),
        ("核验", "note"),
        ("备份", "note"),
        ("发信", "ok"),
    ]


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_weak_pragmas_are_bad() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=NORMAL")
    try:
        finding = database_checks.durable()
    finally:
        connection.close()
    assert (finding.state, finding.detail) == ("bad", "断电可能丢数据：synchronous=1")
    assert "synchronous=2" in finding.remedy


@pytest.mark.postgresql
@pytest.mark.django_db
def test_a_server_that_does_not_wait_for_the_disk_is_bad() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    finding = database_checks.durable()
    assert (finding.state, finding.detail) == ("bad", "断电可能丢数据：synchronous_commit=off")


@pytest.mark.django_db
def test_missing_migrations_are_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "pending", lambda: ["people.0009_x", "people.0010_y"])
    assert database_checks.migrations() == Finding(
        "表结构",
        "bad",
        "差 2 步，从 people.0009_x 起",
        "新装的请运行 .venv/bin/zhunsheng init，升级的请运行 .venv/bin/zhunsheng upgrade",
    )


def test_an_error_of_the_database_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Finding:
        raise DatabaseError("connection failed: no server\n  there")

    monkeypatch.setattr(database_checks, "reachable", fail)
    (finding,) = database_checks.database()
    assert finding.state == "bad"
    assert "连不上数据库服务器" in finding.detail
    assert "（数据库说：connection failed: no server there）" in finding.detail


def test_doctor_before_and_after_upgrade(place: Place) -> None:
    before = place.run("doctor")
    assert before.returncode == 1
    assert "升级的请运行 .venv/bin/zhunsheng upgrade" in before.stdout
    place.run("upgrade")
    after = place.run("doctor", "--json")
    assert after.returncode == 0
    assert {finding["state"] for finding in json.loads(after.stdout)} <= {"ok", "note"}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("mysql://a/b", "DATABASE_URL 只认 sqlite 和 postgres"),
        ("postgres://127.0.0.1:1/none", "连不上数据库服务器"),
        ("sqlite:////proc/none/zs.sqlite3", "数据库文件打不开"),
        ("sqlite:////etc/hostname", "不是 SQLite 数据库"),
    ],
)
@pytest.mark.parametrize("command", ["doctor", "upgrade", "serve"])
def test_a_wrong_database_url_is_answered_without_a_traceback(
    place: Place, url: str, expected: str, command: str, free_port: int
) -> None:
    done = place.run(command, DATABASE_URL=url, PORT=str(free_port))
    assert done.returncode in {1, 2}
    assert expected in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_lines_are_aligned_and_carry_their_remedy() -> None:
    lines = [doctor.line(Finding(name, "ok", "|")) for name in ("密钥", "Chromium", "数据目录")]
    assert {width(line.partition("|")[0]) for line in lines} == {16}
    assert doctor.line(Finding("磁盘", "bad", "满了", "腾空间")) == "不行  磁盘      满了\n      → 腾空间"


@pytest.mark.parametrize(("states", "status"), [(["ok", "note"], 0), (["ok", "bad"], 1)])
def test_status_is_1_where_something_is_bad(
    monkeypatch: pytest.MonkeyPatch, states: list[str], status: int, parsed: Callable[..., int]
) -> None:
    monkeypatch.setattr(doctor, "findings", lambda: [Finding("x", state, "") for state in states])  # type: ignore[arg-type]
    assert parsed("doctor") == status
