"""Who may open which address. Every URL of the project has an entry; a test walks the resolver and compares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Who = Literal["everyone"]
Method = Literal["GET", "HEAD", "POST"]

READ: Final[frozenset[Method]] = frozenset({"GET", "HEAD"})
BOTH: Final[frozenset[Method]] = frozenset({"GET", "HEAD", "POST"})
POST: Final[frozenset[Method]] = frozenset({"POST"})


@dataclass(frozen=True, slots=True)
class Sample:
    """A state of a page to look at (``tools/shots.py``).

    ``fill`` is typed into the fields named by its keys of the page ``start`` (a URL name; "" for the page itself),
    then the button with the text ``press`` is pressed. ``status`` is that of the answer.
    """

    name: str
    start: str = ""
    fill: tuple[tuple[str, str], ...] = ()
    press: str = ""
    status: int = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """Who may open an address, with which methods, and the states in which it is looked at."""

    who: Who
    methods: frozenset[Method]
    samples: tuple[Sample, ...] = ()


NO_PLAN: Final = "云溪县司法局2024年工作总结\n\n2024年，我局受理复议案件57件，办结51件。\n办公电话：0500-5550137。"

TABLE: Final[dict[str, Entry]] = {
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
    "portal:healthz": Entry("everyone", READ),
}
