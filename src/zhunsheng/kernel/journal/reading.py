"""What pages need of the journal. A fixed number of queries each, whatever the size."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from zhunsheng.kernel.journal.kinds import AccessKind, Source
from zhunsheng.kernel.journal.models import Access, Block, Entry, Mention
from zhunsheng.kernel.prepared import Text, prepared
from zhunsheng.kernel.refs import Ref

M = TypeVar("M", bound=models.Model)
SHOWN: Final = 40
"""Changed rows that a history shows of one block."""


@dataclass(frozen=True, slots=True)
class Field:
    """A changed column by its name on the screen; ``None`` where there was or is nothing."""

    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Changed:
    """A changed row: table and operation in words, its key, its columns. ``blanked``: the content was taken out."""

    entry: int
    table: str
    label: str
    key: str
    operation: str
    fields: tuple[Field, ...]
    origin: str
    blanked: bool


@dataclass(frozen=True, slots=True)
class Event:
    """A block in the history of one record: the verb and the reason given for this record, and what changed."""

    block: Block
    label: str
    action: str
    reason: str
    changed: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """A page of a list, the newest first; ``total`` is the length of the whole list."""

    rows: tuple[M, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which blocks or accesses; what is left out does not matter. Days are of China Standard Time, both included.

    ``person``, ``unit`` and ``words`` are looked for anywhere in what they name; ``seen`` is what whoever asks may see.
    """

    actor_id: int | None = None
    since: date | None = None
    until: date | None = None
    words: str = ""
    person: str = ""
    unit: str = ""
    seen: models.Q = field(default_factory=models.Q)


def blocks(
    wanted: Wanted = Wanted(), *, source: Source | None = None, about: Ref | None = None, page: int = 1, size: int = 50
) -> Page[Block]:
    """Blocks, the newest first; two queries. ``words`` is looked for in action, reason and names."""
    return _page(blocks_found(wanted, source=source, about=about), page, size)


def blocks_found(
    wanted: Wanted = Wanted(), *, source: Source | None = None, about: Ref | None = None
) -> QuerySet[Block]:
    """All of these blocks, the newest first. A ref without a key means every record of its kind."""
    found = _within(Block.objects.order_by("-number"), wanted)
    if source:
        found = found.filter(source=source)
    if about:
        said = Mention.objects.filter(kind=about.kind, **({"key": about.key} if about.key else {}))
        found = found.filter(number__in=said.values("block"))
    return _saying(found, wanted.words, "action", "reason", "actor_name", "unit_name")


def accesses(
    wanted: Wanted = Wanted(), *, kind: AccessKind | None = None, page: int = 1, size: int = 50
) -> Page[Access]:
    """Lines of the access log, the newest first; two queries."""
    return _page(accesses_found(wanted, kind=kind), page, size)


def accesses_found(wanted: Wanted = Wanted(), *, kind: AccessKind | None = None) -> QuerySet[Access]:
    """All of these lines, the newest first."""
    found = _within(Access.objects.order_by("-id"), wanted)
    if kind:
        found = found.filter(kind=kind)
    return _saying(found, wanted.words, "actor_name", "username", "address", "ref_label", "detail")


def entries_of(block: Block, *, page: int = 1, size: int = 200) -> tuple[Changed, ...]:
    """The changed rows of a block in their order; one query. How many there are is ``block.entries``."""
    found = Entry.objects.filter(mark=block.mark).order_by("id")[(page - 1) * size : page * size]
    return tuple(map(changed, found))


def history(ref: Ref, *, size: int = 100) -> tuple[Event, ...]:
    """What happened to a record, the newest first; two queries. Of each block at most ``SHOWN`` rows."""
    mentions = _mentioned(ref.kind, Text(ref.key), size=size)
    rows: dict[int | None, list[Changed]] = {}
    for entry in _first(frozenset(mention.block.mark for mention in mentions)):
        rows.setdefault(entry.mark, []).append(changed(entry))
    return tuple(
        Event(one.block, one.label, one.action, one.reason, tuple(rows.get(one.block.mark, ()))) for one in mentions
    )


@prepared
def _mentioned(kind: str, key: str, *, size: int) -> QuerySet[Mention]:
    return Mention.objects.filter(kind=kind, key=key).select_related("block").order_by("-block", "id")[:size]


def changed(entry: Entry) -> Changed:
    """An entry in words."""
    before, after = (json.loads(text) if text else {} for text in (entry.before, entry.after))
    names = [*before, *(name for name in after if name not in before)]
    label, labels = _labels().get(entry.table, (entry.table, {}))
    fields = tuple(Field(*_words(labels.get(name), name, before, after)) for name in names)
    blanked = not entry.before and not entry.after
    return Changed(
        entry.pk, entry.table, label, entry.key, entry.get_operation_display(), fields, entry.origin, blanked
    )


def _words(
    field: Any, name: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[str, str | None, str | None]:
    """Label, old and new value; a choice by its words."""
    choices = dict(field.flatchoices) if field is not None else {}
    old, new = (None if side.get(name) is None else _shown(side[name], choices) for side in (before, after))
    return (str(field.verbose_name) if field is not None else name), old, new


def _shown(value: Any, choices: Mapping[Any, Any]) -> str:
    """A value in words. PostgreSQL brings a column of JSON as what it holds, SQLite as its text."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(choices.get(value, value))


@lru_cache(maxsize=1)
def _labels() -> dict[str, tuple[str, dict[str, Any]]]:
    """What tables and columns are called on the screen."""
    return {
        model._meta.db_table: (
            str(model._meta.verbose_name),
            {str(field.column): field for field in model._meta.local_concrete_fields},
        )
        for model in apps.get_models(include_auto_created=True)
    }


@prepared
def _first(marks: frozenset[int]) -> QuerySet[Entry]:
    """The first ``SHOWN`` entries of each of these blocks."""
    place = Window(RowNumber(), partition_by=[F("mark")], order_by=F("id").asc())
    return Entry.objects.filter(mark__in=marks).annotate(place=place).filter(place__lte=SHOWN).order_by("id")


def _within(found: QuerySet[M], wanted: Wanted) -> QuerySet[M]:
    found = found.filter(wanted.seen)
    if wanted.person:
        found = found.filter(actor_name__contains=wanted.person)
    if wanted.unit:
        found = found.filter(unit_name__contains=wanted.unit)
    if wanted.actor_id is not None:
        found = found.filter(actor_id=wanted.actor_id)
    if wanted.since:
        found = found.filter(at__date__gte=wanted.since)
    return found.filter(at__date__lte=wanted.until) if wanted.until else found


def _saying(found: QuerySet[M], words: str, *columns: str) -> QuerySet[M]:
    if not words:
        return found
    condition = models.Q()
    for column in columns:
        condition |= models.Q(**{f"{column}__contains": words})
    return found.filter(condition)


def _page(found: QuerySet[M], page: int, size: int) -> Page[M]:
    return Page(tuple(found[(page - 1) * size : page * size]), found.count())
