"""``zhunsheng upgrade``: safe to repeat, with a copy before anything changes."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests.faces.cli.conftest import Place
from zhunsheng.faces.cli import upgrade


def test_an_empty_database_is_brought_up_without_a_copy_and_the_second_time_is_idle(place: Place) -> None:
    first = place.run("upgrade")
    assert (first.returncode, first.stderr) == (0, "")
    assert "另存" not in first.stdout
    assert "步升级。" in first.stdout
    second = place.run("upgrade")
    assert (second.returncode, second.stderr) == (0, "")
    assert "数据库：已经是这一版。" in second.stdout
    assert not (place.home / "backups").exists()


@pytest.mark.sqlite
def test_a_database_that_is_behind_is_copied_first(upgraded: Place) -> None:
    with closing(sqlite3.connect(upgraded.home / "zhunsheng.sqlite3")) as old, old:
        old.execute("DROP TABLE django_session")
        old.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    again = upgraded.run("upgrade")
    assert "执行了 1 步升级" in again.stdout
    (copy,) = (upgraded.home / "backups").iterdir()
    assert f"升级前的数据库已另存为 {copy}" in again.stdout
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as saved:
        tables = {name for (name,) in saved.execute("SELECT name FROM sqlite_master")}
    assert "people_member" in tables
    assert "django_session" not in tables


def test_static_files_get_names_with_their_digest(upgraded: Place) -> None:
    static = upgraded.home / "static"
    names = json.loads((static / "staticfiles.json").read_text("utf-8"))["paths"]
    assert names
    assert all((static / hashed).is_file() and hashed != name for name, hashed in names.items())


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_copies_made_in_one_second_do_not_collide() -> None:
    copies = {upgrade.copied(Path(connection.settings_dict["NAME"])) for _ in range(3)}
    assert len(copies) == 3
