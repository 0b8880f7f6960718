"""The demo county's year with the example plan: read, published, reported on up to a day, with a few units behind.

Steps that people take one by one are the real ones (``actions``); what hundreds of units reported on time is entered
in bulk, as if it had been taken over from last year's system.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import Final

from django.utils import timezone

from zhunsheng.kernel import now
from zhunsheng.kernel.actor import Program
from zhunsheng.kernel.documents import read_document
from zhunsheng.kernel.journal import change
from zhunsheng.people.models import Member, MemberRole, Role, Unit
from zhunsheng.programmes.plans import counting
from zhunsheng.programmes.plans.actions import carrying, importing, publishing, settling
from zhunsheng.programmes.plans.example import DRAFT, EXAMPLE
from zhunsheng.programmes.plans.models import Assignment, Duty, Edition, Opinion, Plan, Report, ReportFigure
from zhunsheng.programmes.plans.refs import ref_of_plan

BY: Final = Program("演示")
ISSUED: Final = date(2026, 2, 12)
CLERK, HEAD = "zhoumin", "shenweiyue"
CLOSED: Final = "已按要求完成：责任到人，台账已登记，资料存档备查。"
PENDING: Final = "已完成主要工作，材料附后，请审核。"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a duty: its state, and how many days before its date it got there (negative: after)."""

    state: str
    before: int


def build(day: date) -> Plan | None:
    """The plan as it stands on ``day``, or ``None`` where the demo has it already."""
    if Plan.objects.exists():
        return None
    plan = _published()
    with change(BY, "演示数据", about=[ref_of_plan(plan)]):
        _report(plan, day)
    _drafted(day - timedelta(days=3))
    return plan


def _drafted(day: date) -> None:
    """A second plan, read a few days ago and still to be mended."""
    clerk = Member.objects.select_related("person", "unit__division").get(username=CLERK)
    with now.on(day):
        document = read_document(DRAFT.read_bytes(), name=DRAFT.name)
        importing.import_plan(document=document, name="普法工作要点.txt", office=clerk.unit, by=clerk)


def _published() -> Plan:
    """Read by one, settled, published by another, on the day on which it was issued."""
    clerk, head = (Member.objects.select_related("person", "unit__division").get(username=one) for one in (CLERK, HEAD))
    with now.on(ISSUED):
        document = read_document(EXAMPLE.read_bytes(), name=EXAMPLE.name)
        edition = importing.import_plan(document=document, name="示例方案.txt", office=clerk.unit, by=clerk).edition
        _settle(edition, clerk)
        plan = edition.plan
        carrying.set_terms(
            edition=edition, office=plan.office, cycle="", default_due=date(2026, 12, 31), title=plan.title, by=clerk
        )
        publishing.hand_over(edition=edition, by=clerk)
        return publishing.publish(edition=edition, by=head).plan


def _settle(edition: Edition, clerk: Member) -> None:
    """The groups that only a person can decide mean two departments; doubts are as the text has them."""
    some = list(Unit.objects.filter(short_name__in=["县司法局", "县市场监管局"]))
    for name in edition.names.filter(settled=""):
        settling.settle_name(name=name, units=some, by=clerk, learn=name.collective)
    for query in edition.queries.filter(settled_by=None):
        settling.settle_query(query=query, answer="按原文，已问过起草单位", by=clerk)


_Table = tuple[tuple[int, str, int], ...]
"""Upper bounds of chance (of 256), the state, the days before the date."""
_PAST: Final[_Table] = ((226, "done", 4), (238, "done", -6), (244, "office", -2), (250, "new", 0), (256, "back", 0))
_SOON: Final[_Table] = (
    (70, "done", 14), (90, "office", 3), (104, "lead", 2), (118, "head", 1), (180, "run", 0), (256, "new", 0),
)  # fmt: skip
_FAR: Final[_Table] = ((20, "done", 20), (90, "run", 0), (256, "new", 0))


