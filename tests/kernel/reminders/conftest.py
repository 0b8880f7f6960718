"""Two members who are reminded, a source that wants what a test says, and the other side of the wire."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from pytest_django import Settings

from tests.kernel.reminders.receivers import Postbox, Robots, postbox, robots
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.now import on
from zhunsheng.kernel.refs import Ref
from zhunsheng.kernel.reminders import sources
from zhunsheng.kernel.reminders.models import Level
from zhunsheng.kernel.reminders.sources import Wanted
from zhunsheng.kernel.reminders.witness import Witness
from zhunsheng.people import actions
from zhunsheng.people.models import DivisionKind, Leadership, Member, Unit, UnitKind

DAY = date(2026, 3, 2)
DUE = date(2026, 3, 31)
KIND = "task_due"


@pytest.fixture
def unit(db: None) -> Unit:
    county = actions.add_division(parent=None, kind=DivisionKind.COUNTY, name="青石县", by=SYSTEM)
    return actions.add_unit(
        division=county,
        kind=UnitKind.DEPARTMENT,
        name="青石县司法局",
        short_name="县司法局",
        led_by=Leadership.PLACE,
        by=SYSTEM,
    )


@pytest.fixture
def member(unit: Unit) -> Member:
    return actions.add_member(username="wuyihe", name="吴一禾", unit=unit, by=SYSTEM)


@pytest.fixture
def other(unit: Unit) -> Member:
    return actions.add_member(username="linxiaoshan", name="林小山", unit=unit, by=SYSTEM)


def wanting(member: Member, key: str = "17", level: Level = Level.YELLOW, *, due: date = DUE, text: str = "") -> Wanted:
    """A reminder about one thing."""
    subject = Ref("plans.task", key, f"任务{key}")
    said = text or f"任务{key}快到期"
    return Wanted(f"{key}/{due}", subject, member.pk, level, said, f"/desk/tasks/{key}", due)


@pytest.fixture
def want() -> Iterator[Callable[..., None]]:
    """Have the source want these from now on. The sources of the floors above are set aside."""
    kept = dict(sources._SOURCES)
    sources._SOURCES.clear()
    several: list[Wanted] = []

    def source(day: date) -> list[Wanted]:
        return several

    def set_to(*wanted: Wanted) -> None:
        several[:] = wanted

    sources.register(KIND, source)
    yield set_to
    sources.unregister(KIND)
    sources._SOURCES.update(kept)


@pytest.fixture
def morning() -> Iterator[None]:
    """Noon of the day."""
    with on(DAY):
        yield


@pytest.fixture
def box(settings: Settings) -> Iterator[Postbox]:
    with postbox() as made:
        settings.SMTP_URL = made.url
        settings.MAIL_FROM = "准绳 <zhunsheng@yunxi.example>"
        settings.SITE_URL = "https://zs.example"
        yield made


@pytest.fixture
def robot(settings: Settings) -> Iterator[Robots]:
    with robots() as made:
        settings.ROBOT_HOSTS = [made.origin]
        settings.SITE_URL = "https://zs.example"
        yield made


@pytest.fixture
def witness() -> Iterator[Witness]:
    with Witness() as made:
        yield made
