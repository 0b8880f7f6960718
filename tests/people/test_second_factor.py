from __future__ import annotations

import string
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.now import unmoved
from zhunsheng.people import actions, second_factor
from zhunsheng.people.models import DivisionKind, Leadership, Member, RecoveryCode, UnitKind


def somebody() -> Member:
    county = actions.add_division(parent=None, kind=DivisionKind.COUNTY, name="青石县", by=SYSTEM)
    unit = actions.add_unit(
        division=county,
        kind=UnitKind.DEPARTMENT,
        name="青石县司法局",
        short_name="县司法局",
        led_by=Leadership.PLACE,
        by=SYSTEM,
    )
    return actions.add_member(username="wuyihe", name="吴一禾", unit=unit, by=SYSTEM)


def enrolled(member: Member) -> pyotp.TOTP:
    address = second_factor.prepare(by=member, member=member)
    parsed = pyotp.parse_uri(address)
    assert isinstance(parsed, pyotp.TOTP)
    assert (parsed.issuer, parsed.name) == ("准绳", "wuyihe")
    second_factor.confirm(by=member, member=member, code=parsed.at(unmoved() - timedelta(seconds=30)))
    return parsed


@pytest.fixture
def member(db: None) -> Member:
    return somebody()


@given(code=st.text(string.digits + string.ascii_letters + " -٠一", max_size=12))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_typed_at_random_lets_in(member: Member, code: str) -> None:
    if not second_factor.enabled(member):
        enrolled(member)
    right = {
        pyotp.HOTP(second_factor._secret(member.second_factor)).at(int(unmoved().timestamp()) // 30 + n)
        for n in (-1, 0, 1)
    }
    assert second_factor.verify(by=member, member=member, code=code) == (code.replace(" ", "") in right)


def test_confirming_twice_or_without_a_secret_is_refused(member: Member) -> None:
    with pytest.raises(Refused, match="对不上"):
        second_factor.confirm(by=member, member=member, code="123456")
    made = enrolled(member)
    with pytest.raises(Refused):
        second_factor.confirm(by=member, member=member, code=made.at(unmoved()))
    with pytest.raises(Refused, match="已经启用"):
        second_factor.prepare(by=member, member=member)
    assert second_factor.provisioning(member) == ""


def test_disabling_forgets_everything(member: Member) -> None:
    made = enrolled(member)
    second_factor.disable(by=member, member=member)
    assert not RecoveryCode.objects.exists()
    assert not second_factor.verify(by=member, member=member, code=made.at(unmoved()))
    assert second_factor.codes_left(member) == 0


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_send_one_code_at_once_one_enters() -> None:
    member = somebody()
    code = enrolled(member).at(unmoved())
    answers = at_once(lambda: second_factor.verify(by=member, member=member, code=code), 8)
    assert sorted(answers) == [False] * 7 + [True]


def at_once(ask: Callable[[], bool], times: int) -> list[bool]:
    def one(_: int) -> bool:
        try:
            return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))
