"""Units report on their duties; heads, lead units and the office confirm or send back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.events import emit
from zhunsheng.kernel.evidence import actions as evidence
from zhunsheng.kernel.evidence.actions import Period
from zhunsheng.kernel.evidence.models import Evidence, EvidenceUse
from zhunsheng.kernel.evidence.queries import of as pieces_of
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import now, today
from zhunsheng.kernel.refs import Ref
from zhunsheng.programmes.plans import counting
from zhunsheng.programmes.plans.flow import FLOW, led_by_another
from zhunsheng.programmes.plans.models import Assignment, Duty, Opinion, Report, ReportFigure, Target
from zhunsheng.programmes.plans.refs import ref_of_duty, ref_of_task
from zhunsheng.programmes.plans.reports import REPORT, ref_of_report
from zhunsheng.programmes.plans.yearly import check_typed

ALONE: Final = "（本人上报、本人确认，本单位没有别的负责人）"
"""Stands before the words of a head who confirmed what they had submitted."""
STEP_OF = {"head": "head", "lead": "lead", "office": "office"}


@dataclass(frozen=True, slots=True)
class Typed:
    """A figure as typed against a target: a number, or 不适用 with the reason."""

    value: Decimal | None = None
    not_applicable: bool = False
    note: str = ""


def save_draft(*, duty: Duty, text: str, figures: Mapping[int, Typed], by: Actor, version: int | None = None) -> Report:
    """Keep what a liaison officer has typed so far; nobody else sees it yet. Targets by their number."""
    with change(by, "保存草稿", about=[ref_of_duty(duty)]):
        duty = _locked(duty, version)
        FLOW.step(duty, "save", by)
        report = _draft(duty, by)
        report.text, report.author_id, report.saved_at = text, _pk(by), now()
        report.save()
        _enter_figures(report, figures)
        _keep(duty)
    return report


def add_evidence(
    *, duty: Duty, data: bytes, name: str, not_secret: bool, by: Actor, period: Period | None = None
) -> EvidenceUse:
    """Store a file and hang it on the draft; without a period of its own it speaks for the duty's period."""
    with change(by, "上传佐证", about=[ref_of_duty(duty)]):
        duty = _locked(duty, None)
        FLOW.step(duty, "save", by)
        report = _draft(duty, by)
        report.save()
        spoken = period or Period(duty.occurrence.begins, duty.occurrence.ends)
        stored = evidence.store(data=data, name=name, unit_id=duty.unit_id, period=spoken, not_secret=not_secret, by=by)
        _keep(duty)
        return evidence.attach(evidence=stored.evidence, ref=ref_of_report(report.pk, str(duty)), by=by)


def reuse_evidence(*, duty: Duty, piece: Evidence, by: Actor) -> EvidenceUse:
    """Hang a piece that the unit has handed in before on the draft."""
    with change(by, "引用佐证", about=[ref_of_duty(duty)]):
        duty = _locked(duty, None)
        FLOW.step(duty, "save", by)
        report = _draft(duty, by)
        report.save()
        _keep(duty)
        return evidence.attach(evidence=piece, ref=ref_of_report(report.pk, str(duty)), by=by)


def drop_evidence(*, duty: Duty, use: EvidenceUse, by: Actor) -> None:
    """Take a piece off the draft; what was submitted keeps its evidence."""
    with change(by, "取下佐证", about=[ref_of_duty(duty)]):
        duty = _locked(duty, None)
        FLOW.check(duty, "save", by)
        draft = duty.reports.filter(submitted_at__isnull=True).first()
        if draft is None or (use.kind, use.key) != (REPORT, str(draft.pk)):
            raise Refused("evidence", "这份材料在已经上报的那一份上，不能取下。要改，请撤回或者等退回。")
        evidence.detach(use=use, by=by)


def submit(*, duty: Duty, by: Actor, version: int | None = None) -> Duty:
    """Hand the draft to the head of the unit; it is the report of whoever does. Raises ``Refused`` with what is missing."""
    with change(by, "上报", about=_about(duty)):
        duty = _locked(duty, version)
        FLOW.step(duty, "submit", by)
        moment = now()
        duty.reports.filter(submitted_at__isnull=True).update(submitted_at=moment, author_id=_pk(by))
        duty.submitted_at, duty.looked_at = moment, None
        _keep(duty)
        emit("plans.submitted", ref_of_duty(duty))
    return duty


