"""Questions that pages ask again and again: their SQL is made once, only the values differ from call to call.

Django makes the SQL of a queryset anew at every use, which costs five times what SQLite needs to find a row by its key.
``@prepared`` keeps it. See docs/decisions/0021-prepared-questions.md.
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from functools import wraps
from threading import Lock
from typing import Any, Final, Generic, ParamSpec, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Aggregate, Count, Expression, QuerySet, Value
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

from zhunsheng.kernel import planned

Values = ParamSpec("Values")


class Text(str):
    """Words that are a value, like a number: text as it is belongs to the form of a question."""

    __slots__ = ()


Row = TypeVar("Row")
MOST: Final = 64
"""How many forms of a question are kept, the longest unused go first: a page has a handful, words in them could be many."""


def value(words: str) -> str:
    """``Text``; but none at all are the form of a question that does not look for any."""
    return Text(words) if words else ""


VALUES: Final[dict[type, models.Field[Any, Any]]] = {
    int: models.BigIntegerField(),
    Text: models.TextField(),
    date: models.DateField(),
    datetime: models.DateTimeField(),
}
"""What is a value: it may differ from call to call. Whatever else is given, and how many there are, is the form."""


def prepared(ask: Callable[Values, QuerySet[Any, Row]]) -> Callable[Values, list[Row]]:
    """Let a function that makes a queryset answer with its rows; it is called once for each form of its arguments.

    Arguments are numbers, days, instants, ``Text``, and tuples, sets and frozen dataclasses of them: ``ask`` gets placeholders
    instead, and may compare columns with them, not look at them. Other text, ``None`` and keyword arguments are the form.
    What ``ask`` finds out by itself (the day, who is asking) would be kept too: it must be given.
    """
    kept: OrderedDict[object, _Question[Row] | None] = OrderedDict()
    lock = Lock()

    @wraps(ask)
    def answered(*args: Values.args, **form: Values.kwargs) -> list[Row]:
        connection = connections[DEFAULT_DB_ALIAS]
        values: list[Any] = []
        noted = tuple(_replaced(one, _noting(values), _as_it_is) for one in args)
        key = (connection.vendor, noted, tuple(form.items()))
        with lock:
            known = key in kept
            if known:
                kept.move_to_end(key)
            question = kept.get(key)
        if not known:
            question = _made(ask, args, form, connection)
            with lock:
                kept[key] = question
                while len(kept) > MOST:
                    kept.popitem(last=False)
        return question.answer(values, connection) if question else []

    return answered


def figures(rows: QuerySet[Any, Any], **wanted: Aggregate) -> QuerySet[Any, Any]:
    """One row, a mapping, with figures over all of ``rows``: what ``aggregate`` answers, as a question to be prepared."""
    found: QuerySet[Any, Any] = rows.order_by().annotate(whole=Value(1)).values("whole").annotate(**wanted)
    return found.values(*wanted)


def count(rows: QuerySet[Any, Any]) -> QuerySet[Any, int]:
    """One row with the number of ``rows``."""
    return figures(rows, count=Count("pk")).values_list("count", flat=True)


def _noting(values: list[Any]) -> Callable[[Any], object]:
    def note(value: Any) -> object:
        values.append(value)
        return type(value)

    return note


def _as_it_is(values: tuple[Any, ...]) -> object:
    return values


def _replaced(given: Any, put: Callable[[Any], object], together: Callable[[tuple[Any, ...]], object]) -> Any:
    """``given`` with something else put for each of its values, in an order that does not change; ``together`` for sets."""
    kind = type(given)
    if kind in VALUES:
        return put(given)
    if kind is tuple:
        return tuple(_replaced(one, put, together) for one in given)
    if kind in {set, frozenset} and all(type(one) in VALUES for one in given):
        return together(tuple(put(one) for one in sorted(given)))
    if is_dataclass(given) and not isinstance(given, type):
        parts = {one.name: _replaced(getattr(given, one.name), put, together) for one in fields(given)}
        return replace(given, **parts)
    if isinstance(given, models.Model | dict | list):
        raise TypeError(f"a prepared question takes values, not a {kind.__name__}")
    return given


class Given(Expression):
    """The place of a value, by its number among the values of a call; of a day, ``shift`` later."""

    def __init__(self, number: int, field: models.Field[Any, Any], shift: timedelta = timedelta()) -> None:
        super().__init__(output_field=field)
        self.number, self.shift = number, shift

    def __add__(self, shift: object) -> Any:
        """So many days later."""
        if not isinstance(shift, timedelta):
            return NotImplemented
        return Given(self.number, self.output_field, self.shift + shift)

    def __sub__(self, shift: object) -> Any:
        """So many days earlier."""
        return self + -shift if isinstance(shift, timedelta) else NotImplemented

    def as_sql(self, compiler: object, connection: object, **_: object) -> Any:
        """A place in the SQL, and this expression as its parameter until a value is there."""
        return "%s", [self]

    def filled(self, values: Sequence[Any], connection: Any) -> Any:
        """What goes to the database."""
        value = values[self.number]
        return self.output_field.get_db_prep_value(value + self.shift if self.shift else value, connection)


class Among(Expression):
    """The places of a set of values, for ``__in``. How many they are is known, so it may be asked whether there are any."""

    def __init__(self, *places: Given) -> None:
        super().__init__(output_field=models.BigIntegerField())
        self.places = places

    def __or__(self, other: object) -> Any:
        """Both sets together; what is in both stands there twice."""
        if not isinstance(other, Among) and other != frozenset():
            return NotImplemented
        return Among(*self.places, *(other.places if isinstance(other, Among) else ()))

    __ror__ = __or__

    def as_sql(self, compiler: object, connection: object, **_: object) -> Any:
        """One place for each."""
        return f"({', '.join(['%s'] * len(self.places))})", list(self.places)


def _among(places: tuple[Any, ...]) -> Among | frozenset[Any]:
    return Among(*places) if places else frozenset()


@dataclass(frozen=True, slots=True)
class _Question(Generic[Row]):
    rows: QuerySet[Any, Row]
    compiler: SQLCompiler
    sql: str
    parameters: tuple[object, ...]
    kind: type[_Statement]

    def answer(self, values: list[Any], connection: Any) -> list[Row]:
        """The rows for these values; one query, and those of what is prefetched."""
        filled = tuple(one.filled(values, connection) if isinstance(one, Given) else one for one in self.parameters)
        rows = self.rows.all()
        rows.query.__class__ = _Compiled
        cast("_Compiled", rows.query).compiled = self.kind.of(self.compiler, connection, self.sql, filled)
        return list(rows)


def _made(ask: Callable[..., QuerySet[Any, Row]], args: Any, form: Any, connection: Any) -> _Question[Row] | None:
    """The question for arguments of this form; ``None`` where nothing can be in its answer."""
    places: list[Given] = []

    def place(value: Any) -> Given:
        places.append(Given(len(places), VALUES[type(value)]))
        return places[-1]

    rows = ask(*(_replaced(one, place, _among) for one in args), **form).using(DEFAULT_DB_ALIAS)
    compiler = rows.query.clone().get_compiler(connection=connection)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    if connection.vendor == "postgresql":
        sql, parameters = planned.written(sql, parameters, lambda one: isinstance(one, Given))
        return _Question(rows, compiler, sql, parameters, _Planned)
    return _Question(rows, compiler, sql, tuple(parameters), _Statement)


class _Compiled(Query):
    """A query whose SQL is there; it is only run."""

    compiled: SQLCompiler

    def get_compiler(self, *_: object, **__: object) -> SQLCompiler:
        return self.compiled


class _Statement(SQLCompiler):
    """What Django's compiler found out about the rows, with this call's connection and values."""

    said: tuple[str, tuple[object, ...]]

    @classmethod
    def of(cls, kept: SQLCompiler, connection: Any, sql: str, filled: tuple[object, ...]) -> SQLCompiler:
        """A copy: other threads use ``kept`` too."""
        made = copy.copy(kept)
        made.__class__ = cls
        made.connection = connection
        cast("_Statement", made).said = sql, filled
        return made

    def as_sql(self, *_: object, **__: object) -> Any:
        return self.said


class _Planned(_Statement):
    """On PostgreSQL: the server keeps its plan too."""

    def execute_sql(self, *args: Any, **kwargs: Any) -> Any:
        """As ever, with cursors that prepare."""
        with planned.planning(self.connection):
            return super().execute_sql(*args, **kwargs)
