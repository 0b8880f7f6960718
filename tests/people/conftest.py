"""A county with one township, one village and two units."""

from __future__ import annotations

import pytest

from tests.people.acting import BY
from zhunsheng.people import actions
from zhunsheng.people.models import Division, DivisionKind, Leadership, Unit, UnitKind


@pytest.fixture
def county(db: None) -> Division:
    return actions.add_division(by=BY, parent=None, kind=DivisionKind.COUNTY, name="青石县", code="050022")


@pytest.fixture
def township(county: Division) -> Division:
    return actions.add_division(by=BY, parent=county, kind=DivisionKind.TOWNSHIP, name="南坪镇")


@pytest.fixture
def village(township: Division) -> Division:
    return actions.add_division(by=BY, parent=township, kind=DivisionKind.VILLAGE, name="井边村")


@pytest.fixture
def bureau(county: Division) -> Unit:
    return actions.add_unit(
        by=BY,
        division=county,
        kind=UnitKind.DEPARTMENT,
        name="青石县司法局",
        short_name="县司法局",
        led_by=Leadership.PLACE,
    )


@pytest.fixture
def town(township: Division) -> Unit:
    return actions.add_unit(
        by=BY, division=township, kind=UnitKind.TOWNSHIP, name="青石县南坪镇人民政府", short_name="南坪镇"
    )
