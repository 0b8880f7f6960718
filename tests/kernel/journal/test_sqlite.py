"""SQLite's triggers for values and names that our own tables do not have: bytes, quotes, real numbers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from zhunsheng.kernel.journal import sqlite
from zhunsheng.kernel.journal.coverage import Column, Table

NAME = "o'dd \"table"
TABLE = Table(
    NAME, "k", tuple(Column(name, name == "b", name == "s") for name in ("k", "b", "r", 't"x', "s")), ("ignored",)
)


@pytest.fixture
def link() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as link:
        for name, result in (("mark", 7), ("origin", "")):
            link.create_function(f"zhunsheng_{name}", 0, lambda result=result: result)
        link.create_function("zhunsheng_secret", 1, lambda value: value and f"digest of {value}")
        link.execute(
            "CREATE TABLE journal_entry (id integer primary key, table_name, row_key, operation, before, after, mark, origin, at)"
        )
        link.execute(
            'CREATE TABLE "o\'dd ""table" (k integer primary key, b blob, r real, "t""x" text, s text, ignored)'
        )
        for statement in sqlite._journal(TABLE):
            link.execute(statement)
        yield link


def entries(link: sqlite3.Connection) -> list[tuple[Any, ...]]:
    rows = link.execute("SELECT table_name, row_key, operation, before, after, mark FROM journal_entry ORDER BY id")
    return [(*row[:3], *(json.loads(text) if text else None for text in row[3:5]), row[5]) for row in rows.fetchall()]


def test_odd_values_and_names(link: sqlite3.Connection) -> None:
    link.execute("INSERT INTO \"o'dd \"\"table\" VALUES (1, x'00ff', 1.5, ?, 'hush', 9)", ["甲\"'\n"])
    full = {"k": 1, "b": "00FF", "r": 1.5, 't"x': "甲\"'\n", "s": "digest of hush"}
    assert entries(link) == [(NAME, "1", "I", None, full, 7)]
    assert [(key, json.loads(text)) for key, text in link.execute(sqlite.rows(TABLE))] == [("1", full)]


def test_only_what_changed(link: sqlite3.Connection) -> None:
    link.execute('INSERT INTO "o\'dd ""table" (k) VALUES (1)')
    link.execute('UPDATE "o\'dd ""table" SET ignored = 1')
    link.execute('UPDATE "o\'dd ""table" SET b = x\'01\', s = NULL, r = r')
    link.execute('UPDATE "o\'dd ""table" SET b = NULL, s = \'x\'')
    assert [row[2:5] for row in entries(link)[1:]] == [
        ("U", {"b": None}, {"b": "01"}),
        ("U", {"b": "01", "s": None}, {"b": None, "s": "digest of x"}),
    ]


def test_a_deleted_row_is_kept_whole(link: sqlite3.Connection) -> None:
    link.execute('INSERT INTO "o\'dd ""table" (k, r) VALUES (5, 2)')
    link.execute('DELETE FROM "o\'dd ""table"')
    assert entries(link)[1][1:5] == ("5", "D", {"k": 5, "b": None, "r": 2.0, 't"x': None, "s": None}, None)


def test_rows_come_in_the_order_of_their_keys_as_text(link: sqlite3.Connection) -> None:
    link.executemany('INSERT INTO "o\'dd ""table" (k) VALUES (?)', [[1], [2], [10], [9]])
    assert [key for key, _ in link.execute(sqlite.rows(TABLE))] == ["1", "10", "2", "9"]
