"""Who may open the pages through which the desk is entered and left."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import BOTH, POST, READ, Entry, Sample
from zhunsheng.faces.desk.menu import Item

NAV: Final[tuple[Item, ...]] = ()

ENTRIES: Final[dict[str, Entry]] = {
    "desk:sign_in": Entry(
        "everyone",
        BOTH,
        (
            Sample("sign-in"),
            Sample("sign-in-wrong", fill=(("username", "nobody"), ("password", "x")), press="登录", status=422),
        ),
    ),
    "desk:second_step": Entry("everyone", BOTH),
    "desk:oidc_start": Entry("everyone", READ),
    "desk:oidc_return": Entry("everyone", READ),
    "desk:demo_sign_in": Entry("everyone", POST),
    "desk:sign_out": Entry("everyone", POST),
    "desk:demo_clock": Entry(
        "member", POST, (Sample("demo-clock", start="desk:home", press="前进一周", user="zhoumin"),)
    ),
}
