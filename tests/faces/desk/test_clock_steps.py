"""The machine's clock is set two days ahead or back while people are signed in: sessions, lock-out, second step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from tests.faces.desk.conftest import PASSWORD
from zhunsheng.kernel.journal import access, verifying
from zhunsheng.kernel.journal.models import Access
from zhunsheng.kernel.now import unmoved
from zhunsheng.people import lockout, second_factor
from zhunsheng.people.models import Member

SIGN_IN, SECOND_STEP = "/desk/sign-in", "/desk/sign-in/code"
TWO_DAYS = timedelta(days=2)
BOTH = pytest.mark.parametrize("step", [TWO_DAYS, -TWO_DAYS], ids=["ahead", "back"])
SetClock = Callable[[timedelta], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Set the machine's clock by so much off the true time, for us, Django and django-axes."""
    true = timezone.now

    def set_to(off: timedelta) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: true() + off)
        monkeypatch.setattr("axes.handlers.proxy.now", lambda: true() + off)

    return set_to


def enrolled(member: Member) -> tuple[pyotp.TOTP, list[str]]:
    """The authenticator and the recovery codes."""
    made = pyotp.parse_uri(second_factor.prepare(by=member, member=member))
    assert isinstance(made, pyotp.TOTP)
    return made, second_factor.confirm(by=member, member=member, code=made.at(unmoved()))


def enter(client: Client, member: Member, password: str = PASSWORD) -> int:
    return client.post(SIGN_IN, {"username": member.username, "password": password}).status_code


@BOTH
def test_a_step_ends_a_session_once_and_signing_in_again_is_enough(
    clerk: Member, clock: SetClock, step: timedelta
) -> None:
    client = Client()
    enter(client, clerk)
    clock(step)
    assert client.get("/desk/").status_code == 302
    assert enter(client, clerk) == 302
    assert client.get("/desk/").status_code == 200
    clock(timedelta())
    assert client.get("/desk/").status_code == 302
    assert enter(client, clerk) == 302
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize("minutes", [-20, -1, 1, 20])
def test_a_small_step_throws_nobody_out(clerk: Member, clock: SetClock, minutes: int) -> None:
    client = Client()
    enter(client, clerk)
    clock(timedelta(minutes=minutes))
    assert client.get("/desk/").status_code == 200
    clock(timedelta(minutes=minutes + 29))
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize("back", [1, 20, 29, 31, 2 * 24 * 60])
def test_an_idle_session_ends_within_the_hour_whatever_the_clock_did(clerk: Member, clock: SetClock, back: int) -> None:
    client = Client()
    enter(client, clerk)
    clock(timedelta(minutes=62 - back))
    assert client.get("/desk/").status_code == 302


@BOTH
def test_no_account_stays_locked_for_days(clerk: Member, clock: SetClock, step: timedelta) -> None:
    clock(-step)
    for _ in range(5):
        enter(Client(), clerk, "wrong")
    assert enter(Client(), clerk) == 422
    assert list(lockout.locked()) == [clerk.username]
    clock(timedelta())
    assert (lockout.left(clerk.username), lockout.locked()) == (5, {})
    assert enter(Client(), clerk) == 302
    assert not AccessAttempt.objects.exists()


def test_failures_still_lock_after_a_step_back(clerk: Member, clock: SetClock) -> None:
    clock(TWO_DAYS)
    enter(Client(), clerk, "wrong")
    clock(timedelta())
    tries = [enter(Client(), clerk, "wrong") for _ in range(5)]
    assert set(tries) == {422}
    assert enter(Client(), clerk) == 422
    clock(timedelta(minutes=31))
    assert enter(Client(), clerk) == 302


@BOTH
def test_no_code_is_taken_twice_whatever_the_clock_does(clerk: Member, clock: SetClock, step: timedelta) -> None:
    made, _ = enrolled(clerk)
    clock(timedelta(minutes=5))
    code = made.at(unmoved())
    assert second_factor.verify(by=clerk, member=clerk, code=code)
    clock(step)
    assert not second_factor.verify(by=clerk, member=clerk, code=code)
    clock(timedelta(minutes=5))
    assert not second_factor.verify(by=clerk, member=clerk, code=code)
    clock(timedelta(minutes=6))
    assert second_factor.verify(by=clerk, member=clerk, code=made.at(unmoved())), "the clock is right again"


def test_who_used_a_code_of_tomorrow_comes_in_with_a_recovery_code(clerk: Member, clock: SetClock) -> None:
    """Machine and telephone were both ahead: the codes of two days are spent."""
    clock(TWO_DAYS)
    secret, codes = enrolled(clerk)
    clock(timedelta())
    assert not second_factor.verify(by=clerk, member=clerk, code=secret.at(unmoved()))
    assert second_factor.verify(by=clerk, member=clerk, code=codes[0])
    clock(TWO_DAYS + timedelta(minutes=1))
    assert second_factor.verify(by=clerk, member=clerk, code=secret.at(unmoved()))


@BOTH
def test_the_password_must_be_typed_anew_before_the_second_step(
    clerk: Member, clock: SetClock, step: timedelta
) -> None:
    enrolled(clerk)
    client = Client()
    assert client.post(SIGN_IN, {"username": clerk.username, "password": PASSWORD})["Location"] == SECOND_STEP
    clock(step)
    assert client.get(SECOND_STEP)["Location"].startswith(SIGN_IN)


def test_the_access_log_keeps_its_order_by_number(clerk: Member, clock: SetClock) -> None:
    for days in (0, 2, -2, 1):
        clock(timedelta(days=days))
        enter(Client(), clerk)
        access.seal()
    rows = list(Access.objects.order_by("pk").values_list("at", flat=True))
    assert len(rows) == 4
    assert rows != sorted(rows)
    assert list(verifying.verify()) == []
