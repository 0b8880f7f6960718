"""The flow of a matter, and that of what two people decide about it (extension, talk, notice, transfer)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.flow import Flow, State, Transition
from zhunsheng.kernel.matter.kinds import kind
from zhunsheng.kernel.matter.rights import standing

if TYPE_CHECKING:
    from zhunsheng.kernel.matter.models import Matter, Proposal

STATES: Final = {
    "draft": State("拟稿", "new"),
    "issued": State("待签收", "wait"),
    "signed": State("办理中", "run"),
    "answered": State("待核查", "wait"),
    "returned": State("退回重办", "back"),
    "closed": State("已销号", "done", final=True),
    "cancelled": State("已撤销", "stop", final=True),
}
WITH_UNIT: Final = ("issued", "signed", "returned")
"""States in which the unit has something to do, so that the date runs against it."""
ALIVE: Final = ("draft", *WITH_UNIT, "answered")


def may_draft(matter: Matter, actor: Actor) -> bool:
    """Whoever works for the issuing unit."""
    return matter.issuer_id in standing(actor).drafts


def may_approve(matter: Matter, actor: Actor) -> bool:
    """Whoever signs papers of the issuing unit."""
    return matter.issuer_id in standing(actor).approves


def acts_for(matter: Matter, actor: Actor) -> bool:
    """Whoever acts for the unit that must answer."""
    return matter.unit_id in standing(actor).acts_for


def may_check(matter: Matter, actor: Actor) -> bool:
    """Whoever works for the issuing unit, unless they act for the unit themselves."""
    return may_draft(matter, actor) and not acts_for(matter, actor)


def _demands(matter: Matter) -> str | None:
    return None if matter.demands.strip() else "办理要求"


def _number(matter: Matter) -> str | None:
    missing = kind(matter.kind).incoming and not (matter.document_number and matter.issuer_name)
    return "来文机关和来文文号" if missing else None


def _due(matter: Matter) -> str | None:
    needed = kind(matter.kind).answer.days is None and matter.due is None
    return "办结期限（这一种没有统一期限，照来文填写）" if needed else None


def _issuer(matter: Matter) -> str | None:
    return "另一个交办单位（承办的就是本单位）" if to_itself(matter.kind, matter.unit_id, matter.issuer_id) else None


def to_itself(kind_id: str, unit_id: int, issuer_id: int) -> bool:
    """Whether a unit would press itself: nobody checks their own answer. A paper from outside may concern whoever enters it."""
    return unit_id == issuer_id and not kind(kind_id).incoming


def _step(
    action: str,
    label: str,
    sources: str,
    target: str,
    may: object,
    *,
    reason: bool = False,
    guards: tuple[object, ...] = (),
) -> Transition[Matter]:
    return Transition(action, label, frozenset(sources.split()), target, may, guards, reason)  # type: ignore[arg-type]


FLOW: Final[Flow[Matter]] = Flow(
    "matter.matter",
    "交办事项",
    STATES,
    (
        _step("issue", "签发", "draft", "issued", may_approve, guards=(_issuer, _demands, _number, _due)),
        _step("sign", "签收", "issued", "signed", acts_for),
        _step("answer", "报办理情况", "signed returned", "answered", acts_for),
        _step("close", "销号", "answered", "closed", may_check, reason=True),
        _step("return", "退回重办", "answered", "returned", may_check, reason=True),
        _step("recall", "撤回", "issued", "draft", may_approve, reason=True),
        _step("cancel", "撤销", "draft issued signed answered returned", "cancelled", may_approve, reason=True),
    ),
)


def may_decide(proposal: Proposal, actor: Actor) -> bool:
    """Whoever signs papers of the issuing unit and has not proposed it."""
    return may_approve(proposal.matter, actor) and actor.pk != proposal.proposed_by_id


def may_withdraw(proposal: Proposal, actor: Actor) -> bool:
    """Whoever proposed it."""
    return actor.pk is not None and actor.pk == proposal.proposed_by_id


DECISION: Final[Flow[Proposal]] = Flow(
    "matter.proposal",
    "提请",
    {
        "open": State("待批准", "wait"),
        "approved": State("已批准", "done", final=True),
        "rejected": State("未批准", "back", final=True),
        "withdrawn": State("已收回", "stop", final=True),
    },
    (
        Transition("approve", "批准", frozenset({"open"}), "approved", may_decide),
        Transition("reject", "不批准", frozenset({"open"}), "rejected", may_decide, reason=True),
        Transition("withdraw", "收回", frozenset({"open"}), "withdrawn", may_withdraw),
    ),
)
