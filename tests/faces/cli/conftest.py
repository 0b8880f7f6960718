"""A place of its own for a command that changes the database: a process, a home, a database."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from zhunsheng.faces.cli import main


class Place:
    """A home and an empty database of the kind under test; ``run`` runs the command there."""

    def __init__(self, home: Path, url: str) -> None:
        self.home, self.url = home, url

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a command that runs here."""
        ours = {
            "DJANGO_SETTINGS_MODULE": "zhunsheng.settings",
            "ZHUNSHENG_HOME": str(self.home),
            "DATABASE_URL": self.url,
        }
        return {**os.environ, **ours, **more}

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run ``zhunsheng`` with these arguments and further environment variables; warnings are errors."""
        line = [sys.executable, "-W", "error", "-m", "zhunsheng", *arguments]
        return subprocess.run(
            line,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            env=self.environment(**more),
            timeout=120,
        )


@contextmanager
def fresh(home: Path, like: Place | None = None) -> Iterator[Place]:
    """An empty place; or a copy of another one, in which nothing may be running."""
    if like is not None:
        shutil.copytree(like.home, home)
    if connection.vendor == "sqlite":
        yield Place(home, "")
        return
    server, name = os.environ["DATABASE_URL"], f"zhunsheng_cli_{uuid.uuid4().hex[:12]}"
    model = like.url.rpartition("/")[2] if like else "template1"
    with psycopg.connect(server, autocommit=True) as maker:
        maker.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(model)))
        try:
            yield Place(home, server.rpartition("/")[0] + f"/{name}")
        finally:
            maker.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def tamper(place: Place, *statements: str) -> None:
    """Change rows and tables with the triggers out of the way."""
    if connection.vendor == "postgresql":
        with psycopg.connect(place.url) as link:
            for statement in ("SET session_replication_role = replica", *statements):
                link.execute(statement)
        return
    with closing(sqlite3.connect(place.home / "zhunsheng.sqlite3")) as file, file:
        kept = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in kept:
            file.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            file.execute(statement)
        for _, text in kept:
            file.execute(text)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A fresh place."""
    with fresh(tmp_path / "home") as made:
        yield made


@pytest.fixture(scope="session")
def upgraded_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A place after ``upgrade``; nobody works in it, it is only copied."""
    with fresh(tmp_path_factory.mktemp("upgraded") / "home") as made:
        assert made.run("upgrade").returncode == 0
        yield made


@pytest.fixture
def upgraded(upgraded_once: Place, tmp_path: Path) -> Iterator[Place]:
    """A place whose database and static files are those of this version, and where nobody has worked yet."""
    with fresh(tmp_path / "upgraded", like=upgraded_once) as made:
        yield made


@pytest.fixture(scope="session")
def demo_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The demo county as it was built; nobody works in it, it is only copied."""
    with fresh(tmp_path_factory.mktemp("demo") / "home") as made:
        assert made.run("demo", "--no-serve").returncode == 0
        yield made


@pytest.fixture
def demo_place(demo_once: Place, tmp_path: Path) -> Iterator[Place]:
    """The demo county."""
    with fresh(tmp_path / "demo", like=demo_once) as made:
        yield made


@pytest.fixture
def free_port() -> int:
    """A port on which nothing listens at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def parsed() -> Callable[..., int]:
    """Run the command in this process; its exit status."""
    return lambda *arguments: main(list(arguments))
