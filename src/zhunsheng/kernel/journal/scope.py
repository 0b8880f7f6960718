"""The change that is open in this thread, and what SQLite's triggers may ask about it.

The functions are registered on our connections alone. A foreign client has none of them, so its writes to a journalled
table fail in the trigger.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from zhunsheng.kernel.actor import Actor
    from zhunsheng.kernel.refs import Ref


@dataclass(frozen=True, slots=True)
class Said:
    """A record that a change is about, with the verb and the reason given for it."""

    ref: Ref
    action: str
    reason: str


@dataclass(slots=True)
class Scope:
    """An open change: who does what and why; ``mark`` ties its entries to the block to come."""

    actor: Actor
    action: str
    reason: str
    mark: int
    about: list[Said] = field(default_factory=list)


_OPEN: ContextVar[Scope | None] = ContextVar("journal_scope", default=None)
_GUARDED: ContextVar[bool] = ContextVar("journal_guarded", default=True)


def current() -> Scope | None:
    """The change that is open in this thread."""
    return _OPEN.get()


@contextmanager
def opened(scope: Scope | None) -> Iterator[None]:
    """Inside, ``scope`` is the open change (``None``: no change is open)."""
    token = _OPEN.set(scope)
    try:
        yield
    finally:
        _OPEN.reset(token)


@contextmanager
def unguarded() -> Iterator[None]:
    """Inside, SQLite lets journal rows be deleted; only for ``lifting``."""
    token = _GUARDED.set(False)
    try:
        yield
    finally:
        _GUARDED.reset(token)


def guarded() -> bool:
    """Whether journal rows are safe from deletion: always, but for the emptying of test tables."""
    return _GUARDED.get()


def new_mark() -> int:
    """A number that no other block has: 63 random bits."""
    return secrets.randbits(63)


def register(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Give a new SQLite connection the functions that the triggers call (``connection_created``)."""
    if connection.vendor == "sqlite":
        raw = connection.connection
        raw.create_function("zhunsheng_mark", 0, _mark)
        raw.create_function("zhunsheng_origin", 0, _origin)
        raw.create_function("zhunsheng_secret", 1, _secret)
        raw.create_function("zhunsheng_guarded", 0, guarded)


def _mark() -> int | None:
    scope = _OPEN.get()
    return scope.mark if scope else None


def _origin() -> str:
    """Which process wrote a row outside of a change; "" inside."""
    return "" if _OPEN.get() else f"{PROGRAM}（进程 {os.getpid()}）"


def _secret(value: str | float | bytes | None) -> str | None:
    """What the journal keeps of a secret: its digest, the same that PostgreSQL's function makes."""
    if value is None:
        return None
    return "sha256:" + sha256(value if isinstance(value, bytes) else str(value).encode()).hexdigest()


PROGRAM: Final = Path(sys.argv[0]).name if sys.argv else "python"
