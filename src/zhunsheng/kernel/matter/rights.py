"""Who may do what with matters. The kernel knows no roles: an upper floor registers ``Rights``; until then, nobody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Q

from zhunsheng.kernel.actor import Actor


def no_units(prefix: str = "") -> Q:
    """The condition that no unit meets."""
    return Q(**{f"{prefix}pk__in": ()})


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person may do with matters today.

    ``acts_for``: units whose matters they sign and answer. ``drafts``: issuing units for which they draft, check and
    propose; ``approves``: those for which they issue and decide (on what another has proposed). ``units(prefix)`` is the
    condition on units that they oversee or may see into; it bounds whom a draft may be addressed to.
    """

    acts_for: frozenset[int] = frozenset()
    drafts: frozenset[int] = frozenset()
    approves: frozenset[int] = frozenset()
    units: Callable[[str], Q] = no_units


class Rights(Protocol):
    """What an upper floor knows."""

    def standing(self, actor: Actor) -> Standing:
        """Today's standing of ``actor``; a fixed number of queries."""

    def names(self, unit_ids: Collection[int]) -> Mapping[int, str]:
        """Full names of units, as official documents print them."""


class Nobody:
    """The rights before any were registered: none."""

    def standing(self, actor: Actor) -> Standing:
        """Nothing."""
        return Standing()

    def names(self, unit_ids: Collection[int]) -> Mapping[int, str]:
        """No names."""
        return {}


_RIGHTS: list[Rights] = [Nobody()]


def register(rights: Rights) -> None:
    """Let ``rights`` decide from now on; called once, when an upper floor is ready."""
    _RIGHTS[:] = [rights]


@dataclass(frozen=True, slots=True)
class Seated:
    """An actor together with their standing, so that a page that asks often asks the database once."""

    actor: Actor
    standing: Standing

    @property
    def pk(self) -> int | None:
        """The member's number."""
        return self.actor.pk

    @property
    def full_name(self) -> str:
        """The person's name."""
        return self.actor.full_name

    @property
    def unit_id(self) -> int | None:
        """The unit that they act for."""
        return self.actor.unit_id

    @property
    def unit_name(self) -> str:
        """Its name."""
        return self.actor.unit_name


def seated(actor: Actor) -> Seated:
    """``actor`` with the standing of this moment."""
    return actor if isinstance(actor, Seated) else Seated(actor, _RIGHTS[0].standing(actor))


def standing(actor: Actor) -> Standing:
    """What ``actor`` may do."""
    return seated(actor).standing


def printed_name(unit_id: int) -> str:
    """The full name of a unit."""
    return _RIGHTS[0].names([unit_id]).get(unit_id, "")


def printed_names(unit_ids: Collection[int]) -> Mapping[int, str]:
    """The full names of units."""
    return _RIGHTS[0].names(unit_ids)
