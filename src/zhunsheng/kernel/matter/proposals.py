"""What two people decide: extension, talk, notice, transfer. Whoever proposes does not approve."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.events import emit
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.matter.deadlines import check_far
from zhunsheng.kernel.matter.flow import DECISION, WITH_UNIT, acts_for, may_draft
from zhunsheng.kernel.matter.kinds import Step, kind, steps
from zhunsheng.kernel.matter.models import Matter, Proposal
from zhunsheng.kernel.matter.moving import set_by_hand
from zhunsheng.kernel.matter.records import kept, locked
from zhunsheng.kernel.matter.rights import seated
from zhunsheng.kernel.now import now, today
from zhunsheng.kernel.numbers.taking import shown, take
from zhunsheng.kernel.saving import saved

Decision = Literal["approve", "reject", "withdraw"]
EXTEND: Final = "extend"


def open_to(matter: Matter, actor: Actor) -> list[tuple[str, str, str]]:
    """What ``actor`` may propose: (what, its name, what is missing for it or "")."""
    actor = seated(actor)
    if matter.state not in (*WITH_UNIT, "answered"):
        return []
    waiting = set(matter.proposals.filter(state="open").values_list("what", flat=True))
    offered = [(EXTEND, "延长期限")] if _may_propose(matter, EXTEND, actor) and matter.state in WITH_UNIT else []
    if may_draft(matter, actor):
        offered += [(one.id, one.label) for one in _further(matter) if one.id in kind(matter.kind).escalation]
    pressed = matter.late or matter.answers.filter(verdict="returned").exists()
    return [(what, label, _missing(what, waiting, pressed)) for what, label in offered]


def _further(matter: Matter) -> list[Step]:
    """The steps beyond the one that it has reached: what was done once, and what is milder, is over."""
    ladder = list(steps().values())
    places = {step.id: place for place, step in enumerate(ladder)}
    return ladder[places.get(matter.escalated, -1) + 1 :]


def _missing(what: str, waiting: set[str], pressed: bool) -> str:
    """Why it cannot be proposed now; "" where it can."""
    if what in waiting:
        return "已经提请，等着批准"
    return "" if pressed or what == EXTEND else "逾期或者退回过才能升级"


def _may_propose(matter: Matter, what: str, actor: Actor) -> bool:
    """The unit asks for more time, or the issuing unit gives it; escalation is the issuing unit's."""
    return may_draft(matter, actor) or (what == EXTEND and acts_for(matter, actor))


def propose(
    *,
    matter: Matter,
    what: str,
    reason: str,
    where: str = "",
    new_due: date | None = None,
    by: Actor,
    seen: int | None = None,
) -> Proposal:
    """Propose ``extend`` (with ``new_due``) or a step of escalation (``where``: time and place of a talk).

    Raises ``Refused``.
    """
    label = dict(Proposal.WHAT)[what]
    with change(by, f"提请{label}", about=[matter.ref], reason=reason):
        matter = locked(matter, seen)
        _check(matter, what, label, by)
        _check_words(matter, what, reason, where, new_due)
        extending = what == EXTEND
        made = Proposal(
            matter=matter, what=what, reason=reason.strip(), where=where.strip(), proposed_by_id=by.pk,
            proposer=by.full_name, proposed_at=now(), old_due=matter.due if extending else None,
            new_due=new_due if extending else None,
        )  # fmt: skip
        saved(made)
        kept(matter, f"propose_{what}", f"提请{label}", by, reason)
        emit("matter.proposed", matter.ref, what=what, unit_id=matter.unit_id)
    return made


def _check(matter: Matter, what: str, label: str, by: Actor) -> None:
    """State, right, and what must have happened before."""
    if not _may_propose(matter, what, by):
        raise Refused("right", f"提请{label}不归你办。")
    offered = {one: missing for one, _, missing in open_to(matter, by)}
    if what not in offered and matter.escalated and what != EXTEND:
        raise Refused("escalated", _beyond(matter, label))
    if what not in offered:
        raise Refused("state", f"现在是“{matter.get_state_display()}”，不能提请{label}。请刷新页面看看。")
    if offered[what]:
        raise Refused("missing", f"还不能提请{label}：{offered[what]}。")


