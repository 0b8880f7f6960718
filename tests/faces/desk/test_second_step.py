"""动态口令 over HTTP: enrol, confirm, sign in with it, lose the telephone."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from axes.models import AccessAttempt
from django.test import Client

from tests.faces.desk.conftest import PASSWORD, SignedIn
from tests.faces.world import World
from zhunsheng.kernel.now import unmoved
from zhunsheng.people.accounts import change_password
from zhunsheng.people.models import Member, RecoveryCode, Role, SecondFactor

SIGN_IN, STEP = "/desk/sign-in", "/desk/sign-in/code"
HERE = "/desk/account/second-factor"


def password(client: Client, member: Member) -> str:
    response = client.post(SIGN_IN, {"username": member.username, "password": PASSWORD, "next": "/desk/account/"})
    return str(response.get("Location", ""))


def enrolled(client: Client) -> tuple[pyotp.TOTP, list[str]]:
    """Set up; the authenticator and the recovery codes."""
    page = client.post(HERE).content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert secret
    assert "<svg" in page
    assert "style=" not in page
    made = pyotp.TOTP(secret[1])
    page = client.post(f"{HERE}/confirm", {"code": made.at(unmoved() - timedelta(seconds=30))}).content.decode()
    return made, re.findall(r"<li>([a-z2-9]{5}-[a-z2-9]{5})</li>", page)


@pytest.fixture
def telephone(clerk: Member) -> tuple[pyotp.TOTP, list[str]]:
    client = Client()
    password(client, clerk)
    return enrolled(client)


def test_a_code_is_asked_for_after_the_password_and_taken_once(
    clerk: Member, telephone: tuple[pyotp.TOTP, list[str]]
) -> None:
    client, code = Client(), telephone[0].at(unmoved())
    assert password(client, clerk) == STEP
    assert client.get("/desk/").status_code == 302, "the password alone opens nothing"
    assert client.get(STEP).status_code == 200
    response = client.post(STEP, {"code": f"{code[:3]} {code[3:]}"})
    assert response["Location"] == "/desk/account/"
    assert client.get("/desk/").status_code == 200
    other = Client()
    password(other, clerk)
    replayed = other.post(STEP, {"code": code})
    assert replayed.status_code == 422
    assert "已经用过" in replayed.content.decode()
    assert other.get("/desk/").status_code == 302


def test_a_later_code_is_taken_an_older_one_is_not(clerk: Member, telephone: tuple[pyotp.TOTP, list[str]]) -> None:
    client = Client()
    password(client, clerk)
    for seconds, right in ((-90, False), (90, False), (-30, False), (30, True)):
        response = client.post(STEP, {"code": telephone[0].at(unmoved() + timedelta(seconds=seconds))})
        assert (response.status_code == 302) == right, seconds


def test_a_recovery_code_is_taken_once(clerk: Member, telephone: tuple[pyotp.TOTP, list[str]]) -> None:
    codes = telephone[1]
    assert len(set(codes)) == 10
    client = Client()
    password(client, clerk)
    assert "还剩 10 个" in client.get(STEP).content.decode()
    assert client.post(STEP, {"code": codes[3].upper()})["Location"] == "/desk/account/"
    other = Client()
    password(other, clerk)
    assert "还剩 9 个" in other.get(STEP).content.decode()
    assert other.post(STEP, {"code": codes[3]}).status_code == 422
    assert other.post(STEP, {"code": codes[4].replace("-", " ")}).status_code == 302


def test_wrong_codes_lock_the_account(clerk: Member, telephone: tuple[pyotp.TOTP, list[str]]) -> None:
    client = Client()
    password(client, clerk)
    for left in (4, 3, 2, 1):
        assert f"还可试 {left} 次" in client.post(STEP, {"code": "000000"}).content.decode()
    assert "暂时锁定" in client.post(STEP, {"code": "000000"}).content.decode()
    assert client.post(STEP, {"code": telephone[0].at(unmoved())})["Location"] == SIGN_IN
    assert password(Client(), clerk) == ""
    assert "000000" not in str(list(AccessAttempt.objects.values_list("post_data")))


def test_a_locked_account_takes_no_code_either(clerk: Member, telephone: tuple[pyotp.TOTP, list[str]]) -> None:
    client = Client()
    password(client, clerk)
    for _ in range(5):
        Client().post(SIGN_IN, {"username": clerk.username, "password": "wrong"})
    assert client.post(STEP, {"code": telephone[0].at(unmoved())}).status_code == 422
    assert client.get("/desk/").status_code == 302


def test_the_second_step_waits_five_minutes(clerk: Member, telephone: tuple[pyotp.TOTP, list[str]]) -> None:
    client = Client()
    password(client, clerk)
    session = client.session
    session["pending"] = {**session["pending"], "at": session["pending"]["at"] - 301}
    session.save()
    assert client.post(STEP, {"code": telephone[0].at(unmoved())})["Location"] == SIGN_IN
    assert Client().get(STEP)["Location"] == SIGN_IN


def test_the_secret_is_stored_encrypted_and_codes_as_digests(
    clerk: Member, telephone: tuple[pyotp.TOTP, list[str]], settings: pytest.FixtureRequest
) -> None:
    authenticator, codes = telephone
    stored = SecondFactor.objects.get()
    assert authenticator.secret not in stored.secret
    assert not {code.replace("-", "") for code in codes} & set(RecoveryCode.objects.values_list("digest", flat=True))
    client = Client()
    settings.SECRET_KEY = "another key, so that the secret cannot be read"  # type: ignore[attr-defined]
    password(client, clerk)
    assert client.post(STEP, {"code": authenticator.at(unmoved())}).status_code == 422


def test_a_secret_not_confirmed_is_not_asked_for(clerk: Member) -> None:
    client = Client()
    password(client, clerk)
    client.post(HERE)
    refused = client.post(f"{HERE}/confirm", {"code": "000000"})
    assert refused.status_code == 422
    assert "对不上" in refused.content.decode()
    assert "<svg" in refused.content.decode(), "the same secret is still there to scan"
    assert password(Client(), clerk) == "/desk/account/"


def test_it_cannot_be_replaced_by_whoever_finds_a_session_open(
    clerk: Member, telephone: tuple[pyotp.TOTP, list[str]]
) -> None:
    client = Client()
    client.force_login(clerk, backend="zhunsheng.people.backends.MemberBackend")
    before = SecondFactor.objects.get().secret
    assert client.post(HERE).status_code == 422
    assert SecondFactor.objects.get().secret == before


def test_the_security_administrator_helps_who_lost_the_telephone(
    world: World, clerk: Member, telephone: tuple[pyotp.TOTP, list[str]], as_role: SignedIn
) -> None:
    here = f"/desk/accounts/{clerk.pk}/second-factor"
    assert as_role(Role.SYSTEM_ADMINISTRATOR).post(here).status_code == 403
    assert as_role(Role.SECURITY_ADMINISTRATOR).post(here)["Location"].endswith("?done=factor")
    assert not RecoveryCode.objects.exists()
    assert password(Client(), clerk) == "/desk/account/"


@pytest.mark.parametrize("by", ["reset", "change"])
def test_a_sign_in_half_done_ends_with_its_password(
    clerk: Member, telephone: tuple[pyotp.TOTP, list[str]], as_role: SignedIn, by: str
) -> None:
    client = Client()
    assert password(client, clerk) == STEP
    if by == "reset":
        assert as_role(Role.SYSTEM_ADMINISTRATOR).post(f"/desk/accounts/{clerk.pk}/reset").status_code == 200
    else:
        change_password(by=clerk, member=clerk, new="Autumn-Dew-2026")
    step, codes = client.get(STEP), RecoveryCode.objects.filter(used_at=None).count()
    assert (step.status_code, step["Location"]) == (302, SIGN_IN)
    entered = client.post(STEP, {"code": telephone[0].at(unmoved())})
    assert (entered.status_code, entered["Location"]) == (302, SIGN_IN)
    assert client.post(STEP, {"code": telephone[1][0]})["Location"] == SIGN_IN
    assert client.get("/desk/").status_code == 302
    assert RecoveryCode.objects.filter(used_at=None).count() == codes, "nothing is used up by it"
