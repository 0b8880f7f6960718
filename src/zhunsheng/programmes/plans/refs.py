"""How the records of plans are referred to from other rooms, and what such a link shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhunsheng.kernel.refs import Ref

if TYPE_CHECKING:
    from zhunsheng.programmes.plans.models import Duty, Plan, Task

PLAN = "plans.plan"
TASK = "plans.task"
DUTY = "plans.duty"


def ref_of_plan(plan: Plan) -> Ref:
    """The link to a plan."""
    return Ref(PLAN, str(plan.pk), plan.title)


def ref_of_task(task: Task) -> Ref:
    """The link to a task; its wording must be loaded."""
    return Ref(TASK, str(task.pk), str(task))


def ref_of_duty(duty: Duty) -> Ref:
    """The link to what one unit owes for one period; task, occurrence and unit must be loaded."""
    return Ref(DUTY, str(duty.pk), f"{duty.task} {duty.occurrence} {duty.unit}")


def owed(duty: Duty) -> str:
    """What an order says of a duty that is late: never handed in, or sent back and not handed in again."""
    since = "退回以后至今没有重报" if duty.state == "back" else "至今未报"
    return f"任务 {duty.task}（{duty.occurrence}）应于 {duty.due} 前上报，{since}。"
