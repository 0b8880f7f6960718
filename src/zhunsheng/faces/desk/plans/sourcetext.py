"""The source text of an edition with marks on what its rows say: the left-hand side of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import cast

from zhunsheng.faces.plantext.printed import Paragraph, TableRows, printed
from zhunsheng.kernel.documents.model import Cell, Document, Kind, Table
from zhunsheng.programmes.plans.models import Edition, Query, Source, Target, WordedDue, WordedFrequency, Wording
from zhunsheng.programmes.plans.reading import model as read
from zhunsheng.programmes.plans.reading import read_plan


def document_of(source: Source) -> Document:
    """The document as it was read when it was handed in."""
    tables = tuple(
        Table(tuple(tuple(Cell(a, b, column, bool(merged)) for a, b, column, merged in row) for row in rows))
        for rows in source.tables
    )
    return Document(source.text, cast("Kind", source.kind), tables)


def paragraphs(
    edition: Edition, wordings: Sequence[Wording], queries: Sequence[Query]
) -> Iterator[Paragraph | TableRows]:
    """The printed text; marks link to ``#t1`` … as ``wordings`` are ordered, and to ``#q1`` … as ``queries`` are."""
    document = document_of(edition.source)
    heads = _headings(document)
    reading = read.Reading(
        text=document.text,
        title=heads.title,
        issuer="",
        document_number="",
        signed_on=None,
        published_on=None,
        sections=heads.sections,
        tasks=tuple(task_of(one, document.text) for one in wordings),
        goals=(),
        definitions=(),
        warnings=tuple(read.Doubt(one.code, one.message, one.start, one.end) for one in queries),
    )
    return printed(document, reading)


@lru_cache(maxsize=16)
def _headings(document: Document) -> read.Reading:
    """Title and headings are not stored: they are read again, once for each text, and only to be drawn."""
    return read_plan(document)


def task_of(wording: Wording, text: str) -> read.Task:
    """The rows of a task as a reading has them; what a person wrote has an empty span where the task begins."""
    return read.Task(
        number=wording.number,
        section=wording.section,
        title=wording.title,
        text=text[wording.start : wording.end],
        start=wording.start,
        end=wording.end,
        mentions=tuple(
            read.Mention(
                one.name.printed,
                *_place(one.start, one.end, wording),
                one.name.printed,
                cast("read.UnitRole", one.role),
                wording.role_label,
                one.name.collective,
            )
            for one in wording.mentions.all()
        ),
        role_label=wording.role_label,
        open_ended=wording.open_ended,
        due=tuple(due_of(one, wording) for one in wording.dues.all()),
        frequency=tuple(frequency_of(one, wording) for one in wording.frequencies.all()),
        targets=tuple(target_of(one, wording) for one in wording.targets.all()),
    )


def _place(start: int | None, end: int | None, wording: Wording) -> tuple[int, int]:
    return (wording.start, wording.start) if start is None or end is None else (start, end)


def due_of(one: WordedDue, wording: Wording) -> read.Due:
    """A due date as read."""
    start, end = _place(one.start, one.end, wording)
    return read.Due(one.printed, start, end, one.date, cast("read.Per", one.recurs) if one.recurs else None)


def frequency_of(one: WordedFrequency, wording: Wording) -> read.Frequency:
    """A frequency as read."""
    start, end = _place(one.start, one.end, wording)
    return read.Frequency(
        one.printed, start, end, one.count, cast("read.Op", one.op), cast("read.Per", one.per), one.spread or None
    )


def target_of(one: Target, wording: Wording) -> read.Target:
    """A target as read."""
    start, end = _place(one.start, one.end, wording)
    value: Decimal | tuple[Decimal, Decimal] | str = one.words
    if one.low is not None:
        value = one.low if one.high is None else (one.low, one.high)
    return read.Target(one.printed, start, end, one.quantity, cast("read.Op", one.op), value, one.unit)
