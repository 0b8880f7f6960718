"""Who may open the pages of matters; which of them each person sees is said by ``kernel/matter/queries``."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import BOTH, OFFICE, READ, UNITS, Entry, Sample
from zhunsheng.faces.desk.menu import Group, Item
from zhunsheng.people.models import Role

WORKERS: Final = OFFICE | UNITS
READERS: Final = WORKERS | {Role.LEADING_GROUP_MEMBER}

NAV: Final = (Item(Group.BOOKS, "督察督办", "desk:matters", READERS),)


def _seen(name: str, state: str, *links: str) -> Sample:
    """A page that the clerk reaches from the first of the demo's matters in a state."""
    return Sample(name, start="desk:matters", query=f"state={state}", follow=("看", *links), user="zhoumin")


ENTRIES: Final[dict[str, Entry]] = {
    "desk:matters": Entry(
        READERS,
        READ,
        (
            Sample("matters", user="zhoumin"),
            Sample("matters-none", fill=(("q", "查无此件"),), press="筛选", user="zhoumin"),
        ),
    ),
    "desk:matters_export": Entry(READERS, READ),
    "desk:matter_new": Entry(
        OFFICE,
        BOTH,
        (
            Sample("matter-new", user="zhoumin"),
            Sample("matter-new-wrong", press="存为拟稿", status=422, user="zhoumin"),
        ),
    ),
    "desk:matter": Entry(READERS, READ, (_seen("matter", "answered"), _seen("matter-signed", "signed"))),
    "desk:matter_paper": Entry(READERS, READ),
    "desk:matter_revise": Entry(OFFICE, BOTH, (_seen("matter-revise", "draft", "改稿"),)),
    "desk:matter_act": Entry(WORKERS, BOTH, (_seen("matter-act", "answered", "销号"),)),
    "desk:matter_propose": Entry(WORKERS, BOTH, (_seen("matter-propose", "signed", "提请通报"),)),
    "desk:matter_decide": Entry(WORKERS, BOTH),
    "desk:proposal_paper": Entry(READERS, READ),
}
