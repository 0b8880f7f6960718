"""Blocks: what a transaction changed, digested together with the block before it.

The entries are digested before the lock is taken; under it the newest block is read and one row more is written. The
lock is taken last and nothing but journal rows is touched after it, so that sealing cannot deadlock.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.db import connection, transaction

from zhunsheng.kernel.actor import SYSTEM, Actor
from zhunsheng.kernel.journal import anchors
from zhunsheng.kernel.journal.dialects import dialect
from zhunsheng.kernel.journal.digests import ALGORITHM, FIRST, Cell, digest, instant, total
from zhunsheng.kernel.journal.kinds import Source
from zhunsheng.kernel.journal.scope import Said, Scope, new_mark
from zhunsheng.kernel.now import now

PAGE: Final = 2000
AT_ONCE: Final = 100
ENTRY: Final = ("id", "table_name", "row_key", "operation", "before", "after", "origin")
"""The columns of an entry that are digested, before the time at which it was written."""
BLOCK: Final = (
    *("number", "mark", "source", "actor_id", "actor_name", "unit_id", "unit_name", "action", "reason", "at"),
    *("entries", "entries_digest", "mentions_digest", "algorithm", "previous"),
)
"""The columns of a block that are digested, in this order."""
MENTION: Final = ("kind", "key", "label", "action", "reason")
HEAD: Final = """
SELECT b.number, b.digest, EXISTS (SELECT 1 FROM journal_entry WHERE mark IS NULL)
FROM (SELECT 1) LEFT JOIN (SELECT number, digest FROM journal_block ORDER BY number DESC LIMIT 1) b
"""


def tell(mark: int | None) -> None:
    """Tell PostgreSQL's triggers which change is open, until the transaction ends; SQLite's ask us."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('zhunsheng.mark', %s, true)", ["" if mark is None else str(mark)])


def seal(scope: Scope) -> None:
    """Write the block of a change; none where it changed nothing and is about nothing."""
    content = _content(scope.mark)
    if content.count or scope.about:
        head = _head()
        if head.stray:
            head = _seal_strays(head, Source.UNKNOWN)
        _write(head, _Words(Source.CHANGE, scope.actor, scope.action, scope.reason), content, unique(scope.about))


def sweep(source: Source = Source.UNKNOWN) -> bool:
    """Seal what was changed outside of ``change``; whether there was anything."""
    with transaction.atomic():
        head = _head()
        if head.stray:
            _seal_strays(head, source)
        return head.stray


@dataclass(frozen=True, slots=True)
class _Head:
    """The newest block, and whether entries wait that belong to none."""

    number: int
    digest: str
    stray: bool


@dataclass(frozen=True, slots=True)
class _Content:
    """The entries under one mark: how many, and one digest over them."""

    mark: int
    count: int
    digest: str


@dataclass(frozen=True, slots=True)
class _Words:
    """Who, what and why, as a block keeps them."""

    source: Source
    actor: Actor
    action: str
    reason: str


NOBODY: Final = {
    Source.UNKNOWN: _Words(Source.UNKNOWN, SYSTEM, "来源不明的变动", "没有经过系统的操作，由系统发现后补记。"),
    Source.UPGRADE: _Words(Source.UPGRADE, SYSTEM, "数据库升级", "升级程序改动的数据。"),
}


def _head() -> _Head:
    """The newest block; nobody else seals until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM zhunsheng_head()" if connection.vendor == "postgresql" else HEAD)
        number, newest, stray = cursor.fetchone()
    return _Head(number or 0, newest or FIRST, bool(stray))


def _seal_strays(head: _Head, source: Source) -> _Head:
    mark = new_mark()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET mark = %s WHERE mark IS NULL", [mark])
    return _write(head, NOBODY[source], _content(mark), [])


def _content(mark: int) -> _Content:
    return _Content(mark, *total(entry_digests(mark), ALGORITHM))


def entry_digests(mark: int) -> Iterator[str]:
    """The digests of a block's entries in their order, read in pages."""
    query = (
        f"SELECT {', '.join(ENTRY)}, {dialect(connection).WRITTEN_AT} FROM journal_entry "  # noqa: S608 - our own names
        f"WHERE mark = %s AND id > %s ORDER BY id LIMIT {PAGE}"
    )
    last, rows = 0, [()] * PAGE
    while len(rows) == PAGE:
        with connection.cursor() as cursor:
            cursor.execute(query, [mark, last])
            rows = cursor.fetchall()
        yield from (digest(row, ALGORITHM) for row in rows)
        last = rows[-1][0] if rows else last


def unique(about: list[Said]) -> list[tuple[str, str, str, str, str]]:
    """Each record once for each verb, as ``MENTION`` keeps it."""
    rows = {
        (said.ref.kind, str(said.ref.key), said.action): (
            said.ref.kind, str(said.ref.key), said.ref.label[:200], said.action, said.reason,
        )
        for said in about
    }  # fmt: skip
    return list(rows.values())


def _write(head: _Head, words: _Words, content: _Content, said: list[tuple[str, str, str, str, str]]) -> _Head:
    """Write the block after ``head``, which is the newest then."""
    actor, moment, number = words.actor, now(), head.number + 1
    cells: dict[str, Cell] = {
        "number": number, "mark": content.mark, "source": words.source.value, "actor_id": actor.pk,
        "actor_name": actor.full_name[:64], "unit_id": actor.unit_id, "unit_name": actor.unit_name[:100],
        "action": words.action[:64], "reason": words.reason, "at": instant(moment), "entries": content.count,
        "entries_digest": content.digest, "mentions_digest": mentions_digest(said), "algorithm": ALGORITHM,
        "previous": head.digest,
    }  # fmt: skip
    sealed = block_digest(cells, ALGORITHM)
    _insert("journal_block", (*BLOCK, "digest"), [[*_stored(cells, moment), sealed]])
    _insert("journal_mention", ("block_id", *MENTION), [[number, *row] for row in said])
    transaction.on_commit(partial(anchors.keep, anchors.Anchor(number, sealed, instant(moment))))
    return _Head(number, sealed, stray=False)


def mentions_digest(said: list[tuple[str, str, str, str, str]]) -> str:
    """One digest over the mentions of a block in their order."""
    return total((digest(row, ALGORITHM) for row in said), ALGORITHM)[1]


def block_digest(cells: dict[str, Cell], algorithm: str) -> str:
    """The digest of a block."""
    return digest([cells[name] for name in BLOCK], algorithm)


def _stored(cells: dict[str, Cell], moment: datetime) -> list[Any]:
    at = connection.ops.adapt_datetimefield_value(moment)
    return [at if name == "at" else cells[name] for name in BLOCK]


def _insert(table: str, columns: Sequence[str], rows: list[list[Any]]) -> None:
    """Insert rows, many by one statement: each statement is a journey to the server."""
    places = f"({', '.join(['%s'] * len(columns))})"
    for start in range(0, len(rows), AT_ONCE):
        page = rows[start : start + AT_ONCE]
        query = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([places] * len(page))}"  # noqa: S608 - our own names
        with connection.cursor() as cursor:
            cursor.execute(query, [cell for row in page for cell in row])
