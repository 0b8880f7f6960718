"""The same step for many duties at once: first what would happen to each, then all of it in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.programmes.plans import visible
from zhunsheng.programmes.plans.actions import reporting
from zhunsheng.programmes.plans.flow import FLOW
from zhunsheng.programmes.plans.models import Duty

ACTIONS: Final = {"accept": "确认", "pause": "暂缓", "resume": "恢复", "cancel": "取消"}
"""What can be done in bulk. Sending back is not: each unit is owed its own reason."""
MOST: Final = 500
CHANGED: Final = "列出来以后又有改动，请打开看过再单独办，或者回列表重新选。"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of one duty: its new state, or why nothing would."""

    duty: Duty
    target: str
    refusal: str


def preview(*, duties: Mapping[int, int | None], action: str, by: Actor, reason: str = "") -> list[Foreseen]:
    """What the step would do to each duty that the person may see. Raises ``Refused`` for too many or none.

    ``duties``: by number, the version that the person has seen; ``None`` before they have seen any.
    """
    if action not in ACTIONS:
        raise Refused("action", "没有这一种批量办理。")
    if not duties or len(duties) > MOST:
        raise Refused("number", f"请选 1 到 {MOST} 件，现在选了 {len(duties)} 件。")
    rows = (
        visible.duties(by)
        .filter(pk__in=duties)
        .select_related("task__wording", "task__plan__division", "unit", "occurrence", "assignment")
        .order_by("task__wording__order", "unit", "pk")
    )
    return [_foreseen(duty, duties[duty.pk], action, by, reason) for duty in rows]


def _foreseen(duty: Duty, seen: int | None, action: str, by: Actor, reason: str) -> Foreseen:
    if seen is not None and seen != duty.version:
        return Foreseen(duty, "", CHANGED)
    try:
        step = FLOW.check(duty, _step(duty, action), by, reason=reason)
    except Refused as refusal:
        return Foreseen(duty, "", str(refusal))
    return Foreseen(duty, FLOW.states[step.target].label, "")


def _step(duty: Duty, action: str) -> str:
    return "accept_lead" if action == "accept" and duty.state == "lead" else action


def carry_out(*, duties: Mapping[int, int], action: str, by: Actor, reason: str = "") -> list[Duty]:
    """Do the step for all of them, each in the version that was previewed, or for none.

    Raises ``Refused`` with the first that cannot be done.
    """
    with change(by, f"批量{ACTIONS.get(action, '')}", reason=reason):
        foreseen = preview(duties={**duties}, action=action, by=by, reason=reason)
        refused = [one for one in foreseen if one.refusal]
        if refused:
            raise Refused(
                "bulk", f"{len(refused)} 件现在办不了，没有办任何一件。{refused[0].duty}：{refused[0].refusal}"
            )
        return [_done(one.duty, duties[one.duty.pk], action, by, reason) for one in foreseen]


def _done(duty: Duty, seen: int, action: str, by: Actor, reason: str) -> Duty:
    if action == "accept":
        return reporting.accept(duty=duty, by=by, note=reason, version=seen)
    return reporting.put_off(duty=duty, action=action, by=by, reason=reason, version=seen)
