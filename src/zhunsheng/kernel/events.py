"""Rooms tell each other what happened, by name, inside the same transaction: a listener that fails undoes the change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from zhunsheng.kernel.refs import Ref

Listener = Callable[[Ref, Mapping[str, Any]], None]
_LISTENERS: defaultdict[str, list[Listener]] = defaultdict(list)


def on(event: str, listener: Listener) -> None:
    """Call ``listener(ref, data)`` whenever ``event`` ("matter.closed") is emitted; registered once when an app is ready."""
    if listener not in _LISTENERS[event]:
        _LISTENERS[event].append(listener)


def emit(event: str, ref: Ref, **data: Any) -> None:
    """Tell everybody who listens to ``event`` that it happened to ``ref``."""
    for listener in _LISTENERS[event]:
        listener(ref, data)
