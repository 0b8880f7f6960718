"""A plan of any size for measuring: so many tasks, each with every unit and so many periods. Entered without a reader."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from zhunsheng.kernel.now import now
from zhunsheng.people.models import Division, Member, Unit
from zhunsheng.programmes.plans import counting
from zhunsheng.programmes.plans.actions.publishing import lay_duties
from zhunsheng.programmes.plans.models import (
    Assignment,
    Edition,
    Occurrence,
    Plan,
    Source,
    Task,
    Wording,
)


def build(*, tasks: int, units: list[Unit], periods: int = 1, by: Member) -> Plan:
    """A running plan of ``tasks`` × ``units`` × ``periods`` duties, the states of the first period mixed."""
    division: Division = units[0].division
    text = "\n".join(f"{number}．办好第{number}件事。" for number in range(1, tasks + 1))
    source, _ = Source.objects.get_or_create(
        sha256=sha256(text.encode()).hexdigest(), defaults={"name": "large.txt", "kind": "text", "text": text}
    )
    plan = Plan.objects.create(
        division=division, office=units[0], title=f"{tasks}项任务的方案", year_from=2026, year_to=2026, state="running"
    )
    edition = Edition.objects.create(
        plan=plan, source=source, number=1, state="published", published_by=by, published_at=now(), digest="-"
    )
    rows = Task.objects.bulk_create([Task(plan=plan) for _ in range(tasks)])
    wordings = Wording.objects.bulk_create(
        [
            Wording(
                edition=edition,
                task=task,
                order=number * 100,
                number=str(number),
                section=f"{(number - 1) // 20 + 1}、第{(number - 1) // 20 + 1}章",
                title=f"办好第{number}件事",
                start=0,
                end=5,
            )
            for number, task in enumerate(rows, 1)
        ]
    )
    for task, wording in zip(rows, wordings, strict=True):
        task.wording = wording
    Task.objects.bulk_update(rows, ["wording"], batch_size=500)
    Assignment.objects.bulk_create(
        [
            Assignment(task=task, unit=unit, role="lead" if index == place % len(units) else "responsible")
            for place, task in enumerate(rows)
            for index, unit in enumerate(units)
        ],
        batch_size=1000,
    )
    Occurrence.objects.bulk_create(
        [_period(task, number, periods) for task in rows for number in range(1, periods + 1)]
    )
    lay_duties(plan)
    counting.refresh(Assignment.objects.filter(task__plan=plan))
    return plan


def _period(task: Task, number: int, periods: int) -> Occurrence:
    """One of ``periods`` (1, 2, 4 or 12) equal parts of 2026."""
    months = 12 // periods
    first, last = (number - 1) * months + 1, number * months
    return Occurrence(
        task=task,
        number=number,
        label=f"第 {number} 期",
        begins=date(2026, first, 1),
        ends=date(2026, last, 28),
        due=date(2026, last, 28),
    )
