"""Flow 流程: which steps a record may take, who may take them, and what must be on file first.

A flow is a table of transitions, kept beside the records that it governs (``flow.py`` of each room). Actions ask it
and change the record; pages ask it which buttons to draw and what is still missing behind a button that is greyed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar

from django.db.models import CheckConstraint, Q

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused

SHAPES: Final = frozenset("new run wait soon near late done back stop est na".split())
"""How a state is drawn: the shapes and colours that the whole product shares."""


class Stateful(Protocol):
    """A record that a flow governs. Its ``state`` is text; a model's field is more than ``str`` to a type checker."""

    state: Any


R = TypeVar("R", bound=Stateful)

Guard = Callable[[R], str | None]
"""What is still missing, as a Chinese clause to be read after 还差 (写明理由), or ``None``."""
Bar = Callable[[R, Actor], str | None]
"""Whose place it is instead, where it must not be this very person's (两个人办); worded like what a ``Guard`` says."""
Right = Callable[[R, Actor], bool]


@dataclass(frozen=True, slots=True)
class State:
    """A state: what it is called, how it is drawn, whether the record is over with it."""

    label: str
    shape: str
    final: bool = False


States = Mapping[str, State]


def within(states: States, name: str) -> CheckConstraint:
    """The database's own check that ``state`` is one of these (for models that their flow imports)."""
    return CheckConstraint(
        condition=Q(state__in=sorted(states)), name=name, violation_error_message="状态不在规定的范围内。"
    )


def choices(states: States) -> list[tuple[str, str]]:
    """States for a model field and for filters."""
    return [(name, state.label) for name, state in states.items()]


@dataclass(frozen=True, slots=True)
class Transition(Generic[R]):
    """A step: from any of ``sources`` to ``target``, called ``label`` on its button and in histories."""

    action: str
    label: str
    sources: frozenset[str]
    target: str
    may: Right[R]
    guards: tuple[Guard[R], ...] = ()
    reason: bool = False
    """The actor must say why."""
    bar: Bar[R] | None = None

    def missing(self, record: R, actor: Actor) -> list[str]:
        """What must still be on file before this step, and who must take it where ``actor`` must not."""
        barred = self.bar(record, actor) if self.bar else None
        return [said for guard in self.guards if (said := guard(record))] + ([barred] if barred else [])


@dataclass(frozen=True, slots=True)
class Flow(Generic[R]):
    """The states and transitions of one kind of record. ``name`` is "room.record"."""

    name: str
    label: str
    states: States
    transitions: tuple[Transition[R], ...]

    def __post_init__(self) -> None:
        """A flow that names an unknown state or shape is a defect of ours."""
        named = {name for one in self.transitions for name in (*one.sources, one.target)}
        if unknown := (named - set(self.states)) | ({state.shape for state in self.states.values()} - SHAPES):
            raise ValueError(f"{self.name}: {sorted(unknown)}")

    def constraint(self, name: str) -> CheckConstraint:
        """The database's own check that ``state`` is one of these."""
        return within(self.states, name)

    def choices(self) -> list[tuple[str, str]]:
        """States for a model field and for filters."""
        return choices(self.states)

    def find(self, action: str, state: str) -> Transition[R] | None:
        """The transition of that action from that state."""
        return next((one for one in self.transitions if one.action == action and state in one.sources), None)

    def open_to(self, record: R, actor: Actor) -> list[Transition[R]]:
        """The steps that ``actor`` may take now, those for which something is still missing included."""
        return [one for one in self.transitions if record.state in one.sources and one.may(record, actor)]

    def check(self, record: R, action: str, actor: Actor, *, reason: str = "") -> Transition[R]:
        """The transition, where state, right, guards and reason allow it. Raises ``Refused``."""
        found = self.find(action, record.state)
        if found is None:
            label = next(one.label for one in self.transitions if one.action == action)
            now = self.states[record.state].label
            raise Refused("state", f"现在是“{now}”，不能{label}。请刷新页面，看看刚才有没有别人办过。")
        if not found.may(record, actor):
            raise Refused("right", f"这一步（{found.label}）不归你办。")
        if lacking := found.missing(record, actor):
            raise Refused("missing", f"还不能{found.label}：还差{'；'.join(lacking)}。")
        if found.reason and not reason.strip():
            raise Refused("reason", f"{found.label}要写明理由。")
        return found

    def step(self, record: R, action: str, actor: Actor, *, reason: str = "") -> Transition[R]:
        """``check``, and set the record's state; saving and logging are the action's. Raises ``Refused``."""
        found = self.check(record, action, actor, reason=reason)
        record.state = found.target
        return found
