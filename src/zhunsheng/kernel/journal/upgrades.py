"""Triggers are taken away before migrations and generated after them; what a migration did to rows is one block.

Django remakes a table on SQLite for most changes, and its triggers vanish without a word. So they are never left to a
migration. Afterwards every journalled table is compared with what the journal says of it; whatever differs is what the
migration did, and is entered with the rows before and after. The same is done where an upgrade was cut off half-way.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Max

from zhunsheng.kernel.journal import sealing
from zhunsheng.kernel.journal.coverage import Table, tables
from zhunsheng.kernel.journal.dialects import dialect
from zhunsheng.kernel.journal.images import Image, Row, agrees, journalled, named, paired, standing
from zhunsheng.kernel.journal.kinds import Operation, Source
from zhunsheng.kernel.journal.models import Block, Entry, Mention
from zhunsheng.kernel.journal.scope import guarded
from zhunsheng.kernel.now import now

PAGE: Final = 500
OWN: Final = frozenset(model._meta.db_table for model in (Entry, Block, Mention))


def before(*, using: str, plan: Sequence[Any] = (), **_: Any) -> None:
    """Seal what is loose, then take the triggers away; nothing where nothing will be migrated (``pre_migrate``)."""
    if not plan or using != connection.alias or not is_there():
        return
    if _triggers():
        sealing.sweep()
    with connection.cursor() as cursor:
        dialect(connection).drop(cursor)


def after(*, using: str, plan: Sequence[Any] = (), **_: Any) -> None:
    """Generate the triggers, and enter what a migration did (``post_migrate``)."""
    if using != connection.alias or not guarded() or not is_there():
        return
    standing_ = _triggers()
    if plan or not standing_:
        with transaction.atomic():
            install()
            absorb()
    elif standing_ != expected():
        install()


def install() -> None:
    """Put the generated triggers in place."""
    with connection.cursor() as cursor:
        speech = dialect(connection)
        speech.install(cursor, tables(speech.columns(cursor)))


def expected() -> dict[str, str]:
    """The triggers that must stand in the database, by name."""
    with connection.cursor() as cursor:
        speech = dialect(connection)
        return speech.wanted(cursor, tables(speech.columns(cursor)))


def _triggers() -> dict[str, str]:
    with connection.cursor() as cursor:
        return dialect(connection).present(cursor)


def is_there() -> bool:
    """Whether the journal's own tables exist (they do not before its first migration)."""
    return set(connection.introspection.table_names()) >= OWN


def absorb() -> None:
    """Enter whatever differs from the journal, and seal it as done by the upgrade."""
    with connection.cursor() as cursor:
        known = {table.name: table for table in tables(dialect(connection).columns(cursor))}
    newest = Entry.objects.aggregate(newest=Max("id"))["newest"] or 0
    for name in sorted(known.keys() | named(connection)):
        found = _entries(name, known.get(name), newest)
        while page := list(islice(found, PAGE)):
            Entry.objects.bulk_create(page)
    sealing.sweep(Source.UPGRADE)


def _entries(name: str, table: Table | None, newest: int) -> Iterator[Entry]:
    """What the journal lacks of a table; all its rows are gone where the table is."""
    rows = standing(connection, table) if table else iter(())
    for key, row, image in paired(journalled(connection, name, newest), rows):
        if not agrees(row or Row(), image):
            yield _entry(name, key, row.image if row else None, image)


def _entry(name: str, key: str, old: Image | None, new: Image | None) -> Entry:
    operation = Operation.STATE if new is not None else Operation.DELETE
    return Entry(
        table=name, key=key, operation=operation, before=_text(old), after=_text(new), origin="数据库升级", at=now()
    )


def _text(image: Image | None) -> str:
    return "" if image is None else json.dumps(image, ensure_ascii=False)
