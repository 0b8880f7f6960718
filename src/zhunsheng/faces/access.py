"""What an entry of the permission table says. Each face keeps its entries beside its addresses (``entries.py``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from zhunsheng.people.models import ADMINISTRATORS, Role

Who = Literal["everyone", "member"] | frozenset[Role]
"""Everyone; whoever has signed in; or whoever holds one of these roles today."""
Method = Literal["GET", "HEAD", "POST"]

READ: Final[frozenset[Method]] = frozenset({"GET", "HEAD"})
BOTH: Final[frozenset[Method]] = frozenset({"GET", "HEAD", "POST"})
POST: Final[frozenset[Method]] = frozenset({"POST"})

OFFICE: Final = frozenset({Role.OFFICE_CLERK, Role.OFFICE_HEAD})
UNITS: Final = frozenset({Role.LIAISON_OFFICER, Role.UNIT_HEAD})
BUSINESS: Final = frozenset(Role) - frozenset(ADMINISTRATORS)
READERS: Final = OFFICE | UNITS | {Role.LEADING_GROUP_MEMBER}
"""Who sees business while it is under way; reviewers and supervisors see what is handed to them."""
OVERSEERS: Final = OFFICE | {Role.LEADING_GROUP_MEMBER}
"""Who sees all units of a place at once."""
SYSTEM_ADMINISTRATOR: Final = frozenset({Role.SYSTEM_ADMINISTRATOR})
SECURITY_ADMINISTRATOR: Final = frozenset({Role.SECURITY_ADMINISTRATOR})
AUDIT_ADMINISTRATOR: Final = frozenset({Role.AUDIT_ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Sample:
    """A state of a page to look at (``tools/shots.py``).

    One begins at the page ``start`` (a URL name; "" for the page itself) with the query ``query``; ``follow`` are the
    texts of the links that lead on from there one by one (to the page of a record; the first link of each text), then
    ``fill`` is typed into the fields named by its keys (of a list, the words that it shows), and the button with the
    text ``press`` is pressed. ``status`` is that of the answer. ``user`` is the demo member who looks, one of those whom
    the demo's sign-in page offers; "" for nobody signed in.
    """

    name: str
    start: str = ""
    fill: tuple[tuple[str, str], ...] = ()
    press: str = ""
    status: int = 200
    user: str = ""
    follow: tuple[str, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Who may open an address, with which methods, and the states in which it is looked at."""

    who: Who
    methods: frozenset[Method]
    samples: tuple[Sample, ...] = ()
