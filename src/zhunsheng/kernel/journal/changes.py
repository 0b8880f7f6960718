"""One change: one transaction, one actor, one reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.refs import Ref


@contextmanager
def change(actor: Actor, action: str, *, about: Iterable[Ref] = (), reason: str = "") -> Iterator[None]:
    """Everything changed inside is one transaction, done by ``actor``.

    ``action`` is the Chinese verb that histories show (上报, 退回); ``about`` the records in whose histories it
    appears; ``reason`` what the actor gave as a reason. Inside another change it joins that one.
    """
    with transaction.atomic():
        yield
