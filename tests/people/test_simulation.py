"""The demo's clock: only in the demo, and everywhere in it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from zhunsheng.kernel import now
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.errors import Refused
from zhunsheng.people import actions, demo, installation, simulation
from zhunsheng.people.models import DivisionKind, Installation, Role, SimulatedClock


@pytest.fixture
def demonstrating(db: None, settings: pytest.FixtureRequest) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    demo.build()


def test_inside_it_is_the_demos_day(demonstrating: None) -> None:
    before = now.today()
    simulation.move(by=SYSTEM, days=7)
    assert now.today() == before
    with simulation.applied():
        assert now.today() == before + timedelta(days=7)
        simulation.move(by=SYSTEM, days=1)
        simulation.move_to(by=SYSTEM, day=before + timedelta(days=100))
    with simulation.applied():
        assert now.today() - before == timedelta(days=101), "the shift in force was that of before the day"


def test_to_a_day_and_back(demonstrating: None) -> None:
    before = now.today()
    simulation.move_to(by=SYSTEM, day=date(2030, 2, 28))
    with simulation.applied():
        assert now.today() == date(2030, 2, 28)
        simulation.move_to(by=SYSTEM, day=date(2029, 12, 31))
    with simulation.applied():
        assert now.today() == date(2029, 12, 31)
        simulation.reset(by=SYSTEM)
    with simulation.applied():
        assert now.today() == before


@pytest.mark.parametrize("days", [3661, -3661, 10**9])
def test_not_further_than_ten_years(demonstrating: None, days: int) -> None:
    with pytest.raises(Refused, match="最多拨前或者拨后十年"):
        simulation.move(by=SYSTEM, days=days)
    assert not SimulatedClock.objects.exclude(days=0).exists()


def test_not_before_anybody_is_there(demonstrating: None) -> None:
    simulation.move_to(by=SYSTEM, day=simulation.FIRST)
    with simulation.applied():
        assert now.today() == simulation.FIRST
        assert [role for role, _ in simulation.players()] == list(Role)
        with pytest.raises(Refused, match="2020-01-01 起才有人办事"):
            simulation.move(by=SYSTEM, days=-1)
        assert now.today() == simulation.FIRST


def test_a_real_county_has_no_such_clock(db: None, settings: pytest.FixtureRequest) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    county = actions.add_division(parent=None, kind=DivisionKind.COUNTY, name="青石县", by=SYSTEM)
    Installation.objects.create(division=county)
    SimulatedClock.objects.create(days=30)
    assert not simulation.on()
    with pytest.raises(Refused, match="只有演示"):
        simulation.move(by=SYSTEM, days=1)
    before = now.today()
    with simulation.applied():
        assert now.today() == before


def test_a_production_server_on_the_demos_database_has_none_either(demonstrating: None, settings: object) -> None:
    simulation.move(by=SYSTEM, days=30)
    settings.DEMO = False  # type: ignore[attr-defined]
    before = now.today()
    with simulation.applied():
        assert now.today() == before
    assert not simulation.on()


def test_outside_the_demo_the_database_is_not_asked() -> None:
    with simulation.applied():
        assert now.now() - now.unmoved() < timedelta(seconds=1)


def test_outside_the_demo_a_shift_in_force_stays() -> None:
    with now.on(date(2031, 4, 5)), simulation.applied():
        assert now.today() == date(2031, 4, 5)


def test_one_player_for_each_role(demonstrating: None) -> None:
    players = simulation.players()
    assert [role for role, _ in players] == list(Role)
    assert players[0][1].full_name == "许冬青"
    assert dict(players)[Role.OFFICE_CLERK].username == "zhoumin"
    assert installation.current() is not None


def test_the_players_of_a_unit_meet(demonstrating: None) -> None:
    """What the liaison officer of the demo reports, the head of the demo confirms."""
    players = dict(simulation.players())
    assert players[Role.LIAISON_OFFICER].unit == players[Role.UNIT_HEAD].unit
