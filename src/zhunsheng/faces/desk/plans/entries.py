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
"""The example plan, where the demo has it."""


def _of_plan(name: str, *more: Sample) -> tuple[Sample, ...]:
    return (Sample(name, start="desk:plans", follow=EXAMPLE, user=CLERK), *more)


ENTRIES: Final[dict[str, Entry]] = {
    "desk:plans": Entry(
        BUSINESS,
        READ,
        (
            Sample("plans", user=CLERK),
            Sample("plans-none", fill=(("q", "查无此方案"),), press="筛选", user=CLERK),
        ),
    ),
    "desk:plans_export": Entry(BUSINESS, READ, (Sample("plans-export", start="desk:plans", user=CLERK),)),
    "desk:plan_new": Entry(
        OFFICE,
        BOTH,
        (
            Sample("plan-new", user=CLERK),
            Sample("plan-new-wrong", press="导入", status=422, user=CLERK),
        ),
    ),
    "desk:plan_editions": Entry(SEES, READ, _of_plan("plan-editions")),
    "desk:plan_mend": Entry(OFFICE, READ, _of_plan("plan-mend")),
    "desk:plan_task_add": Entry(OFFICE, POST),
    "desk:plan_task_change": Entry(OFFICE, POST),
    "desk:plan_doubt": Entry(OFFICE, POST),
    "desk:plan_names": Entry(OFFICE, READ, _of_plan("plan-names")),
    "desk:plan_name": Entry(OFFICE, POST),
    "desk:plan_terms": Entry(OFFICE, BOTH, _of_plan("plan-terms")),
    "desk:plan_publish": Entry(OFFICE, BOTH, _of_plan("plan-publish")),
    "desk:plan_changes": Entry(SEES, READ, _of_plan("plan-changes")),
    "desk:plan_carry": Entry(OFFICE, BOTH, _of_plan("plan-carry")),
    "desk:plan_archive": Entry(OFFICE, POST),
}
