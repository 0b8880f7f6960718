"""Who may open the pages of plans that run; what of them each person sees is said by ``plans.visible``."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import BOTH, BUSINESS, POST, READ, Entry
from zhunsheng.faces.desk.menu import Item

NAV: Final[tuple[Item, ...]] = ()

ENTRIES: Final[dict[str, Entry]] = {
    "desk:plan": Entry(BUSINESS, READ),
    "desk:plan_export": Entry(BUSINESS, READ),
    "desk:plan_matrix": Entry(BUSINESS, READ),
    "desk:plan_matrix_export": Entry(BUSINESS, READ),
    "desk:task": Entry(BUSINESS, READ),
    "desk:duty": Entry(BUSINESS, BOTH),
    "desk:duty_step": Entry(BUSINESS, POST),
    "desk:duties_bulk": Entry(BUSINESS, POST),
    "desk:unit_tasks": Entry(BUSINESS, READ),
    "desk:unit_tasks_export": Entry(BUSINESS, READ),
}
