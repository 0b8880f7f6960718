from __future__ import annotations

import string
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.now import now
from zhunsheng.people import accounts, actions, passwords, policy
from zhunsheng.people.models import FormerPassword, Member, Unit

L2 = policy.current()
NAMES = st.text(string.ascii_lowercase + string.digits + ".", min_size=3, max_size=12)


@given(NAMES)
def test_what_is_made_for_once_is_always_admitted(username: str) -> None:
    made = passwords.one_time(username)
    assert len(made) >= 12
    assert passwords.kinds(made) == 4
    assert passwords.problems(made, username, L2) == []
    assert not set("lO0I1") & set(made)


@given(NAMES, st.integers(min_value=0), st.booleans())
def test_no_piece_of_the_account_hides_anywhere(username: str, at: int, upper: bool) -> None:
    start = at % (len(username) - 2)
    piece = username[start : start + 3]
    password = f"Xq7!{piece.upper() if upper else piece}Wk#4"
    assert "不能含有账号里连续 3 个字符。" in passwords.problems(password, username, L2)


@given(st.text(max_size=30))
def test_length_and_kinds_are_what_is_counted(password: str) -> None:
    found = passwords.problems(password, "zzzqqq", L2)
    assert any("太短" in text for text in found) == (len(password) < 8)
    assert any("至少要有 3 类" in text for text in found) == (passwords.kinds(password) < 3)


@pytest.mark.parametrize(
    ("password", "count"),
    [("", 0), ("abc", 1), ("abC", 2), ("aB1", 3), ("aB1!", 4), ("山水", 1), ("aB1山", 4), ("Ａｂ１", 1)],
)
def test_four_kinds(password: str, count: int) -> None:
    assert passwords.kinds(password) == count


def test_a_stricter_level_asks_for_more() -> None:
    strict = replace(L2, min_length=10, kinds=4)
    assert passwords.problems("Plum2026", "zhou", L2) == []
    assert len(passwords.problems("Plum2026", "zhou", strict)) == 2
    assert "至少 10 个字符" in passwords.wording(strict)


@pytest.fixture
def member(bureau: Unit) -> Member:
    return actions.add_member(username="wuyihe", name="吴一禾", unit=bureau, password="Plum-Rain-0", by=SYSTEM)


def test_the_last_five_are_not_used_again(member: Member) -> None:
    for number in range(1, 7):
        accounts.change_password(by=member, member=member, new=f"Plum-Rain-{number}")
    assert FormerPassword.objects.count() == 5
    for number in (1, 2, 3, 4, 5, 6):
        with pytest.raises(ValidationError, match="最近 5 次"):
            passwords.PolicyValidator().validate(f"Plum-Rain-{number}", member)
    accounts.change_password(by=member, member=member, new="Plum-Rain-0")
    assert member.check_password("Plum-Rain-0")


def test_whoever_chose_a_password_need_not_change_it(member: Member) -> None:
    assert accounts.why_change(member) == accounts.FIRST
    accounts.change_password(by=member, member=member, new="Dew-2026-Willow")
    assert accounts.why_change(member) == ""
    assert accounts.account_of(member).password_set_at <= now()  # type: ignore[operator]


def test_without_a_member_only_the_rules_are_asked(db: None) -> None:
    passwords.PolicyValidator().validate("Plum-Rain-1")
    with pytest.raises(ValidationError) as refusal:
        passwords.PolicyValidator().validate("plum")
    assert len(refusal.value.messages) == 2
    assert "至少 8 个字符" in passwords.PolicyValidator().get_help_text()
