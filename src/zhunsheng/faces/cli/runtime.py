"""What the commands that use the database share: Django set up, errors in Chinese, the state of the tables."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from zhunsheng.faces.cli.refusal import COMMAND, Refused

UNREACHABLE = "连不上数据库服务器，请检查它是否开着，以及 DATABASE_URL 里的主机、端口、库名和用户。"
REMEDIES = {
    "database is locked": "别的程序正占着数据库，请稍后再试。",
    "unable to open database file": "数据库文件打不开，请检查它所在的目录和权限。",
    "readonly database": "数据库文件不能写，请检查它和所在目录的权限。",
    "file is not a database": "这个文件不是 SQLite 数据库，请检查 DATABASE_URL。",
    "disk is full": "磁盘满了，请先腾出空间。",
    "No space left on device": "磁盘满了，请先腾出空间。",
    "disk I/O error": "磁盘写不进去，请看它是不是满了或者坏了。",
    "connection failed": UNREACHABLE,
    "couldn't get a connection": UNREACHABLE,
}


def set_up() -> None:
    """Set Django up. Raises ``Misconfigured``."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhunsheng.settings")
    django.setup()


@contextmanager
def database() -> Iterator[None]:
    """Turn an error of the database itself into a sentence; a defect of ours (bad SQL, broken constraint) stays one."""
    from django.db import DatabaseError, InterfaceError, OperationalError

    try:
        reach()
        yield
    except (DatabaseError, InterfaceError) as error:
        if type(error) not in {DatabaseError, InterfaceError, OperationalError}:
            raise
        raise Refused(explained(error)) from error


def reach() -> None:
    """Raise ``OperationalError`` at once where no server answers; the pool would try for ten seconds."""
    from django.db import connection

    if connection.vendor == "postgresql":
        import psycopg

        with connection.wrap_database_errors:
            psycopg.connect(**{"connect_timeout": 5, **connection.get_connection_params()}).close()


def explained(error: BaseException) -> str:
    """What an error of the database means, in Chinese, with its own words behind."""
    said = " ".join(str(error).split())
    remedy = next((text for words, text in REMEDIES.items() if words in said), f"请运行 {COMMAND} doctor 查一查。")
    return f"数据库没有办成这一步。{remedy}\n（数据库说：{said}）"


def pending() -> list[str]:
    """The migrations that the database still lacks, as ``app.name``."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def disconnect() -> None:
    """Close every connection, before processes are forked."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
