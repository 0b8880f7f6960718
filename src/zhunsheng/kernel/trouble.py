"""What an error says about the installation: a disk that is full, a database that is busy or away. Ours are none of these."""

from __future__ import annotations

import errno
from typing import Final, Literal

from django.db import Error, InterfaceError, OperationalError

Trouble = Literal["full", "busy", "away"]
"""``full``: nothing can be written. ``busy``: it was not done and may be tried again. ``away``: whether it was done is not known."""
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
SQLITE: Final[dict[int, Trouble]] = {5: "busy", 6: "busy", 8: "away", 10: "full", 13: "full", 14: "away"}
"""BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN. A disk without room is IOERR as often as FULL."""
POSTGRESQL: Final[dict[str, Trouble]] = {
    "53100": "full", "58030": "full",
    "40001": "busy", "40P01": "busy", "53200": "busy", "53300": "busy", "55P03": "busy", "57014": "busy",
    "08": "away", "25006": "away", "57P01": "away", "57P02": "away", "57P03": "away",
}  # fmt: skip
"""SQLSTATE, or its class."""


def trouble(error: BaseException | None) -> Trouble | None:
    """What stands behind an error of the system or of the database; ``None`` for a defect of ours (bad SQL, broken constraint)."""
    if isinstance(error, OSError):
        return "full" if error.errno in FULL else None
    if not isinstance(error, Error):
        return None
    code, state = getattr(error.__cause__, "sqlite_errorcode", None), getattr(error.__cause__, "sqlstate", None)
    if code is not None:
        return SQLITE.get(code & 0xFF)
    if state is not None:
        return POSTGRESQL.get(state) or POSTGRESQL.get(state[:2])
    return "away" if isinstance(error, OperationalError | InterfaceError) else None
