"""``zhunsheng upgrade``: safe to repeat, with a copy before anything changes."""

from __future__ import annotations

import json
import re
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests.faces.cli.conftest import Place, tamper
from zhunsheng.faces.cli import upgrade

BEHIND = ("DROP TABLE django_session", "DELETE FROM django_migrations WHERE app = 'sessions'")
"""One step of the tables is missing."""
EDIT = "INSERT INTO people_person (name, office_phone) VALUES ('冒名', '')"


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
    tamper(upgraded, *BEHIND)
    again = upgraded.run("upgrade")
    assert "执行了 1 步升级" in again.stdout
    (copy,) = (upgraded.home / "backups").iterdir()
    assert f"升级前的数据库已另存为 {copy}" in again.stdout
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as saved:
        tables = {name for (name,) in saved.execute("SELECT name FROM sqlite_master")}
    assert "people_member" in tables
    assert "django_session" not in tables


def test_the_journal_is_verified_before_anything_is_migrated(upgraded: Place) -> None:
    tamper(upgraded, *BEHIND)
    said = upgraded.run("upgrade")
    assert (said.returncode, said.stderr) == (0, "")
    lines = said.stdout.splitlines()
    assert lines[0] == "升级前先核验操作日志……"
    assert re.fullmatch(r"核验通过，用时 [0-9]+\.[0-9] 秒。", lines[1])
    assert "核验" not in upgraded.run("upgrade").stdout, "nothing is migrated, so nothing is hidden"


def test_what_does_not_agree_is_not_migrated_over_unless_one_says_so(upgraded: Place) -> None:
    tamper(upgraded, *BEHIND, EDIT)
    refused = upgraded.run("upgrade")
    assert refused.returncode == 1
    assert "不行  日志里没有这一行：表 people_person" in refused.stdout
    assert "升级前的核验没有通过：1 处对不上" in refused.stderr
    assert "upgrade --anyway" in refused.stderr
    assert not (upgraded.home / "backups").exists(), "nothing was begun"
    assert "还差 1 步升级" in upgraded.run("verify").stderr
    done = upgraded.run("upgrade", "--anyway")
    assert (done.returncode, done.stderr) == (0, "")
    assert "照 --anyway 继续升级" in done.stdout
    assert "执行了 1 步升级" in done.stdout
    assert "核验通过" in upgraded.run("verify").stdout, "now it looks as if the upgrade had done it"


def test_a_journal_that_this_program_cannot_read_is_told(upgraded: Place) -> None:
    tamper(upgraded, *BEHIND, "ALTER TABLE journal_block RENAME COLUMN entries_digest TO entries_sum")
    refused = upgraded.run("upgrade")
    assert refused.returncode == 1
    assert "这一版程序读不了升级前的日志" in refused.stdout
    assert "换回升级前的程序" in refused.stdout


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
