"""Who may open the desk's first page, and where it stands in the navigation."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import READ, Entry, Sample
from zhunsheng.faces.desk.menu import Group, Item

NAV: Final = (Item(Group.DESK, "我的案头", "desk:home"),)

ENTRIES: Final[dict[str, Entry]] = {
    "desk:home": Entry(
        "member",
        READ,
        (
            Sample("desk-home", user="zhoumin"),
            Sample("desk-home-unit", user="xudongqing"),
            Sample("desk-home-system", user="fanlicheng"),
        ),
    ),
    "desk:home_export": Entry("member", READ),
}
