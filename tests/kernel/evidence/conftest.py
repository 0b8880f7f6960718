"""A home of its own, and units with members who bring evidence."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.people import actions
from zhunsheng.people.models import Division, DivisionKind, Leadership, Member, Unit, UnitKind


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def county(db: None) -> Division:
    return actions.add_division(parent=None, kind=DivisionKind.COUNTY, name="青石县", code="050022", by=SYSTEM)


def member_of(county: Division, name: str, username: str) -> Member:
    unit: Unit = actions.add_unit(
        division=county,
        kind=UnitKind.TOWNSHIP,
        name=f"青石县{name}",
        short_name=name,
        led_by=Leadership.PLACE,
        by=SYSTEM,
    )
    return actions.add_member(username=username, name="何秀兰", unit=unit, by=SYSTEM)


@pytest.fixture
def clerk(home: Path, county: Division) -> Member:
    return member_of(county, "南坪镇", "he")


@pytest.fixture
def stranger(home: Path, county: Division) -> Member:
    return member_of(county, "北关镇", "ma")
