"""The database that DATABASE_URL names, with the options under which an acknowledged commit survives a power cut."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import dj_database_url

from zhunsheng.kernel.environment import Misconfigured

# Measured (docs/decisions/0003-sqlite-default-full-durability.md): IMMEDIATE removes every "locked" error, FULL survives a power cut.
SQLITE_OPTIONS: Final[dict[str, Any]] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON",
}
# A process has more threads than connections (faces/cli/serve.py): most of them wait for slow visitors, not for data.
POOL: Final[dict[str, int]] = {"min_size": 1, "max_size": 8, "timeout": 10}
# CONN_HEALTH_CHECKS: after a restart of the server nobody is handed one of the connections that it closed.
# Opening a file takes 5 ms of the processor (functions, pragmas), and closing the last connection empties the log into
# the database: as much as a page takes. Each thread keeps its own connection for so many seconds.
KEPT: Final = 600
POSTGRESQL: Final = frozenset({"postgres", "postgresql"})
EXAMPLES: Final = "例如 sqlite:////srv/zhunsheng/db.sqlite3 或 postgres://用户:密码@127.0.0.1:5432/库名"


def configuration(url: str, home: Path) -> dict[str, Any]:
    """``DATABASES["default"]`` for DATABASE_URL; the file in the home for "". Raises ``Misconfigured``."""
    scheme = url.partition(":")[0].lower()
    if not url:
        return _sqlite(str(home / "zhunsheng.sqlite3"))
    if scheme == "sqlite":
        return _sqlite(_parsed(url)["NAME"])
    if scheme in POSTGRESQL:
        return _postgresql(url)
    raise Misconfigured(f"DATABASE_URL 只认 sqlite 和 postgres 开头的地址。{EXAMPLES}。")


def _sqlite(name: str) -> dict[str, Any]:
    if not Path(name).is_absolute():
        raise Misconfigured(f"DATABASE_URL 里的 SQLite 文件要写绝对路径（sqlite: 后面四个斜杠）。{EXAMPLES}。")
    return {
        "ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": dict(SQLITE_OPTIONS), "CONN_MAX_AGE": KEPT,
    }  # fmt: skip


def _postgresql(url: str) -> dict[str, Any]:
    parsed = _parsed(url)
    if not parsed["NAME"]:
        raise Misconfigured(f"DATABASE_URL 没有写库名。{EXAMPLES}。")
    options = {**parsed.get("OPTIONS", {}), "pool": dict(POOL)}
    return {**parsed, "OPTIONS": options, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}


def _parsed(url: str) -> dict[str, Any]:
    """The parts of the address. The message never repeats the address: it may carry a password."""
    try:
        urlsplit(url).port  # noqa: B018 - raises ValueError for a port that is no number
        return dict(dj_database_url.parse(url))
    except ValueError as error:
        raise Misconfigured(f"DATABASE_URL 的地址写法不对（主机、端口或转义有误）。{EXAMPLES}。") from error
