"""Who may open the pages by which a plan goes from upload to publication, and where they stand in the navigation."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import BOTH, BUSINESS, OFFICE, POST, READ, UNITS, Entry, Sample
from zhunsheng.faces.desk.menu import Group, Item
from zhunsheng.people.models import Role

NAV: Final = (Item(Group.WORK, "工作方案", "desk:plans", BUSINESS),)

SEES: Final = OFFICE | UNITS | {Role.LEADING_GROUP_MEMBER}
"""Whoever can see a plan at all (``visible.plans``): reviewers and supervisors have no part in one."""
CLERK: Final = "zhoumin"
EXAMPLE: Final = "云溪县2026年法治政府建设工作要点"
"""The plan that runs in the demo."""
DRAFT: Final = "云溪县2026年普法工作要点"
"""The plan that is being prepared in the demo."""


def _of_plan(name: str, *links: str) -> tuple[Sample, ...]:
    """A page of the plan that runs."""
    return (Sample(name, start="desk:plans", follow=(EXAMPLE, "版次与原文", *links), user=CLERK),)


def _of_draft(name: str, *links: str) -> tuple[Sample, ...]:
    """A page of the plan that is being prepared."""
    return (Sample(name, start="desk:plans", follow=(DRAFT, "核对第 1 版", *links), user=CLERK),)


ENTRIES: Final[dict[str, Entry]] = {
    "desk:plans": Entry(
        BUSINESS,
        READ,
        (
            Sample("plans", user=CLERK),
            Sample("plans-none", fill=(("q", "查无此方案"),), press="筛选", user=CLERK),
        ),
    ),
    "desk:plans_export": Entry(BUSINESS, READ),
    "desk:plan_new": Entry(
        OFFICE,
        BOTH,
        (
            Sample("plan-new", user=CLERK),
            Sample("plan-new-wrong", press="导入", status=422, user=CLERK),
        ),
    ),
    "desk:plan_editions": Entry(SEES, READ, _of_plan("plan-editions")),
    "desk:plan_mend": Entry(OFFICE, READ, _of_draft("plan-mend")),
    "desk:plan_task_add": Entry(OFFICE, POST),
    "desk:plan_task_change": Entry(OFFICE, POST),
    "desk:plan_doubt": Entry(OFFICE, POST),
    "desk:plan_names": Entry(OFFICE, READ, _of_draft("plan-names", "对应单位")),
    "desk:plan_name": Entry(OFFICE, POST),
    "desk:plan_terms": Entry(OFFICE, BOTH, _of_draft("plan-terms", "方案要素")),
    "desk:plan_publish": Entry(OFFICE, BOTH, _of_draft("plan-publish", "复核、发布第 1 版")),
    "desk:plan_changes": Entry(SEES, READ),
    "desk:plan_carry": Entry(OFFICE, BOTH, _of_plan("plan-carry", "沿用到下一年")),
    "desk:plan_archive": Entry(OFFICE, POST),
}