def recall(*, duty: Duty, by: Actor) -> Duty:
    """Take a submitted report back, as long as nobody has begun to look at it."""
    with change(by, "撤回", about=_about(duty)):
        duty = _locked(duty, None)
        FLOW.step(duty, "recall", by)
        _copy_last(duty, by, "撤回重报")
        duty.submitted_at = None
        _keep(duty)
    return duty


def look(*, duty: Duty, by: Actor) -> None:
    """Note that somebody who has to confirm has opened what was submitted: from now on it cannot be recalled."""
    steps = [one for one in FLOW.open_to(duty, by) if one.action in _CONFIRMING]
    if duty.looked_at is not None or not any(not one.missing(duty, by) for one in steps):
        return
    with change(by, "开始审看", about=[ref_of_duty(duty)]):
        Duty.objects.filter(pk=duty.pk, looked_at__isnull=True, state=duty.state).update(looked_at=now())


_CONFIRMING = frozenset({"confirm", "accept_lead", "accept"})


def confirm(*, duty: Duty, by: Actor, note: str = "", version: int | None = None) -> Duty:
    """The head confirms that the unit reports this. Where no other unit leads the task, the office has it next."""
    return _decided(duty, "confirm", "确认上报", by, accepted=True, reason=note, version=version)


def accept(*, duty: Duty, by: Actor, note: str = "", version: int | None = None) -> Duty:
    """The lead unit or, after it, the office accepts what was reported; the office's word closes the duty."""
    action = "accept_lead" if duty.state == "lead" else "accept"
    return _decided(duty, action, "确认", by, accepted=True, reason=note, version=version)


def send_back(*, duty: Duty, by: Actor, reason: str, version: int | None = None) -> Duty:
    """Send a report back to the unit, with the reason."""
    mine = [one.action for one in FLOW.open_to(duty, by) if one.action.startswith("return_")]
    return _decided(
        duty, mine[0] if mine else "return_office", "退回", by, accepted=False, reason=reason, version=version
    )


def _decided(
    duty: Duty, action: str, label: str, by: Actor, *, accepted: bool, reason: str, version: int | None
) -> Duty:
    """``version`` is that of the report before whoever decides: another one was not read by them."""
    with change(by, label, about=_about(duty), reason=reason):
        duty = _locked(duty, version)
        step = STEP_OF.get(duty.state, "office")
        FLOW.step(duty, action, by, reason=reason)
        report = duty.reports.filter(submitted_at__isnull=False).order_by("-number").first()
        if report is None:
            raise Refused("report", "还没有上报，不能确认或者退回。")
        said = f"{ALONE}{reason.strip()}" if action == "confirm" and report.author_id == by.pk else reason.strip()
        Opinion.objects.create(report=report, step=step, accepted=accepted, reason=said[:500], by_id=_pk(by), at=now())
        _after_decision(duty, by)
        _keep(duty)
        emit("plans.decided", ref_of_duty(duty), state=duty.state)
    return duty


def _after_decision(duty: Duty, by: Actor) -> None:
    if duty.state == "lead" and not led_by_another(duty):
        duty.state = "office"
    if duty.state == "done":
        duty.done_on = today()
    if duty.state == "back":
        duty.submitted_at = None
        _copy_last(duty, by, "退回后重报")
    duty.looked_at = None


def revise(*, duty: Duty, by: Actor, reason: str) -> Duty:
    """Begin a correction of what was closed: a new report that names the old one, through all confirmations again."""
    with change(by, "更正", about=_about(duty), reason=reason):
        duty = _locked(duty, None)
        FLOW.step(duty, "revise", by, reason=reason)
        _copy_last(duty, by, reason.strip()[:500])
        duty.submitted_at, duty.looked_at, duty.done_on = None, None, None
        _keep(duty)
    return duty


