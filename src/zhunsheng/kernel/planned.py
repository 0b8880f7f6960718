"""PostgreSQL keeps the plans of prepared questions: making one costs it as much as most of them take to run.

Only the values are sent as parameters, each with its own type; what else stands in the SQL is written into it, so the
server plans it as it would plan the statement by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg import sql
from psycopg._queries import PostgresQuery

PLACE: Final = re.compile(r"%(.)", re.DOTALL)
KEPT: Final = 160
"""Statements that a connection keeps, the longest unused go first: what the pages of everyday ask, twice over."""


class Cursor(ServerBindingCursor):
    """Prepares what it executes."""

    def execute(self, query: Any, params: Any = None, **_: Any) -> Any:
        """At the first time on this connection; then it runs the plan that is there."""
        done = super().execute(query, params, prepare=True)  # type: ignore[misc]
        self._query = PostgresQuery(self._tx)  # type: ignore[attr-defined]  # where Django looks for what was asked
        self._query.query = query.encode()
        return done


@contextmanager
def planning(connection: Any) -> Iterator[None]:
    """Inside the block the cursors of Django's connection prepare what they execute."""
    connection.ensure_connection()
    link = connection.connection
    before = link.cursor_factory, link.prepare_threshold
    link.cursor_factory, link.prepare_threshold, link.prepared_max = Cursor, 0, KEPT
    try:
        yield
    finally:
        link.cursor_factory, link.prepare_threshold = before  # or every statement would be counted, and its text kept


def written(statement: str, parameters: Sequence[Any], is_value: Callable[[Any], bool]) -> tuple[str, tuple[Any, ...]]:
    """The statement with every parameter written into it that is no value; the values remain, in their order."""
    waiting = iter(parameters)
    values: list[Any] = []

    def put(match: re.Match[str]) -> str:
        if match[1] != "s":
            return match[0]
        one = next(waiting)
        if is_value(one):
            values.append(one)
            return "%s"
        return sql.Literal(one).as_string().replace("%", "%%")

    return PLACE.sub(put, statement), tuple(values)
