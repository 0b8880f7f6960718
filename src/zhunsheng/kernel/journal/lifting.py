"""Emptying the tables between tests. The shipped settings do not allow it, and nothing in the product calls it.

Django's transaction tests empty every table when they end; the guards of the journal refuse exactly that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from zhunsheng.kernel.journal import anchors, postgresql, scope


@contextmanager
def lifted() -> Iterator[None]:
    """Inside, tables can be emptied and journal rows deleted; the anchors, which speak of what was, go too.

    Raises ``ImproperlyConfigured`` unless the settings say ``JOURNAL_MAY_BE_EMPTIED``, which only those of tests do.
    """
    if not getattr(settings, "JOURNAL_MAY_BE_EMPTIED", False):
        raise ImproperlyConfigured("日志只在测试里可以清空。")
    anchors.path().unlink(missing_ok=True)
    with scope.unguarded():
        _replace(postgresql.TRUNCATE_LIFTED)
        try:
            yield
            _forget()
        finally:
            _replace(postgresql.TRUNCATE)


def _forget() -> None:
    """SQLite empties tables row by row, which the triggers of the later ones have written down."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM journal_entry")


def _replace(body: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            postgresql.replace_function(cursor, "zhunsheng_truncate", body)