def _beyond(matter: Matter, label: str) -> str:
    """Why a step at or below the one reached is not taken any more, and which ones are left."""
    left = [one.label for one in _further(matter) if one.id in kind(matter.kind).escalation]
    then = f"还没有办好的，可以提请{'、'.join(left)}" if left else "还没有办好的，请退回重办"
    return f"这件事已经{matter.get_escalated_display()}，不再{label}。{then}。"


def _check_words(matter: Matter, what: str, reason: str, where: str, new_due: date | None) -> None:
    """What a form must bring."""
    if not reason.strip():
        raise Refused("reason", "提请要写明理由。")
    if what == "talk" and not where.strip():
        raise Refused("where", "约谈要写明时间和地点。")
    if what == EXTEND and (new_due is None or matter.due is None or new_due <= max(matter.due, today())):
        raise Refused("new_due", f"新期限要晚于原期限 {matter.due} 和今天。请改填一个以后的日期。")
    if what == EXTEND and new_due is not None:
        check_far(new_due, today())


def decide(*, proposal: Proposal, decision: Decision, opinion: str = "", by: Actor) -> Proposal:
    """Approve, reject or withdraw it; approving carries it out. Raises ``Refused``."""
    label = f"{DECISION.find(decision, 'open').label}{proposal.get_what_display()}"  # type: ignore[union-attr]
    with change(by, label, about=[proposal.matter.ref], reason=opinion):
        matter = locked(proposal.matter, None)
        proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
        proposal.matter = matter
        DECISION.step(proposal, decision, seated(by), reason=opinion)
        proposal.decided_by_id, proposal.decider = by.pk, by.full_name
        proposal.decided_at, proposal.opinion = now(), opinion.strip()
        if decision == "approve":
            _carry_out(proposal)
        saved(proposal)
        kept(matter, f"{decision}_{proposal.what}", label, by, opinion)
        _tell(proposal, decision)
    return proposal


def _carry_out(proposal: Proposal) -> None:
    """Move the date, or number the paper and mark how far the matter has gone."""
    matter = proposal.matter
    if matter.state not in (*WITH_UNIT, "answered") or (proposal.what == EXTEND and matter.state not in WITH_UNIT):
        label = matter.get_state_display()
        raise Refused("state", f"这件事现在是“{label}”，已经用不着{proposal.get_what_display()}。请点“不批准”。")
    if proposal.what == EXTEND:
        _extend(proposal)
        return
    if proposal.what not in {one.id for one in _further(matter)}:
        raise Refused(
            "escalated",
            f"这件事已经{matter.get_escalated_display()}，用不着再{proposal.get_what_display()}。请点“不批准”。",
        )
    step, day = steps()[proposal.what], today()
    organ = f"{step.word} {matter.issuer_id}"
    proposal.document_number = shown(step.word, day.year, take(step.id, organ, day.year, ref=proposal.ref))
    matter.escalated = step.id


def _extend(proposal: Proposal) -> None:
    """The new date, unless another change has moved it past that already."""
    matter = proposal.matter
    if proposal.new_due is None or matter.due is None or proposal.new_due <= matter.due:
        raise Refused("new_due", f"期限现在已经是 {matter.due}，不早于提请的日期。请点“不批准”。")
    set_by_hand(matter, proposal.new_due, f"原期限 {matter.due}，经批准延长到 {proposal.new_due}")


def _tell(proposal: Proposal, decision: Decision) -> None:
    """Events for those who listen."""
    matter = proposal.matter
    if decision == "approve" and proposal.what == EXTEND:
        emit("matter.extended", matter.ref, unit_id=matter.unit_id, due=matter.due)
    elif decision == "approve":
        emit("matter.escalated", matter.ref, unit_id=matter.unit_id, step=proposal.what)
