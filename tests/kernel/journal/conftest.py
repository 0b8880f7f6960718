"""A unit and a person to change, two actors to do it, and a home of its own for the anchors."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from pytest_django import Settings

from zhunsheng.kernel.journal import change, scope, verifying
from zhunsheng.people.models import Person


@dataclass(frozen=True, slots=True)
class Clerk:
    """Somebody who changes things."""

    pk: int | None
    full_name: str
    unit_id: int | None = 7
    unit_name: str = "县司法局"


@pytest.fixture
def li() -> Clerk:
    return Clerk(11, "李娜")


@pytest.fixture
def wang() -> Clerk:
    return Clerk(12, "王芳")


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    """Anchors of other tests are not looked at."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return Path(settings.HOME)


@pytest.fixture
def persons(transactional_db: None, home: Path, li: Clerk) -> list[Person]:
    """Three persons, each entered by a change of its own."""
    made = []
    for name in ("赵一", "钱二", "孙三"):
        with change(li, "登记"):
            made.append(Person.objects.create(name=name))
    return made


@pytest.fixture
def bad() -> Callable[[], list[str]]:
    """The codes of what ``verify`` finds tampered with."""
    return lambda: sorted({finding.code for finding in verifying.verify() if finding.state == "bad"})


@contextmanager
def foreign(*, armed: bool = False) -> Iterator[Callable[..., Any]]:
    """Another program at the database, with its owner's rights: ``run(sql, parameters)``.

    ``armed``: on SQLite it knows of our functions and brings some of its own.
    """
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=5)) as other:
            if armed:
                other.create_function("zhunsheng_mark", 0, lambda: None)
                other.create_function("zhunsheng_origin", 0, lambda: "sqlite3")
                other.create_function("zhunsheng_secret", 1, scope._secret)
                other.create_function("zhunsheng_guarded", 0, lambda: 1)
            with other:
                yield lambda query, parameters=(): other.execute(query, parameters).fetchall()
    else:
        known = connection.get_connection_params()
        wanted = {name: known[name] for name in ("dbname", "host", "port", "user", "password") if known.get(name)}
        with psycopg.connect(**wanted) as link:

            def run(query: str, parameters: Any = ()) -> list[Any]:
                cursor = link.execute(query.replace("?", "%s"), parameters)
                return cursor.fetchall() if cursor.description else []

            yield run


class Tampering:
    """Take the guards away, do something, and put them back as they were."""

    def __enter__(self) -> Callable[..., Any]:
        self._manager = foreign(armed=True)
        self.run = self._manager.__enter__()
        if connection.vendor == "sqlite":
            self._kept = self.run("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            for name, _ in self._kept:
                self.run(f'DROP TRIGGER "{name}"')
        else:
            self.run("SET session_replication_role = replica")
        return self.run

    def __exit__(self, *_: object) -> None:
        if connection.vendor == "sqlite":
            for _, statement in self._kept:
                self.run(statement)
        self._manager.__exit__(None, None, None)
