from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.kernel import now
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.people import accounts, actions
from zhunsheng.people.backends import usable
from zhunsheng.people.models import Account, Member, Unit


@pytest.fixture
def member(bureau: Unit) -> Member:
    return actions.add_member(username="wuyihe", name="吴一禾", unit=bureau, by=SYSTEM)


@given(st.text(max_size=100))
def test_a_name_as_typed_becomes_one_that_can_be_stored(typed: str) -> None:
    name = accounts.canonical(typed)
    assert len(name) <= 64
    assert "\0" not in name
    assert name == accounts.canonical(name)


@pytest.mark.parametrize("typed", ["ZhouMin", " zhoumin ", "ｚｈｏｕｍｉｎ", "zhou\0min"])
def test_spellings_of_one_name(typed: str) -> None:
    assert accounts.canonical(typed) == "zhoumin"


def test_an_account_ends_on_its_day(member: Member) -> None:
    assert usable(member)
    assert accounts.account_of(member).must_change
    Account.objects.create(member=member, expires_on=now.today() + timedelta(days=1))
    member = Member.objects.get()
    assert usable(member)
    with now.on(now.today() + timedelta(days=1)):
        assert not usable(member)
    member.is_active = False
    assert not usable(member)


def test_the_look_is_kept(member: Member) -> None:
    accounts.show(by=member, member=member, large=True, dark=False)
    accounts.show(by=member, member=member, large=False, dark=True)
    assert Account.objects.values_list("large", "dark").get() == (False, True)


def test_a_password_grows_old(member: Member) -> None:
    accounts.change_password(by=member, member=member, new="Plum-Rain-2026")
    with now.shifted(timedelta(days=179)):
        assert accounts.why_change(member) == ""
    with now.shifted(timedelta(days=181)):
        assert accounts.why_change(member) == accounts.EXPIRED
