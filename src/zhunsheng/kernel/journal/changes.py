"""One change: one transaction, one actor, one reason, one block of the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.journal import sealing
from zhunsheng.kernel.journal.scope import Said, Scope, current, new_mark, opened
from zhunsheng.kernel.refs import Ref


@contextmanager
def change(actor: Actor, action: str, *, about: Iterable[Ref] = (), reason: str = "") -> Iterator[None]:
    """Everything changed inside is one transaction, done by ``actor``, and one block of the journal.

    ``action`` is the Chinese verb that histories show (上报, 退回); ``about`` the records in whose histories it
    appears; ``reason`` what the actor gave as a reason. Inside another change it joins that one: the block stays the
    outer actor's, the records mentioned here keep this verb and this reason. What cannot be journalled is not done.

    The block is sealed at the end of the outermost change, which should itself be the outermost transaction: inside a
    wider ``atomic`` the lock of the chain is held until that one ends.
    """
    said = [Said(ref, action, reason) for ref in about]
    outer = current()
    if outer is None:
        with transaction.atomic(), _begun(Scope(actor, action, reason, new_mark(), said)) as scope:
            yield
            if not connection.needs_rollback:
                sealing.seal(scope)
    else:
        with _joined(outer, said), transaction.atomic():
            yield


@contextmanager
def _begun(scope: Scope) -> Iterator[Scope]:
    """``scope`` is open, and PostgreSQL's triggers know its mark."""
    outermost = not connection.savepoint_ids
    sealing.tell(scope.mark)
    with opened(scope):
        yield scope
    if not outermost and not connection.needs_rollback:
        sealing.tell(None)


@contextmanager
def _joined(outer: Scope, said: list[Said]) -> Iterator[None]:
    """Records mentioned in an inner change that fails are not mentioned."""
    before = len(outer.about)
    outer.about += said
    try:
        yield
    except BaseException:
        del outer.about[before:]
        raise
