"""A place of its own for a command that changes the database: a process, a home, a database."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
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


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A fresh place."""
    if connection.vendor == "sqlite":
        yield Place(tmp_path / "home", "")
        return
    server = os.environ["DATABASE_URL"]
    name = f"zhunsheng_cli_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as maker:
        maker.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield Place(tmp_path / "home", server.rpartition("/")[0] + f"/{name}")
        maker.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


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
