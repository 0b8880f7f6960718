"""A clock of one reconsideration, an actor, and listeners that are taken away again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from zhunsheng.kernel import events
from zhunsheng.kernel.actor import Program
from zhunsheng.kernel.clock import actions
from zhunsheng.kernel.clock.models import Clock
from zhunsheng.kernel.refs import Ref

BY = Program("测试")
CASE = Ref("disputes.case", "7", "云溪县〔2026〕7号复议案")
Started = Callable[..., Clock]


@pytest.fixture
def started(db: None) -> Started:
    """Start a clock for the case."""

    def start(rule: str = "R03", trigger: date = date(2026, 9, 28), **more: Any) -> Clock:
        return actions.start(by=BY, rule=rule, trigger=trigger, subject=CASE, **more)

    return start


@pytest.fixture
def moved() -> Iterator[list[tuple[Ref, Mapping[str, Any]]]]:
    """What was told by ``clock.moved``."""
    told: list[tuple[Ref, Mapping[str, Any]]] = []

    def listener(ref: Ref, data: Mapping[str, Any]) -> None:
        told.append((ref, data))

    events.on("clock.moved", listener)
    yield told
    events._LISTENERS["clock.moved"].remove(listener)


@pytest.fixture
def local_pack() -> Iterator[Path]:
    """The county's own pack, to be written by the test."""
    path = Path(settings.HOME) / "packs" / "time_limits_local.yaml"
    path.parent.mkdir(exist_ok=True)
    yield path
    path.unlink(missing_ok=True)
