"""刚刚发生, as the desk draws it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.journal.latest import latest
from zhunsheng.kernel.refs import cards


@dataclass(frozen=True, slots=True)
class Line:
    """Who did what to which record, when; ``url`` is "" where the record has gone. ``more``: other records of it."""

    at: datetime
    who: str
    action: str
    label: str
    url: str
    reason: str
    more: int


def happened(actor: Actor) -> list[Line]:
    """The newest changes of records that the person may see; three queries, and those of the cards of three rooms."""
    found = latest(actor)
    seen = cards([one.ref for one in found], actor)
    return [
        Line(
            at=one.block.at,
            who=f"{one.block.unit_name}{one.block.actor_name}",
            action=one.action,
            label=one.ref.label,
            url=seen[one.ref].url if one.ref in seen else "",
            reason=one.reason,
            more=one.count - 1,
        )
        for one in found
    ]
