"""The steps that a duty may take: who reports, who confirms, who sends back (processes: 执行中 → 申请办结 → 办结 or 退回)."""

from __future__ import annotations

from typing import Final

from zhunsheng.kernel import packs
from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.evidence.queries import of
from zhunsheng.kernel.flow import Flow, Transition
from zhunsheng.programmes.plans.models import Assignment, Duty, Role
from zhunsheng.programmes.plans.reports import ref_of_report
from zhunsheng.programmes.plans.rights import other_heads, rights
from zhunsheng.programmes.plans.states import DUTY, OPEN, SUBMITTED, WITH_UNIT


def _reports(duty: Duty, actor: Actor) -> bool:
    return duty.unit_id in rights(actor).reports


def _confirms(duty: Duty, actor: Actor) -> bool:
    return duty.unit_id in rights(actor).confirms


def _leads(duty: Duty, actor: Actor) -> bool:
    """Whether they act for a unit that leads the task; nobody confirms as lead what their own unit reports."""
    units = rights(actor).units - {duty.unit_id}
    return bool(units) and bool(units & set(leads_of(duty.task_id)))


def _oversees(duty: Duty, actor: Actor) -> bool:
    return rights(actor).over(duty.task.plan.division.path)


def leads_of(task_id: int) -> list[int]:
    """The units that lead a task today."""
    found = Assignment.objects.filter(task_id=task_id, role=Role.LEAD, ended=False)
    return list(found.values_list("unit_id", flat=True))


def led_by_another(duty: Duty) -> bool:
    """Whether a unit other than its own has to confirm what is reported on a duty."""
    return any(unit != duty.unit_id for unit in leads_of(duty.task_id)) and duty.assignment.role != Role.LEAD


def _has_report(duty: Duty) -> str | None:
    """The draft must say what was done (计划任务: evidence per target, ``processes`` §1)."""
    draft = duty.reports.filter(submitted_at__isnull=True).first()
    return None if draft is not None and draft.text.strip() else "完成情况"


def _figures_given(duty: Duty) -> str | None:
    """Every target of the task has its figure, or is said not to apply, with the reason."""
    draft = duty.reports.filter(submitted_at__isnull=True).first()
    wording = duty.task.wording
    if draft is None or wording is None:
        return None
    typed = wording.targets.filter(measure="", low__isnull=False)
    lacking = typed.exclude(pk__in=draft.figures.exclude(value=None, not_applicable=False).values("target"))
    count = lacking.count()
    return f"{count} 个目标的完成数（不适用的写明理由）" if count else None


def _evidence_given(duty: Duty) -> str | None:
    """A task with targets is not done without proof, unless the county's pack says otherwise."""
    draft = duty.reports.filter(submitted_at__isnull=True).first()
    wording = duty.task.wording
    if draft is None or wording is None or not packs.load("plans").content["evidence"]:
        return None
    if not wording.targets.exists():
        return None
    ref = ref_of_report(draft.pk)
    return None if of([ref])[ref] else "佐证材料（这项任务有目标，至少要一份）"


def handed_in_by(duty: Duty) -> int | None:
    """Who submitted the report that lies before those who confirm (the number of the member)."""
    last = duty.reports.filter(submitted_at__isnull=False).order_by("-number")
    return last.values_list("author", flat=True).first()


def _another_head(duty: Duty, actor: Actor) -> str | None:
    """What one person submitted another confirms, unless the unit has no other head (docs/decisions/0020)."""
    if actor.pk is None or handed_in_by(duty) != actor.pk:
        return None
    others = other_heads(duty.unit_id, actor.pk)
    return f"另一个人来办（这一份是你自己上报的，请本单位负责人{'或者'.join(others)}确认）" if others else None


def _unseen(duty: Duty) -> str | None:
    return "没有人开始审看（已经有人看了，要改请让对方退回）" if duty.looked_at is not None else None


FLOW: Final[Flow[Duty]] = Flow(
    name="plans.duty",
    label="计划任务",
    states=DUTY,
    transitions=(
        Transition("save", "保存", frozenset(WITH_UNIT), "run", _reports),
        Transition(
            "submit", "上报", frozenset(WITH_UNIT), "head", _reports, (_has_report, _figures_given, _evidence_given)
        ),
        Transition("recall", "撤回", frozenset(SUBMITTED), "run", _reports, (_unseen,)),
        Transition("confirm", "确认上报", frozenset({"head"}), "lead", _confirms, bar=_another_head),
        Transition("return_head", "退回", frozenset({"head"}), "back", _confirms, reason=True),
        Transition("accept_lead", "牵头单位确认", frozenset({"lead"}), "office", _leads),
        Transition("return_lead", "退回", frozenset({"lead"}), "back", _leads, reason=True),
        Transition("accept", "确认办结", frozenset({"office"}), "done", _oversees),
        Transition("return_office", "退回", frozenset({"office", "lead"}), "back", _oversees, reason=True),
        Transition("revise", "更正", frozenset({"done"}), "run", _reports, reason=True),
        Transition("pause", "暂缓", frozenset(OPEN), "paused", _oversees, reason=True),
        Transition("resume", "恢复", frozenset({"paused"}), "run", _oversees),
        Transition("cancel", "取消", frozenset((*OPEN, "paused")), "cancelled", _oversees, reason=True),
    ),
)
"""The flow of a duty. ``confirm`` goes on to the office at once where no other unit leads (``led_by_another``)."""