def put_off(*, duty: Duty, action: str, by: Actor, reason: str = "", version: int | None = None) -> Duty:
    """The office pauses, resumes or cancels a duty (``action``: pause, resume, cancel)."""
    label = next(one.label for one in FLOW.transitions if one.action == action)
    with change(by, label, about=_about(duty), reason=reason):
        duty = _locked(duty, version)
        FLOW.step(duty, action, by, reason=reason)
        duty.looked_at = None
        _keep(duty)
    return duty


def move_due(*, duty: Duty, due: date, by: Actor, reason: str) -> Duty:
    """The office gives a duty another date, with the reason: not before its period begins. The period's own date stays."""
    with change(by, "改期限", about=_about(duty), reason=reason):
        duty = _locked(duty, None)
        FLOW.check(duty, "pause", by, reason=reason)
        check_typed(duty.task.plan, due, duty.begins)
        duty.due = due
        _keep(duty)
    return duty


# --- small steps that several of these share


def _locked(duty: Duty, version: int | None) -> Duty:
    found = (
        Duty.objects.select_for_update(of=("self",))
        .select_related("task__wording", "task__plan__division", "unit", "occurrence", "assignment")
        .get(pk=duty.pk)
    )
    if version is not None and found.version != version:
        raise Refused("stale", "这一页打开以后，有人改过这一期。你填的还在，请对照着看过再存。")
    return found


def _keep(duty: Duty) -> None:
    duty.version += 1
    duty.save()
    counting.refresh(Assignment.objects.filter(pk=duty.assignment_id))


def _about(duty: Duty) -> list[Ref]:
    return [ref_of_duty(duty), ref_of_task(duty.task)]


def _pk(by: Actor) -> int:
    if by.pk is None:
        raise Refused("person", "这一步要由登录的人办。")
    return by.pk


def _draft(duty: Duty, by: Actor) -> Report:
    """The draft of a duty, made where there is none."""
    found = duty.reports.filter(submitted_at__isnull=True).first()
    if found is not None:
        return found
    number = duty.reports.count() + 1
    return Report(duty=duty, number=number, author_id=_pk(by), saved_at=now())


def _copy_last(duty: Duty, by: Actor, reason: str) -> Report | None:
    """A new draft with the words and figures of what was submitted last, linked to it."""
    last = duty.reports.filter(submitted_at__isnull=False).order_by("-number").first()
    if last is None or duty.reports.filter(submitted_at__isnull=True).exists():
        return None
    draft = Report.objects.create(
        duty=duty,
        number=last.number + 1,
        text=last.text,
        author_id=_pk(by),
        saved_at=now(),
        replaces=last,
        reason=reason,
    )
    ReportFigure.objects.bulk_create(
        ReportFigure(
            report=draft, target_id=one.target_id, value=one.value, not_applicable=one.not_applicable, note=one.note
        )
        for one in last.figures.all()
    )
    _carry_evidence(last, draft, by)
    return draft


def _carry_evidence(last: Report, draft: Report, by: Actor) -> None:
    """Hang on the draft what hung on the report that it replaces, whoever sends it back."""
    held = pieces_of([ref_of_report(last.pk)])[ref_of_report(last.pk)]
    EvidenceUse.objects.bulk_create(
        EvidenceUse(evidence=one.evidence, kind=REPORT, key=str(draft.pk), label=one.label, since=now()) for one in held
    )


def _enter_figures(report: Report, figures: Mapping[int, Typed]) -> None:
    """Replace the figures of a draft. Raises ``Refused`` for a target of another task."""
    wording = report.duty.task.wording
    known = {one.pk: one for one in Target.objects.filter(wording=wording, pk__in=figures)} if wording else {}
    if set(figures) - set(known):
        raise Refused("target", "填了别的任务的目标。请刷新页面再填。")
    rows = []
    for pk, typed in figures.items():
        if typed.not_applicable and not typed.note.strip():
            raise Refused("reason", f"“{known[pk].printed}”写了不适用，请写明理由。")
        if typed.value is not None or typed.not_applicable or typed.note.strip():
            value = None if typed.not_applicable else typed.value
            rows.append(
                ReportFigure(
                    report=report, target_id=pk, value=value, not_applicable=typed.not_applicable, note=typed.note[:200]
                )
            )
    report.figures.all().delete()
    ReportFigure.objects.bulk_create(rows)
