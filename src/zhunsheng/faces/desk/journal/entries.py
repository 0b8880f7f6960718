"""Who may open the two logs: the audit administrator alone."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import AUDIT_ADMINISTRATOR, POST, READ, Entry, Sample
from zhunsheng.faces.desk.menu import Group, Item

NAV: Final = (
    Item(Group.GROUND, "操作日志", "desk:journal", AUDIT_ADMINISTRATOR),
    Item(Group.GROUND, "访问日志", "desk:access_log", AUDIT_ADMINISTRATOR),
)
AUDIT: Final = "qiushuping"

ENTRIES: Final[dict[str, Entry]] = {
    "desk:journal": Entry(
        AUDIT_ADMINISTRATOR,
        READ,
        (
            Sample("journal", user=AUDIT),
            Sample("journal-none", fill=(("q", "查无此事"),), press="筛选", user=AUDIT),
            Sample("journal-day-wrong", fill=(("since", "昨天"),), press="筛选", user=AUDIT),
        ),
    ),
    "desk:journal_export": Entry(AUDIT_ADMINISTRATOR, READ),
    "desk:journal_verify": Entry(
        AUDIT_ADMINISTRATOR,
        POST,
        (Sample("journal-verify", start="desk:journal", press="请办事员核验", user=AUDIT),),
    ),
    "desk:journal_block": Entry(
        AUDIT_ADMINISTRATOR, READ, (Sample("journal-block", start="desk:journal", follow=("建演示县",), user=AUDIT),)
    ),
    "desk:access_log": Entry(
        AUDIT_ADMINISTRATOR,
        READ,
        (
            Sample("access-log", user=AUDIT),
            Sample("access-log-none", fill=(("q", "查无此人"),), press="筛选", user=AUDIT),
        ),
    ),
    "desk:access_log_export": Entry(AUDIT_ADMINISTRATOR, READ),
}
