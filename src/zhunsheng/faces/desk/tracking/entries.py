"""Who may open the pages of plans that run; what of them each person sees is said by ``plans.visible``."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import BOTH, OFFICE, OVERSEERS, POST, READ, READERS, UNITS, Entry, Sample
from zhunsheng.faces.desk.menu import Group, Item
from zhunsheng.people.held import held
from zhunsheng.people.models import Member


def _own_unit(one: Member) -> tuple[int] | None:
    """The unit that the member reports or confirms for: their own, where they do so for several."""
    units = sorted(role.unit for role in held(one) if role.role in UNITS and role.unit is not None)
    return (one.unit_id if one.unit_id in units else units[0],) if units else None


NAV: Final[tuple[Item, ...]] = (Item(Group.WORK, "本单位任务", "desk:unit_tasks", UNITS, args=_own_unit),)

CLERK: Final = "zhoumin"
PLAN: Final = "云溪县2026年法治政府建设工作要点"
TASK: Final = "1 抓实会前学法"
MATRIX: Final = "单位×任务"


def _seen(name: str, *links: str) -> tuple[Sample, ...]:
    """A page that the clerk reaches from the demo's running plan."""
    return (Sample(name, start="desk:plans", follow=(PLAN, *links), user=CLERK),)


ENTRIES: Final[dict[str, Entry]] = {
    "desk:plan": Entry(READERS, READ, _seen("plan")),
    "desk:plan_export": Entry(READERS, READ),
    "desk:plan_matrix": Entry(OVERSEERS, READ, _seen("plan-matrix", MATRIX)),
    "desk:plan_matrix_export": Entry(OVERSEERS, READ),
    "desk:plan_figures": Entry(READERS, BOTH, _seen("plan-figures", "目标与数")),
    "desk:plan_figures_export": Entry(READERS, READ),
    "desk:plan_press": Entry(OFFICE, BOTH, _seen("plan-press", "督办逾期单位")),
    "desk:task": Entry(READERS, READ, _seen("task", TASK)),
    "desk:duty": Entry(READERS, BOTH, _seen("duty", TASK, "看")),
    "desk:duty_step": Entry(READERS, POST),
    "desk:duties_bulk": Entry(READERS, POST),
    "desk:unit_tasks": Entry(READERS, READ, _seen("unit-tasks", MATRIX, "县司法局")),
    "desk:unit_tasks_export": Entry(READERS, READ),
}
