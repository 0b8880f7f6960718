"""A reading laid down as the rows of an edition: wordings, names, dates, targets, goals, doubts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from zhunsheng.programmes.plans import wording as words
from zhunsheng.programmes.plans.models import (
    Edition,
    Goal,
    Mention,
    Name,
    Query,
    Target,
    Task,
    WordedDue,
    WordedFrequency,
    Wording,
)
from zhunsheng.programmes.plans.reading import model as read

LONGEST_TITLE = 200
LONGEST_FIRST_WORDS = 40
LONGEST_NAME = 200


def lay_down(edition: Edition, reading: read.Reading, tasks: Mapping[int, tuple[Task, str]]) -> None:
    """Enter everything that was read. ``tasks`` gives for the index of a read task its row and the kind of change."""
    names = ensure_names(edition, [mention for task in reading.tasks for mention in task.mentions])
    sections = words.sections_of(reading)
    made = Wording.objects.bulk_create(
        worded(edition, task, tasks[index][0], order=(index + 1) * 100, section=sections[index], change=tasks[index][1])
        for index, task in enumerate(reading.tasks)
    )
    pairs = list(zip(made, reading.tasks, strict=True))
    lay_down_values(pairs, names)
    Goal.objects.bulk_create(_goal(edition, goal) for goal in reading.goals)
    Query.objects.bulk_create(
        Query(edition=edition, code=one.code, message=one.message[:500], start=one.start, end=one.end)
        for one in reading.warnings
    )


def worded(edition: Edition, task: read.Task, row: Task, *, order: int, section: str, change: str) -> Wording:
    """The row of a read task, not yet saved."""
    return Wording(
        edition=edition,
        task=row,
        order=order,
        number=task.number[:32],
        section=section[:200],
        title=_title(task),
        start=task.start,
        end=task.end,
        open_ended=task.open_ended,
        role_label=task.role_label[:32],
        change=change,
    )


def _title(task: read.Task) -> str:
    """The task's own title, else its first words without the number; never empty, always one line."""
    rest = task.text.strip().removeprefix(task.number).lstrip("、.．，,:：) \t\u3000）")
    first = next((line.strip() for line in rest.splitlines() if line.strip()), "")
    words = " ".join(task.title.split()) or first[:LONGEST_FIRST_WORDS] or task.number or "未写名称的任务"
    return words[:LONGEST_TITLE]


def lay_down_values(pairs: Iterable[tuple[Wording, read.Task]], names: Mapping[str, Name]) -> None:
    """Mentions, dates, frequencies and targets of saved wordings."""
    pairs = list(pairs)
    Mention.objects.bulk_create(
        Mention(wording=row, name=names[one.name[:LONGEST_NAME]], role=one.role, start=one.start, end=one.end)
        for row, task in pairs
        for one in _once(task.mentions)
    )
    WordedDue.objects.bulk_create(
        WordedDue(
            wording=row, printed=one.text[:200], start=one.start, end=one.end, date=one.date, recurs=one.recurs or ""
        )
        for row, task in pairs
        for one in task.due
    )
    WordedFrequency.objects.bulk_create(_frequency(row, one) for row, task in pairs for one in task.frequency)
    Target.objects.bulk_create(Target(wording=row, **demanded(one)) for row, task in pairs for one in task.targets)


def _once(mentions: Iterable[read.Mention]) -> Iterable[read.Mention]:
    """Each name once, as lead where it is both."""
    found: dict[str, read.Mention] = {}
    for one in mentions:
        if one.name not in found or one.role == "lead":
            found[one.name] = one
    return found.values()


def names_of(edition: Edition) -> dict[str, Name]:
    """The names of an edition by how they are printed."""
    return {name.printed: name for name in edition.names.all()}


def ensure_names(edition: Edition, mentions: Iterable[read.Mention]) -> dict[str, Name]:
    """All names of the edition by how they are printed; those of ``mentions`` get rows where they have none yet."""
    known = names_of(edition)
    fresh: dict[str, Name] = {}
    for one in mentions:
        key = one.name[:LONGEST_NAME]
        if key not in known:
            fresh.setdefault(key, Name(edition=edition, printed=key, collective=one.collective))
    Name.objects.bulk_create(fresh.values())
    return {**known, **fresh}


def _frequency(row: Wording, one: read.Frequency) -> WordedFrequency:
    return WordedFrequency(
        wording=row,
        printed=one.text[:200],
        start=one.start,
        end=one.end,
        count=one.count,
        op=one.op,
        per=one.per,
        spread=(one.spread or "")[:100],
    )


def demanded(one: read.Target) -> dict[str, object]:
    """The columns that a target and a goal share."""
    value = one.value
    low = value[0] if isinstance(value, tuple) else value if isinstance(value, Decimal) else None
    return {
        "quantity": one.quantity[:200],
        "op": one.op,
        "low": low,
        "high": value[1] if isinstance(value, tuple) else None,
        "words": value[:100] if isinstance(value, str) else "",
        "unit": one.unit[:32],
        "printed": one.text[:300],
        "start": one.start,
        "end": one.end,
    }


def _goal(edition: Edition, one: read.Goal) -> Goal:
    dues = [due.date.isoformat() if due.date else due.text for due in one.due]
    return Goal(edition=edition, dues=dues, **demanded(one))
