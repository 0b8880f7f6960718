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
TEXT: Final = (
    "云溪县2026年普法工作要点\n\n一、重点任务\n"
    "1.落实普法责任制清单，2026年9月底前完成一轮检查。（牵头单位：县司法局；责任单位：各乡镇、街道）\n"
    "2.每季度组织一次以案释法。（牵头单位：县司法局；责任单位：县直有关部门）\n"
    "3.建成法治文化阵地不少于12个。（责任单位：县文旅局、县融媒中心）\n"
)


def _of_plan(name: str, *more: Sample) -> tuple[Sample, ...]:
    return (Sample(name, start="desk:plans", follow="云溪县2026年普法工作要点", user=CLERK), *more)


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
