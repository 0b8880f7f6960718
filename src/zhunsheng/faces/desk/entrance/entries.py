"""Who may open the pages through which the desk is entered and left."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import BOTH, POST, Entry, Sample
from zhunsheng.faces.desk.menu import Item

NAV: Final[tuple[Item, ...]] = ()

ENTRIES: Final[dict[str, Entry]] = {
    "desk:sign_in": Entry(
        "everyone",
        BOTH,
        (
            Sample("sign-in"),
            Sample("sign-in-wrong", fill=(("username", "zhoumin"), ("password", "x")), press="登录", status=422),
        ),
    ),
    "desk:sign_out": Entry("everyone", POST),
}
