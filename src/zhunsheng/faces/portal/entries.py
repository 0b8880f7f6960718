"""Who may open which address of the portal."""

from __future__ import annotations

from typing import Final

from zhunsheng.faces.access import BOTH, POST, READ, Entry, Sample

NO_PLAN: Final = "云溪县司法局2024年工作总结\n\n2024年，我局受理复议案件57件，办结51件。\n办公电话：0500-5550137。"

ENTRIES: Final[dict[str, Entry]] = {
    "portal:home": Entry("everyone", READ, (Sample("home"),)),
    "portal:read": Entry(
        "everyone",
        BOTH,
        (
            Sample("read-empty"),
            Sample("read-error", press="读方案", status=422),
            Sample("read-no-plan", fill=(("text", NO_PLAN),), press="读方案"),
        ),
    ),
    "portal:example": Entry("everyone", READ, (Sample("example"),)),
    "portal:export": Entry("everyone", POST),
    "portal:due": Entry(
        "everyone",
        READ,
        (
            Sample("due-empty"),
            Sample("due-result", fill=(("rule", "R03"), ("date", "2026-09-28")), press="算期限"),
            Sample("due-long", fill=(("rule", "P02"), ("date", "2026-03-01")), press="算期限"),
            Sample("due-provisional", fill=(("rule", "S02"), ("date", "2026-08-31")), press="算期限"),
            Sample("due-before", fill=(("rule", "P08"), ("date", "2026-11-30")), press="算期限"),
            Sample("due-words", fill=(("rule", "听证"), ("date", "2026-11-30")), press="算期限"),
            Sample("due-error", fill=(("rule", "N02"), ("date", "2026-11-30")), press="算期限", status=422),
        ),
    ),
    "portal:help": Entry("everyone", READ, (Sample("help"),)),
    "portal:display": Entry(
        "everyone",
        POST,
        (
            Sample("home-large", start="portal:home", press="大字"),
            Sample("home-dark", start="portal:home", press="深色"),
            Sample("example-large", start="portal:example", press="大字"),
            Sample("example-dark", start="portal:example", press="深色"),
        ),
    ),
    "portal:calendar": Entry("everyone", READ),
    "portal:healthz": Entry("everyone", READ),
}
