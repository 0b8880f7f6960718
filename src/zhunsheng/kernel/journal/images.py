"""The rows of a table as they stand, and as the journal says that they must stand; both streamed in the order of keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connections

from zhunsheng.kernel.journal.coverage import Table
from zhunsheng.kernel.journal.dialects import dialect
from zhunsheng.kernel.journal.kinds import Operation

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

Image = dict[str, Any]
PAGE = 1000


@dataclass(slots=True)
class Row:
    """A row as folded from its entries. ``image`` is ``None`` where it does not exist (any more).

    ``partial`` where an entry was blanked: only the columns in ``image`` are known. ``torn`` is the number of the first
    entry that does not fit what came before it, 0 where all fit.
    """

    image: Image | None = None
    partial: bool = False
    torn: int = 0
    last: int = 0


def loaded(text: str) -> Image:
    """An image from its JSON; numbers with a fraction stay as they are written."""
    image: Image = json.loads(text, parse_float=str)
    return image


@contextmanager
def snapshot() -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own that sees one moment of the database for as long as it is used, and writes nothing."""
    other = connections[DEFAULT_DB_ALIAS].copy()
    with closing(other):
        if other.vendor == "sqlite":
            other.cursor().execute("BEGIN DEFERRED")
        else:
            other.set_autocommit(False)
            other.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        try:
            yield other
        finally:
            other.connection.rollback()
            other.set_autocommit(True)


def stream(on: BaseDatabaseWrapper, query: str, parameters: Iterable[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, a thousand at a time in memory."""
    with on.chunked_cursor() as cursor:
        cursor.execute(query, list(parameters))
        while rows := cursor.fetchmany(PAGE):
            yield from rows


def standing(on: BaseDatabaseWrapper, table: Table) -> Iterator[tuple[str, Image]]:
    """The rows of a table as they stand: key and image."""
    for key, text in stream(on, dialect(on).rows(table)):
        yield key, loaded(text)


def journalled(on: BaseDatabaseWrapper, name: str, newest: int = 2**63 - 1) -> Iterator[tuple[str, Row]]:
    """The rows of a table as the journal says that they must stand: key and row, deleted ones included.

    Entries after ``newest`` are left out: what is written while this is read must not be read.
    """
    collation = ' COLLATE "C"' if on.vendor == "postgresql" else ""
    query = f"""SELECT e.row_key, e.id, e.operation, e.before, e.after, b.id IS NOT NULL
        FROM journal_entry e LEFT JOIN journal_blanking b ON b.entry = e.id
        WHERE e.table_name = %s AND e.id <= %s ORDER BY e.row_key{collation}, e.id"""  # noqa: S608 - a constant
    for key, entries in groupby(stream(on, query, [name, newest]), key=itemgetter(0)):
        row = Row()
        for _, number, operation, before, after, blanked in entries:
            _fold(row, number, operation, before, after, blanked=blanked)
        yield key, row


def _fold(row: Row, number: int, operation: str, before: str, after: str, *, blanked: bool) -> None:
    """Take one more entry into the row."""
    row.last = number
    if blanked:
        _fold_blanked(row, operation)
        return
    old, new = (loaded(text) if text else None for text in (before, after))
    if operation != Operation.STATE and not _fits(row, operation, old) and not row.torn:
        row.torn = number
    if operation == Operation.UPDATE:
        row.image = (row.image or {}) | (new or {})
    else:
        row.image, row.partial = new, False


def _fold_blanked(row: Row, operation: str) -> None:
    """Whether it exists is still known; what is in it only from later entries."""
    if operation == Operation.DELETE:
        row.image, row.partial = None, False
    else:
        row.image, row.partial = {}, True


def _fits(row: Row, operation: str, old: Image | None) -> bool:
    """Whether an entry begins with what the entries before it left."""
    if operation == Operation.INSERT:
        return row.image is None
    if row.image is None:
        return False
    return all(value == row.image.get(name, value if row.partial else ...) for name, value in (old or {}).items())


def agrees(row: Row, image: Image | None) -> bool:
    """Whether a row stands as the journal says."""
    if row.image is None or image is None:
        return row.image is image
    return row.image.items() <= image.items() if row.partial else row.image == image


def agrees_where_shared(row: Row, image: Image | None) -> bool:
    """Whether a row stands as the journal says in the columns that both have."""
    if row.image is None or image is None:
        return row.image is image
    return all(row.image[name] == image[name] for name in row.image.keys() & image.keys())


def paired(
    left: Iterator[tuple[str, Row]], right: Iterator[tuple[str, Image]]
) -> Iterator[tuple[str, Row | None, Image | None]]:
    """Both sides by key, both in the order of their keys."""
    one, other = next(left, None), next(right, None)
    while one or other:
        if one and (other is None or one[0] < other[0]):
            yield one[0], one[1], None
            one = next(left, None)
        elif other and (one is None or other[0] < one[0]):
            yield other[0], None, other[1]
            other = next(right, None)
        elif one and other:
            yield one[0], one[1], other[1]
            one, other = next(left, None), next(right, None)


def named(on: BaseDatabaseWrapper) -> set[str]:
    """The tables that the journal speaks of."""
    with on.cursor() as cursor:
        cursor.execute("SELECT DISTINCT table_name FROM journal_entry")
        return {name for (name,) in cursor.fetchall()}
