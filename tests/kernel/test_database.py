"""DATABASE_URL, and what the databases promise: an acknowledged commit stays."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.kernel.database import configuration
from zhunsheng.kernel.environment import Misconfigured

HOME = Path("/home/of/zhunsheng")
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1, "busy_timeout": 20_000}
WRITER = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "zhunsheng.settings"
django.setup()
from django.db import connection, transaction
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE IF NOT EXISTS durable (number integer)")
for number in range(10_000_000):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO durable VALUES (%s)", [number])
    print(number, flush=True)
"""


def test_default_is_a_file_in_the_home() -> None:
    made = configuration("", HOME)
    assert made["ENGINE"] == "django.db.backends.sqlite3"
    assert made["NAME"] == "/home/of/zhunsheng/zhunsheng.sqlite3"
    assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert made["OPTIONS"]["timeout"] == 20
    assert made["CONN_MAX_AGE"] == 600, "opening it for every request costs as much as a page"


def test_sqlite_by_absolute_path() -> None:
    assert configuration("sqlite:////srv/数据/a.sqlite3", HOME)["NAME"] == "/srv/数据/a.sqlite3"


def test_postgresql_goes_through_a_pool() -> None:
    made = configuration("postgres://clerk:p%40ss@db.example:5433/zs?sslmode=require", HOME)
    assert made["ENGINE"] == "django.db.backends.postgresql"
    parts = {name: made[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert parts == {"NAME": "zs", "USER": "clerk", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": 5433}
    assert made["OPTIONS"]["sslmode"] == "require"
    assert made["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 8, "timeout": 10}
    assert made["CONN_MAX_AGE"] == 0


def test_postgresql_over_a_socket() -> None:
    assert configuration("postgresql://%2Fvar%2Frun%2Fpostgresql/zs", HOME)["HOST"] == "/var/run/postgresql"


def test_configurations_do_not_share_their_options() -> None:
    configuration("", HOME)["OPTIONS"]["timeout"] = 0
    assert configuration("", HOME)["OPTIONS"]["timeout"] == 20


@pytest.mark.parametrize(
    "nonsense",
    [
        "mysql://a@b/c",
        "zhunsheng.sqlite3",
        "垃圾",
        "://",
        "sqlite://",
        "sqlite:///relative.db",
        "sqlite://:memory:",
        "postgres://127.0.0.1",
        "postgres://127.0.0.1/",
        "postgres://127.0.0.1:port/db",
        "postgres://127.0.0.1:99999/db",
        "postgres://[::1/db",
    ],
)
def test_nonsense_is_answered_in_chinese_with_an_example(nonsense: str) -> None:
    with pytest.raises(Misconfigured, match=r"DATABASE_URL.*例如 sqlite:////"):
        configuration(nonsense, HOME)


def test_the_message_does_not_give_the_password_away() -> None:
    with pytest.raises(Misconfigured) as caught:
        configuration("postgres://clerk:hunter2@127.0.0.1:port/db", HOME)
    assert "hunter2" not in str(caught.value)


@given(st.one_of(st.text(), st.text().map("postgres://{}".format), st.text().map("sqlite://{}".format)))
def test_any_address_is_understood_or_refused(url: str) -> None:
    try:
        assert configuration(url, HOME)["NAME"]
    except Misconfigured as error:
        assert "DATABASE_URL" in str(error)


def pragmas() -> dict[str, Any]:
    """The pragmas of this thread's connection."""
    with connection.cursor() as cursor:
        return {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_every_connection_of_every_thread_has_the_pragmas() -> None:
    found = [pragmas()]

    def look() -> None:
        found.append(pragmas())
        connections.close_all()

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [PRAGMAS] * 4


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_transaction_takes_the_write_lock_at_its_beginning() -> None:
    with (
        transaction.atomic(),
        closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_waits_for_the_disk_and_pools() -> None:
    with connection.cursor() as cursor:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone() == ("on",)
    assert connection.settings_dict["OPTIONS"]["pool"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_nobody_is_handed_a_connection_that_the_server_has_closed() -> None:
    """As after a restart: those that wait in the pool are dead, and only asking shows it.

    The pool waits longer after each dead one: with its eight all dead, the first who asks may wait in vain once.
    """
    connection.close()
    pooled: Any = connections["default"]
    pooled.close_pool()  # as many as other tests have left in it
    connection.ensure_connection()
    parameters = connection.get_connection_params()
    connection.close()
    named = {name: parameters[name] for name in ("host", "port", "user", "password", "dbname") if parameters.get(name)}
    others = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = %s"
    )
    with psycopg.connect(**named, autocommit=True) as other:
        ended = other.execute(others, [named["dbname"]]).fetchone()
    assert ended
    assert ended[0] >= 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


@pytest.fixture
def killed_writer(tmp_path: Path) -> int:
    """The last number that a writer acknowledged before it was killed with signal 9, in the home ``tmp_path``."""
    environment = {**os.environ, "ZHUNSHENG_HOME": str(tmp_path), "DATABASE_URL": ""}
    with subprocess.Popen([sys.executable, "-c", WRITER], stdout=subprocess.PIPE, text=True, env=environment) as writer:
        assert writer.stdout
        lines = [writer.stdout.readline() for _ in range(50)]
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read().splitlines(keepends=True)
    acknowledged = [line for line in [*lines, *rest] if line.endswith("\n")]
    return int(acknowledged[-1])


@pytest.mark.sqlite
def test_kill_9_after_an_acknowledged_commit_keeps_the_row(killed_writer: int, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "zhunsheng.sqlite3")) as survivor:
        numbers = [number for (number,) in survivor.execute("SELECT number FROM durable ORDER BY number")]
        assert survivor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert numbers[: killed_writer + 1] == list(range(killed_writer + 1))
    assert len(numbers) - killed_writer in {1, 2}, "at most the one commit that was not acknowledged yet"


def test_the_settings_use_this_configuration() -> None:
    used = settings.DATABASES["default"]["OPTIONS"]
    assert used.get("transaction_mode") == "IMMEDIATE" or used.get("pool")
