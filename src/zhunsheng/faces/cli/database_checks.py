"""The check-up of the database: reachable, durable, at the version of the program, founded."""

from __future__ import annotations

from collections.abc import Iterator

from zhunsheng.faces.cli import runtime
from zhunsheng.faces.cli.findings import Finding
from zhunsheng.faces.cli.refusal import COMMAND
from zhunsheng.faces.cli.upkeep_checks import upkeep

# PRAGMA and the value that an acknowledged commit needs (kernel/database.py).
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
SETTINGS = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def database() -> Iterator[Finding]:
    """All findings about the database; only the first where it cannot be reached."""
    from django.db import DatabaseError, InterfaceError

    try:
        yield reachable()
        yield durable()
        tables = migrations()
        yield tables
        if tables.state == "ok":
            yield from upkeep()
    except (DatabaseError, InterfaceError) as error:
        yield Finding("数据库", "bad", runtime.explained(error), "照上面说的办。")


def reachable() -> Finding:
    """Which database it is, and that it answers."""
    from django.db import connection

    name = connection.settings_dict["NAME"]
    runtime.reach()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if connection.vendor == "sqlite":
        return Finding("数据库", "ok", f"SQLite {name}")
    return Finding("数据库", "ok", f"PostgreSQL {connection.settings_dict['HOST'] or '本机'} 上的 {name}")


def durable() -> Finding:
    """An acknowledged commit survives a power cut."""
    from django.db import connection

    expected = PRAGMAS if connection.vendor == "sqlite" else SETTINGS
    ask = "PRAGMA {}" if connection.vendor == "sqlite" else "SHOW {}"
    found = {}
    with connection.cursor() as cursor:
        for name in expected:
            cursor.execute(ask.format(name))
            found[name] = cursor.fetchone()[0]
    wrong = "，".join(f"{name}={found[name]}" for name in expected if found[name] != expected[name])
    if wrong:
        wanted = "，".join(f"{name}={value}" for name, value in expected.items())
        return Finding("持久", "bad", f"断电可能丢数据：{wrong}", f"应当是 {wanted}。")
    return Finding("持久", "ok", "，".join(f"{name}={value}" for name, value in found.items()))


def migrations() -> Finding:
    """The tables are those of this program."""
    missing = runtime.pending()
    if missing:
        return Finding(
            "表结构",
            "bad",
            f"差 {len(missing)} 步，从 {missing[0]} 起",
            f"新装的请运行 {COMMAND} init，升级的请运行 {COMMAND} upgrade",
        )
    return Finding("表结构", "ok", "是这一版")
