"""Who may see the working-day calendar (whoever has signed in), and who changes it."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import BOTH, POST, READ, READERS, SYSTEM_ADMINISTRATOR, Entry, Sample
from zhunsheng.faces.desk.menu import Group, Item

NAV: Final = (Item(Group.GROUND, "工作日历", "desk:calendar"),)
SYSTEM: Final = "fanlicheng"
CLERK: Final = "zhoumin"
NOTICE: Final = "2027-01-01至2027-01-03,放假,元旦\n2027-02-30,放假,春节\n2027-05-01,过节,劳动节"

ENTRIES: Final[dict[str, Entry]] = {
    "desk:calendar": Entry("member", READ, (Sample("calendar", user=SYSTEM), Sample("calendar-member", user=CLERK))),
    "desk:calendar_notice": Entry(
        SYSTEM_ADMINISTRATOR,
        BOTH,
        (
            Sample("calendar-notice", user=SYSTEM),
            Sample(
                "calendar-notice-wrong",
                fill=(("document", "国办发明电〔2026〕9号"), ("text", NOTICE)),
                press="先看会怎样",
                status=422,
                user=SYSTEM,
            ),
        ),
    ),
    "desk:calendar_day": Entry(
        SYSTEM_ADMINISTRATOR,
        POST,
        (Sample("calendar-day-wrong", start="desk:calendar", press="记下这一天", status=422, user=SYSTEM),),
    ),
    "desk:calendar_moves": Entry(READERS | SYSTEM_ADMINISTRATOR, READ, (Sample("calendar-moves", user=SYSTEM),)),
}
