"""The cast of the matters, signed in: an office with clerk and two heads, two towns, roles as in life."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.kernel.matter.conftest import TODAY, Cast, _cast
from tests.people.acting import BY
from zhunsheng.kernel import now, refs
from zhunsheng.kernel.actor import Actor
from zhunsheng.people import actions
from zhunsheng.people.models import Division, Role

BEGUN = date(2020, 1, 1)


@pytest.fixture
def cast(db: None, tmp_path: Path, settings: Settings) -> Iterator[Cast]:
    settings.HOME = tmp_path
    with now.on(TODAY):
        made = _cast()
        county: Division = made.office.division
        for member, role in (
            (made.clerk, Role.OFFICE_CLERK),
            (made.head, Role.OFFICE_HEAD),
            (made.second, Role.OFFICE_HEAD),
        ):
            actions.grant_role(by=BY, member=member, role=role, scope=county, day=BEGUN)
        for member in (made.townsman, made.other):
            actions.grant_role(by=BY, member=member, role=Role.LIAISON_OFFICER, scope=member.unit, day=BEGUN)
        yield made


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    """Task 13 of another room, which the office may see."""

    def cards(keys: Collection[str], actor: Actor) -> dict[str, refs.Card]:
        return {key: refs.Card("任务 13", "/13") for key in keys if key == "13" and actor.unit_id == cast.office.pk}

    monkeypatch.setitem(refs._RESOLVERS, "test.task", cards)
