"""The two databases behind one contract."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from zhunsheng.kernel.journal import postgresql, sqlite
from zhunsheng.kernel.journal.coverage import Table

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper


class Dialect(Protocol):
    """What differs between the databases. Both modules document their functions."""

    WRITTEN_AT: str

    def columns(self, cursor: CursorWrapper) -> dict[str, set[str]]: ...  # noqa: D102
    def wanted(self, cursor: CursorWrapper, tables: Iterable[Table]) -> dict[str, str]: ...  # noqa: D102
    def present(self, cursor: CursorWrapper) -> dict[str, str]: ...  # noqa: D102
    def drop(self, cursor: CursorWrapper) -> None: ...  # noqa: D102
    def install(self, cursor: CursorWrapper, tables: Iterable[Table]) -> None: ...  # noqa: D102
    def rows(self, table: Table) -> str: ...  # noqa: D102


def dialect(connection: BaseDatabaseWrapper) -> Dialect:
    """The dialect of a connection."""
    return sqlite if connection.vendor == "sqlite" else postgresql
