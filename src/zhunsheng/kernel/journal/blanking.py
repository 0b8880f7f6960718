"""Content that should never have been entered (an identity number in a remark) is blanked by two persons.

The rows stay, with their digests in the place of their content, so that the chain still proves everything else and shows
that something was taken out, when, by whom and why.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal.changes import change
from zhunsheng.kernel.journal.dialects import dialect
from zhunsheng.kernel.journal.digests import digest
from zhunsheng.kernel.journal.models import Blanking, Block, Entry
from zhunsheng.kernel.journal.sealing import ENTRY


def blank(*, entries: Collection[int], by: Actor, second: Actor, reason: str) -> int:
    """Blank the content of these entries; how many.

    Mend the record itself first, by an ordinary change: only the journal is blanked here. Raises ``Refused`` unless two
    different members agree, give a reason, and every entry is sealed and still has its content.
    """
    if second.pk is None or by.pk is None or by.pk == second.pk:
        raise Refused("two_persons", "清除日志内容要由两名不同的成员办理：一人提出，另一人复核。")
    if not reason.strip():
        raise Refused("reason", "清除日志内容要写明理由，例如“备注中误录了身份证号”。")
    with change(by, "清除误录内容", reason=reason):
        for row in _rows(entries):
            Blanking.objects.create(entry=row[0], digest=row[1], second_id=second.pk, second_name=second.full_name[:64])
            Entry.objects.filter(pk=row[0]).update(before="", after="")
    return len(set(entries))


def _rows(entries: Collection[int]) -> list[tuple[int, str]]:
    """The entries to blank with their digests, under lock."""
    found = Entry.objects.select_for_update().filter(pk__in=set(entries), mark__isnull=False).order_by("pk")
    marks = {entry.pk: entry.mark for entry in found if entry.before or entry.after}
    if len(marks) < len(set(entries)) or not marks:
        raise Refused("entry", "选中的变动里，有的不存在，有的还没有封存，或者内容已经清除。请重新选择。")
    algorithms = dict(Block.objects.filter(mark__in=set(marks.values())).values_list("mark", "algorithm"))
    return [(number, _digest(number, algorithms[mark])) for number, mark in marks.items() if mark is not None]


def _digest(number: int, algorithm: str) -> str:
    query = f"SELECT {', '.join(ENTRY)}, {dialect(connection).WRITTEN_AT} FROM journal_entry WHERE id = %s"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(query, [number])
        return digest(cursor.fetchone(), algorithm)
