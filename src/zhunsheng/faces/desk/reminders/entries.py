"""Who may open the pages of reminders: each their own; what could not be sent is looked at by the system administrator."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import BOTH, POST, READ, SYSTEM_ADMINISTRATOR, Entry, Sample
from zhunsheng.faces.desk.menu import Group, Item
from zhunsheng.kernel.reminders import actions
from zhunsheng.people import administration
from zhunsheng.people.models import Member, Role


def _unseen(me: Member) -> int:
    return actions.unseen_count(me)


def _to_look_at(me: Member) -> int:
    return actions.to_look_at(administration.members(me, Role.SYSTEM_ADMINISTRATOR)).count()


NAV: Final = (
    Item(Group.DESK, "提醒", "desk:reminders", count=_unseen),
    Item(Group.GROUND, "没有送到的消息", "desk:outbox", who=SYSTEM_ADMINISTRATOR, count=_to_look_at),
)

ENTRIES: Final[dict[str, Entry]] = {
    "desk:reminders": Entry("member", READ, (Sample("reminders", user="zhoumin"),)),
    "desk:reminders_seen": Entry("member", POST),
    "desk:channels": Entry(
        "member",
        BOTH,
        (
            Sample("channels", user="zhoumin"),
            Sample("channels-wrong", fill=(("address", "周敏"),), press="添加", status=422, user="zhoumin"),
        ),
    ),
    "desk:channel": Entry("member", POST),
    "desk:feed": Entry(
        "member", POST, (Sample("feed", start="desk:channels", press="生成订阅地址", user="taochunhe"),)
    ),
    "desk:outbox": Entry(SYSTEM_ADMINISTRATOR, READ, (Sample("outbox", user="fanlicheng"),)),
    "desk:outbox_resolve": Entry(SYSTEM_ADMINISTRATOR, POST),
}
