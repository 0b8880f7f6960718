"""Which errors are the installation's, and which are ours."""

from __future__ import annotations

import errno
import sqlite3
from typing import Final

import psycopg
import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, ProgrammingError
from psycopg import errors

from zhunsheng.kernel.trouble import trouble


def of_sqlite(code: int) -> sqlite3.OperationalError:
    made = sqlite3.OperationalError("said by SQLite")
    made.sqlite_errorcode = code
    return made


POSTGRESQL: Final = [
    (errors.DiskFull(), "full"), (errors.IoError(), "full"), (errors.LockNotAvailable(), "busy"),
    (errors.DeadlockDetected(), "busy"), (errors.QueryCanceled(), "busy"), (errors.TooManyConnections(), "busy"),
    (errors.AdminShutdown(), "away"), (errors.CannotConnectNow(), "away"), (errors.ConnectionFailure(), "away"),
    (errors.ReadOnlySqlTransaction(), "away"), (psycopg.OperationalError("server closed the connection"), "away"),
    (errors.UndefinedTable(), None), (errors.UniqueViolation(), None),
]  # fmt: skip
SQLITE: Final = [
    (of_sqlite(sqlite3.SQLITE_FULL), "full"), (of_sqlite(sqlite3.SQLITE_IOERR_WRITE), "full"),
    (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), "busy"), (of_sqlite(sqlite3.SQLITE_LOCKED), "busy"),
    (of_sqlite(sqlite3.SQLITE_CANTOPEN), "away"), (of_sqlite(sqlite3.SQLITE_READONLY), "away"),
    (of_sqlite(sqlite3.SQLITE_ERROR), None), (of_sqlite(sqlite3.SQLITE_CORRUPT), None),
]  # fmt: skip


@pytest.mark.parametrize(("cause", "expected"), [*POSTGRESQL, *SQLITE])
def test_the_servers_own_words_decide(cause: Exception, expected: str | None) -> None:
    error = OperationalError("said by Django")
    error.__cause__ = cause
    assert trouble(error) == expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(errno.ENOSPC, "full"), "full"), (OSError(errno.EDQUOT, "quota"), "full"),
        (FileNotFoundError(errno.ENOENT, "none"), None), (ConnectionResetError(errno.ECONNRESET, "gone"), None),
        (InterfaceError("connection already closed"), "away"), (OperationalError("no answer"), "away"),
        (IntegrityError("twice"), None), (ProgrammingError("bad"), None), (ZeroDivisionError(), None), (None, None),
    ],
)  # fmt: skip
def test_errors_without_a_cause(error: BaseException | None, expected: str | None) -> None:
    assert trouble(error) == expected
