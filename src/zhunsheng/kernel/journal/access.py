"""The access log: reads and attempts that must be known. A log that cannot be written stops what was to be logged.

Rows are sealed in batches: an ``AccessSeal`` with a digest over them is journalled like any other row, so that the chain
covers them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from zhunsheng.kernel.actor import SYSTEM, Actor
from zhunsheng.kernel.journal.changes import change
from zhunsheng.kernel.journal.digests import ALGORITHM, digest, instant, total
from zhunsheng.kernel.journal.images import stream
from zhunsheng.kernel.journal.kinds import AccessKind
from zhunsheng.kernel.journal.models import Access, AccessSeal
from zhunsheng.kernel.journal.scope import new_mark
from zhunsheng.kernel.now import now

if TYPE_CHECKING:
    from zhunsheng.kernel.refs import Ref

EVERY: Final = 100
COLUMNS: Final = (
    *("id", "at", "kind", "actor_id", "actor_name", "unit_name", "username"),
    *("address", "ref_kind", "ref_key", "ref_label", "detail"),
)
"""The columns that are digested, in this order."""


__all__ = ["AccessKind", "note", "seal"]


def note(
    kind: AccessKind | str,
    *,
    actor: Actor | None,
    username: str = "",
    address: str = "",
    about: Ref | None = None,
    detail: str = "",
) -> Access:
    """Write one line of the access log. Raises ``ValueError`` for a kind that is none.

    ``username`` is what was typed where nobody is signed in.

    Call it outside of a transaction that may be undone: a refusal that is rolled back with what was refused is lost.
    """
    row = Access.objects.create(
        kind=AccessKind(kind),
        at=now(),
        actor_id=actor.pk if actor else None,
        actor_name=actor.full_name[:64] if actor else "",
        unit_name=actor.unit_name[:100] if actor else "",
        username=username[:150],
        address=address[:64],
        ref_kind=about.kind if about else "",
        ref_key=str(about.key) if about else "",
        ref_label=about.label[:200] if about else "",
        detail=detail,
    )
    if row.pk % EVERY == 0:
        transaction.on_commit(seal, robust=True)
    return row


def seal() -> None:
    """Seal all rows that are not sealed yet; nothing where there are none."""
    with change(SYSTEM, "封存访问日志"):
        number = new_mark()
        if Access.objects.filter(seal__isnull=True).update(seal=number):
            query = f"SELECT {', '.join(COLUMNS)} FROM journal_access WHERE seal = %s ORDER BY id"  # noqa: S608 - our own names
            count, sealed = total(digests(stream(connection, query, [number]), ALGORITHM), ALGORITHM)
            AccessSeal.objects.create(pk=number, rows=count, algorithm=ALGORITHM, digest=sealed)


def digests(rows: Iterable[Sequence[Any]], algorithm: str) -> Iterator[str]:
    """The digests of rows of ``COLUMNS``."""
    for number, at, *rest in rows:
        yield digest([number, instant(at), *rest], algorithm)
