"""Who may open the pages of plans that run; what of them each person sees is said by ``plans.visible``."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import BOTH, OFFICE, OVERSEERS, POST, READ, READERS, Entry
from zhunsheng.faces.desk.menu import Item

NAV: Final[tuple[Item, ...]] = ()

ENTRIES: Final[dict[str, Entry]] = {
    "desk:plan": Entry(READERS, READ),
    "desk:plan_export": Entry(READERS, READ),
    "desk:plan_matrix": Entry(OVERSEERS, READ),
    "desk:plan_matrix_export": Entry(OVERSEERS, READ),
    "desk:plan_figures": Entry(READERS, BOTH),
    "desk:plan_figures_export": Entry(READERS, READ),
    "desk:plan_press": Entry(OFFICE, BOTH),
    "desk:task": Entry(READERS, READ),
    "desk:duty": Entry(READERS, BOTH),
    "desk:duty_step": Entry(READERS, POST),
    "desk:duties_bulk": Entry(READERS, POST),
    "desk:unit_tasks": Entry(READERS, READ),
    "desk:unit_tasks_export": Entry(READERS, READ),
}
