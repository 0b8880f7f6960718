"""What was read from a plan, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from zhunsheng.faces.cli.columns import cut, plain, table
from zhunsheng.programmes.plans import wording

if TYPE_CHECKING:
    from datetime import date

    from zhunsheng.programmes.plans.reading.model import Doubt, Due, Reading, Span, Task

HEADINGS: Final = ("序号", "任务", "牵头", "责任", "期限", "目标")
LIMITS: Final = (8, 28, 24, 28, 16, 24)


def summary(reading: Reading) -> str:
    """Title, counts, tasks as a list, doubts; the JSON says the rest."""
    return "\n".join([*_head(reading), *_tasks(reading.tasks), *_doubts(reading.warnings)])


def _head(reading: Reading) -> Iterator[str]:
    yield plain(reading.title) or "（没有读到标题）"
    facts = (
        ("文号", reading.document_number),
        ("签发", reading.issuer),
        ("成文", _day(reading.signed_on)),
        ("印发", _day(reading.published_on)),
    )
    known = "  ".join(f"{name} {plain(value)}" for name, value in facts if value)
    if known:
        yield known
    found = wording.counts(reading)
    counts = (
        ("任务", len(reading.tasks)),
        ("章节", len(reading.sections)),
        ("期限", found["期限"]),
        ("频次", found["频次"]),
        ("目标", found["目标"]),
        ("其中总目标", len(reading.goals)),
        ("释义", len(reading.definitions)),
        ("存疑", len(reading.warnings)),
    )
    yield "  ".join(f"{name} {count}" for name, count in counts)


def _tasks(tasks: Sequence[Task]) -> Iterator[str]:
    if tasks:
        yield ""
        yield from table([HEADINGS, *map(_row, tasks)], LIMITS)


def _row(task: Task) -> tuple[str, ...]:
    return (
        task.number or "—",
        task.title or task.text,
        "、".join(mention.name for mention in task.mentions if mention.role == "lead"),
        "、".join(mention.name for mention in task.mentions if mention.role == "responsible")
        + ("等" if task.open_ended else ""),
        "、".join(map(_due, task.due)),
        "；".join(_words(task.targets) + _words(task.frequency)),
    )


def _words(spans: Sequence[Span]) -> list[str]:
    return [span.text for span in spans]


def _due(due: Due) -> str:
    return _day(due.date) or due.text


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _doubts(warnings: Sequence[Doubt]) -> Iterator[str]:
    if warnings:
        yield ""
        yield "存疑（请对照原文核一核）"
        yield from (f"  {warning.code}  {cut(plain(warning.message), 100)}" for warning in warnings)
