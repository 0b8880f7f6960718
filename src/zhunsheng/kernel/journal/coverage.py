"""What is journalled: every table of ours and of Django's, except what is exempt by declaration.

A model declares by class attributes

- ``journal_exempt = "why"``: no row of it is journalled (what can be computed again: staging, search index);
- ``journal_ignored = ("last_login",)``: columns that are left out;
- ``journal_redacted = ("password",)``: columns of which only a digest is kept. Only for what cannot be guessed: a salted
  hash, a random token. An identity number could be found by trying.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import models

EXEMPT: Final = {
    "sessions.session": "signed-in state, not a record",
    "contenttypes.contenttype": "made from the models by every migration",
    "auth.permission": "made from the models by every migration",
    "journal.entry": "the journal itself",
    "journal.block": "the journal itself",
    "journal.mention": "the journal itself",
    "journal.access": "sealed by digests (access)",
}
EXEMPT_APPS: Final = frozenset({"axes"})
"""Applications that only count attempts; what must be known of them is in the access log."""
MOST_COLUMNS: Final = 60
"""SQLite's functions take 127 arguments, a column is two."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the journal sees it."""

    name: str
    binary: bool
    redacted: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A journalled table: its primary key, the columns that are kept, and the names of those left out."""

    name: str
    key: str
    columns: tuple[Column, ...]
    ignored: tuple[str, ...]

    @property
    def redacted(self) -> tuple[str, ...]:
        """Names of the columns of which only a digest is kept."""
        return tuple(column.name for column in self.columns if column.redacted)


def exemption(model: type[models.Model]) -> str:
    """Why the rows of a model are not journalled; "" where they are."""
    label = model._meta.label_lower
    if model._meta.app_label in EXEMPT_APPS:
        return "counts attempts"
    declared: str = getattr(model, "journal_exempt", "")
    return EXEMPT.get(label, declared)


def journalled() -> Iterator[type[models.Model]]:
    """The models whose rows are journalled, tables between two models included."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and not exemption(model):
            yield model


def tables(existing: Mapping[str, Set[str]]) -> tuple[Table, ...]:
    """The journalled tables that the database has: ``existing`` are its columns by table."""
    found = (
        _table(model, existing[model._meta.db_table]) for model in journalled() if model._meta.db_table in existing
    )
    return tuple(sorted(found, key=lambda table: table.name))


def _table(model: type[models.Model], existing: Set[str]) -> Table:
    ignored, redacted = _columns_of(model, "journal_ignored"), _columns_of(model, "journal_redacted")
    columns = tuple(
        Column(str(field.column), isinstance(field, models.BinaryField), field.column in redacted)
        for field in model._meta.local_concrete_fields
        if field.column in existing and field.column not in ignored
    )
    if len(columns) > MOST_COLUMNS:
        raise ValueError(f"{model._meta.label}: the journal takes {MOST_COLUMNS} columns at most")
    return Table(model._meta.db_table, str(model._meta.pk.column), columns, tuple(sorted(ignored & existing)))


def _columns_of(model: type[models.Model], attribute: str) -> frozenset[str]:
    """The columns of the fields that an attribute names. Raises ``FieldDoesNotExist`` for a name that is none."""
    names: tuple[str, ...] = getattr(model, attribute, ())
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    return frozenset(field.column for field in fields)
