"""Taking the next number of a series, under a lock, inside the caller's transaction."""

from __future__ import annotations

from django.db import connection

from zhunsheng.kernel.now import now
from zhunsheng.kernel.numbers.models import Series, Taken
from zhunsheng.kernel.refs import Ref


def take(series: str, organ: str, year: int, *, ref: Ref) -> int:
    """The next number of the series, from 1; entered in the register for ``ref``.

    The row of the series stays locked until the caller's transaction ends, and is rolled back with it: no number is
    left out or given twice. Whoever takes from several series in one transaction takes them in the order of their
    names, else two such transactions wait for each other. Raises ``RuntimeError`` outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken inside the transaction that uses it")
    key = {"series": series, "organ": organ, "year": year}
    row = Series.objects.select_for_update().filter(**key).first()
    if row is None:
        Series.objects.bulk_create([Series(**key)], ignore_conflicts=True)
        row = Series.objects.select_for_update().get(**key)
    row.last += 1
    row.save(update_fields=["last"])
    Taken.objects.create(series=row, number=row.last, kind=ref.kind, key=ref.key, label=ref.label[:300], at=now())
    return row.last


def shown(word: str, year: int, number: int) -> str:
    """A document number as printed (GB/T 9704 7.2.5): ``云府办〔2026〕14号``; no leading zeros."""
    return f"{word}〔{year}〕{number}号"


def gaps(row: Series) -> list[int]:
    """Numbers up to ``last`` that stand in no register entry; empty unless somebody deleted rows."""
    held = set(Taken.objects.filter(series=row).values_list("number", flat=True))
    return [number for number in range(1, row.last + 1) if number not in held]
