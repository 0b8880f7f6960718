"""Who may open the pages of one's own account: everybody who has signed in, each their own."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import BOTH, POST, READ, Entry, Sample
from zhunsheng.faces.desk.menu import Group, Item

NAV: Final = (Item(Group.DESK, "我的账号", "desk:account"),)

ENTRIES: Final[dict[str, Entry]] = {
    "desk:account": Entry("member", READ, (Sample("account", user="zhoumin"),)),
    "desk:display": Entry(
        "member",
        POST,
        (
            Sample("desk-large", start="desk:account", press="大字", user="zhoumin"),
            Sample("desk-dark", start="desk:account", press="深色", user="zhoumin"),
        ),
    ),
    "desk:password": Entry(
        "member",
        BOTH,
        (Sample("password", user="zhoumin"),),
    ),
    "desk:second_factor": Entry(
        "member",
        BOTH,
        (
            Sample("second-factor", user="zhoumin"),
            Sample("second-factor-enrol", press="开始设置", user="taochunhe"),
        ),
    ),
    "desk:second_factor_confirm": Entry("member", POST),
}
