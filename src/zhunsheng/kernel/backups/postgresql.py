"""PostgreSQL: every table by COPY, in one transaction that sees one moment. Needs no client programs on the machine.

The tables themselves are made by the migrations of the same program version, so that a backup holds rows only.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from zhunsheng.kernel.journal.images import snapshot
from zhunsheng.kernel.journal.verifying import newest

if TYPE_CHECKING:
    from zhunsheng.kernel.journal.anchors import Anchor

SEQUENCES: Final = "sequences.json"
PIECE: Final = 1 << 20


def dump(folder: Path) -> Anchor | None:
    """Write ``TABLE.copy`` for every table and the positions of the sequences; the newest block of that moment."""
    with snapshot() as on, on.cursor() as cursor:
        last = newest(on)
        for table in on.introspection.table_names(cursor):
            columns = [column.name for column in on.introspection.get_table_description(cursor, table)]
            names = ", ".join(map(on.ops.quote_name, columns))
            with (folder / f"{table}.copy").open("wb") as file:
                file.write(json.dumps(columns).encode() + b"\n")
                _copy_out(cursor, f"COPY {on.ops.quote_name(table)} ({names}) TO STDOUT", file)
        cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema() AND last_value IS NOT NULL"
        )
        (folder / SEQUENCES).write_text(json.dumps(dict(cursor.fetchall())), "utf-8")
    return last


def load(folder: Path) -> None:
    """Put the rows into the empty tables. The journal's triggers rest: its rows come from the backup like all others."""
    tables = {file.stem: file for file in sorted(folder.glob("*.copy"))}
    with transaction.atomic(), connection.cursor() as cursor:
        quoted = {name: connection.ops.quote_name(name) for name in tables}
        for name in quoted.values():
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {', '.join(quoted.values())}")
        for table, file in tables.items():
            with file.open("rb") as rows:
                names = ", ".join(map(connection.ops.quote_name, json.loads(rows.readline())))
                _copy_in(cursor, f"COPY {quoted[table]} ({names}) FROM STDIN", rows)
        for sequence, position in json.loads((folder / SEQUENCES).read_text("utf-8")).items():
            cursor.execute("SELECT setval(%s::regclass, %s)", [connection.ops.quote_name(sequence), position])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in quoted.values():
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")


def _copy_out(cursor: Any, query: str, file: Any) -> None:  # Django's wrapper hides psycopg's cursor from the checker
    with cursor.copy(query) as copy:
        for piece in copy:
            file.write(piece)


def _copy_in(cursor: Any, query: str, file: Any) -> None:
    with cursor.copy(query) as copy:
        while piece := file.read(PIECE):
            copy.write(piece)