def fate(duty: Duty, day: date) -> Fate:
    """What becomes of a duty, always the same for the same duty; most units are in time, a few never are."""
    chance = blake2b(f"{duty.unit_id}/{duty.occurrence_id}".encode(), digest_size=2).digest()
    luck, slack = chance[0], chance[1] % 8
    past = duty.due is not None and duty.due < day
    soon = duty.due is not None and duty.due < day + timedelta(days=40)
    table = _PAST if past else _SOON if soon else _FAR
    state, before = next((state, before) for limit, state, before in table if luck < limit)
    return Fate(state, before + slack if before > 3 else before)


def _report(plan: Plan, day: date) -> None:
    rows = (
        Duty.objects.filter(task__plan=plan, begins__lte=day)
        .select_related("assignment", "occurrence", "task__wording")
        .prefetch_related("task__wording__targets")
    )
    fates = [(duty, fate(duty, day)) for duty in rows]
    reporters, heads = _people(Role.LIAISON_OFFICER), _people(Role.UNIT_HEAD)
    office = Member.objects.get(username=CLERK).pk
    led = set(Assignment.objects.filter(task__plan=plan, role="lead", ended=False).values_list("task_id", flat=True))
    moved = [(duty, one) for duty, one in fates if one.state != "new" and duty.unit_id in reporters]
    reports = Report.objects.bulk_create(_reports(moved, reporters, day))
    _figures(reports)
    Opinion.objects.bulk_create(_opinions(reports, moved, heads, office))
    for duty, one in moved:
        _place(duty, one, day, led)
    Duty.objects.bulk_update(
        [duty for duty, _ in moved], ["state", "submitted_at", "done_on", "version"], batch_size=200
    )
    counting.refresh(Assignment.objects.filter(task__plan=plan))


def _people(role: Role) -> dict[int, int]:
    """For each unit the member who holds this role there."""
    held = MemberRole.objects.filter(role=role, unit__isnull=False, valid_to=None).order_by("-pk")
    return {unit: member for unit, member in held.values_list("unit_id", "member_id") if unit}


def _when(duty: Duty, one: Fate, day: date) -> datetime:
    """The working hour at which it was handed in: never after the day up to which the demo runs."""
    due = duty.due or day
    handed = max(min(due - timedelta(days=one.before), day - timedelta(days=1)), duty.begins)
    return timezone.make_aware(datetime(handed.year, handed.month, handed.day, 9 + duty.pk % 8, duty.pk % 60))  # noqa: DTZ001


def _reports(moved: Iterable[tuple[Duty, Fate]], reporters: dict[int, int], day: date) -> Iterator[Report]:
    for duty, one in moved:
        at = _when(duty, one, day)
        yield Report(
            duty=duty,
            number=1,
            text=CLOSED if one.state == "done" else PENDING,
            author_id=reporters[duty.unit_id],
            saved_at=at,
            submitted_at=None if one.state == "run" else at,
        )


def _figures(reports: list[Report]) -> None:
    """Against every target the figure that just meets it."""
    rows = [
        ReportFigure(report=report, target=target, value=target.low)
        for report in reports
        if report.duty.task.wording is not None
        for target in report.duty.task.wording.targets.all()
        if target.low is not None
    ]
    ReportFigure.objects.bulk_create(rows)


def _opinions(
    reports: list[Report], moved: list[tuple[Duty, Fate]], heads: dict[int, int], office: int
) -> Iterator[Opinion]:
    for report, (duty, one) in zip(reports, moved, strict=True):
        at = report.saved_at + timedelta(hours=3)
        if one.state in {"done", "office", "lead"} and duty.unit_id in heads:
            yield Opinion(report=report, step="head", accepted=True, by_id=heads[duty.unit_id], at=at)
        if one.state == "done":
            yield Opinion(report=report, step="office", accepted=True, by_id=office, at=at + timedelta(hours=20))
        if one.state == "back":
            yield Opinion(
                report=report, step="office", accepted=False, reason="缺签到表，请补齐后重报", by_id=office, at=at
            )


def _place(duty: Duty, one: Fate, day: date, led: set[int]) -> None:
    """Give a duty the state that its report has reached."""
    at = _when(duty, one, day)
    state = one.state
    if state == "lead" and (duty.task_id not in led or duty.assignment.role == "lead"):
        state = "office"
    duty.state, duty.version = state, 1
    duty.submitted_at = at if state in {"head", "lead", "office", "done"} else None
    duty.done_on = timezone.localdate(at) if state == "done" else None
