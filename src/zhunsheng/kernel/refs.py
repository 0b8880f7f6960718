"""Links from one record to another across rooms that do not know each other's tables.

A room registers its kinds when its application is ready; whoever holds a ``Ref`` can then draw it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from zhunsheng.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to one record: ``kind`` is "room.record", ``key`` its number, ``label`` what it was called that day."""

    kind: str
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a person may see of a record that is only referred to: its name now, where it opens, a line about it."""

    label: str
    url: str
    note: str = ""


Resolver = Callable[[Collection[str], Actor], Mapping[str, Card]]
"""Cards by key for those of the keys that the actor may see; one call, and a fixed number of queries, for many."""

_RESOLVERS: dict[str, Resolver] = {}


def register(kind: str, resolver: Resolver) -> None:
    """Let ``resolver`` answer for ``kind``; a kind has one owner."""
    if _RESOLVERS.setdefault(kind, resolver) is not resolver:
        raise ValueError(f"two owners of {kind}")


def cards(refs: Iterable[Ref], actor: Actor) -> dict[Ref, Card]:
    """The cards of those refs that ``actor`` may see; the others are missing, and are shown by their label only."""
    by_kind: dict[str, list[Ref]] = {}
    for ref in refs:
        by_kind.setdefault(ref.kind, []).append(ref)
    found: dict[Ref, Card] = {}
    for kind, group in by_kind.items():
        resolver = _RESOLVERS.get(kind)
        seen = resolver({ref.key for ref in group}, actor) if resolver else {}
        found |= {ref: seen[ref.key] for ref in group if ref.key in seen}
    return found
