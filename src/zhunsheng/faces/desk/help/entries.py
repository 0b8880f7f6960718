"""Who may open the help: whoever has signed in; it says nothing of anybody's business."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import READ, Entry, Sample
from zhunsheng.faces.desk.menu import Group, Item

NAV: Final = (Item(Group.DESK, "帮助", "desk:help"),)

ENTRIES: Final[dict[str, Entry]] = {
    "desk:help": Entry("member", READ, (Sample("help", user="zhoumin"),)),
    "desk:help_text": Entry(
        "member",
        READ,
        (
            Sample("help-tour", start="desk:help", follow="十分钟走一遍", user="zhoumin"),
            Sample("help-handbook", start="desk:help", follow="依法治县办手册", user="zhoumin"),
        ),
    ),
}
