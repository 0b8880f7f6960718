"""Kinds of matters, and the steps of escalation: the pack ``matters``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from zhunsheng.kernel import packs
from zhunsheng.kernel.errors import Refused

Count = Literal["working", "calendar"]


@dataclass(frozen=True, slots=True)
class Span:
    """So many days, counted as working or as calendar days; ``days`` ``None``: each paper sets its own date."""

    days: int | None
    count: Count


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of matter.

    ``word`` opens its number (机关代字), "" for those that come from outside with a number of their own (``incoming``);
    ``rule`` is the id of the time limit in the clock's pack, "" where no law sets one; ``again`` is the time to mend
    what was returned; ``escalation`` the steps that may follow.
    """

    id: str
    label: str
    word: str
    basis: str
    rule: str
    incoming: bool
    sign: Span
    answer: Span
    again: Span
    evidence: bool
    escalation: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of escalation: its name, the word of its numbers, the name of its paper."""

    id: str
    label: str
    word: str
    paper: str


@dataclass(frozen=True, slots=True)
class Warn:
    """How many working days before the date a matter turns yellow and orange."""

    soon: int
    near: int


def kinds() -> dict[str, Kind]:
    """All kinds by id, in the order of the pack. Raises ``BadPack``."""
    return {one["id"]: _kind(one) for one in packs.load("matters").content["kinds"]}


def kind(name: str) -> Kind:
    """One kind. Raises ``Refused`` where the pack does not know it."""
    found = kinds().get(name)
    if found is None:
        raise Refused("matter_kind", f"规则包 matters 里没有“{name}”这一种交办事项。请让系统管理员核对规则包。")
    return found


def steps() -> dict[str, Step]:
    """The steps of escalation by id, mildest first."""
    return {one["id"]: Step(**one) for one in packs.load("matters").content["steps"]}


def warn() -> Warn:
    """When a matter turns yellow and orange."""
    return Warn(**packs.load("matters").content["warn"])


def _kind(one: dict[str, Any]) -> Kind:
    """A kind as written in the pack, with what may be left out."""
    spans = {name: Span(**one[name]) for name in ("sign", "answer", "again")}
    return Kind(
        id=one["id"],
        label=one["label"],
        word=one.get("word", ""),
        basis=one.get("basis", ""),
        rule=one.get("rule", ""),
        incoming=one.get("incoming", False),
        evidence=one["evidence"],
        escalation=tuple(one["escalation"]),
        **spans,
    )
