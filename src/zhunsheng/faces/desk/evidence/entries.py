"""Who may open the pages of evidence; which pieces each person reads is said by ``kernel/evidence/queries``."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import BOTH, BUSINESS, POST, READ, Entry, Sample
from zhunsheng.faces.desk.menu import Group, Item

NAV: Final = (Item(Group.WORK, "佐证材料", "desk:evidence", BUSINESS),)

ENTRIES: Final[dict[str, Entry]] = {
    "desk:evidence": Entry(
        BUSINESS,
        BOTH,
        (
            Sample("evidence", user="zhoumin"),
            Sample("evidence-none", press="上传", status=422, user="zhoumin"),
        ),
    ),
    "desk:evidence_file": Entry(BUSINESS, READ),
    "desk:evidence_delete": Entry(BUSINESS, POST),
}
