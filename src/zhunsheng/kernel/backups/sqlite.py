"""SQLite: its own online backup, page by page, of one moment."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from django.db import connection

from zhunsheng.kernel.journal.anchors import Anchor
from zhunsheng.kernel.journal.digests import instant

NAME: Final = "zhunsheng.sqlite3"
NEWEST: Final = "SELECT number, digest, at FROM journal_block ORDER BY number DESC LIMIT 1"


def dump(folder: Path) -> Anchor | None:
    """Copy the database into ``folder``; the newest block in the copy."""
    with (
        closing(sqlite3.connect(f"file:{_file()}?mode=ro", uri=True)) as live,
        closing(sqlite3.connect(folder / NAME)) as copy,
    ):
        live.backup(copy)
        # Without this the copy would bring its own -wal file, which no archive holds.
        copy.execute("PRAGMA journal_mode=DELETE")
        found = copy.execute(NEWEST).fetchone()
    return Anchor(found[0], found[1], instant(found[2])) if found else None


def load(folder: Path) -> None:
    """Put the copy in the place of the empty database."""
    connection.close()
    with closing(sqlite3.connect(folder / NAME)) as copy, closing(sqlite3.connect(_file())) as live:
        copy.backup(live)
        live.execute("PRAGMA journal_mode=WAL")


def _file() -> str:
    return str(connection.settings_dict["NAME"])
