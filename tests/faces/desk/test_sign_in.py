"""Signing in: password, lock-out, time-outs, forced change. Everything is tried over HTTP, as a tester would."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
import yaml
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.faces.desk.conftest import PASSWORD, SignedIn, give_password
from tests.faces.world import World, address
from zhunsheng.faces.permissions import TABLE
from zhunsheng.kernel import packs
from zhunsheng.kernel.now import now, today
from zhunsheng.people.models import Account, Member, Role

SIGN_IN = "/desk/sign-in"


def enter(client: Client, username: str, password: str = PASSWORD, **more: str) -> tuple[int, str]:
    response = client.post(SIGN_IN, {"username": username, "password": password, **more})
    return response.status_code, response.get("Location", "")


def policy(settings: object, **changed: object) -> None:
    """A county's own security policy."""
    pack = yaml.safe_load((packs.SHIPPED / "security.yaml").read_text("utf-8"))
    for name, value in changed.items():
        (pack if name in pack else pack["levels"]["L2"])[name] = value
    home = Path(settings.HOME) / "packs"  # type: ignore[attr-defined]
    home.mkdir(parents=True, exist_ok=True)
    (home / "security.yaml").write_text(yaml.safe_dump(pack, allow_unicode=True), encoding="utf-8")


@pytest.fixture
def own_home(settings: object, tmp_path: Path) -> object:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    return settings


def test_the_right_password_leads_to_the_desk_or_where_one_was_going(clerk: Member) -> None:
    assert enter(Client(), clerk.username) == (302, "/desk/")
    assert enter(Client(), f"  {clerk.username.upper()} ") == (302, "/desk/")
    assert enter(Client(), clerk.username, next="/desk/account/") == (302, "/desk/account/")
    assert enter(Client(), clerk.username, next="https://example.com/") == (302, "/desk/")


def test_the_frame_says_who_and_where(clerk: Member) -> None:
    client = Client()
    enter(client, clerk.username)
    page = client.get("/desk/").content.decode()
    assert clerk.full_name in page
    assert 'aria-current="page">我的案头' in page
    assert "跳到正文" in page
    assert "账号</a>" not in page.replace("我的账号</a>", "")
    assert client.get("/desk/")["Cache-Control"] == "no-store"


def test_the_session_is_new_and_ends_with_signing_out(clerk: Member) -> None:
    client = Client()
    client.get(SIGN_IN)
    enter(client, clerk.username)
    assert Session.objects.count() == 1
    assert client.post("/desk/sign-out")["Location"] == "/desk/sign-in?ended=out"
    assert not Session.objects.exists()
    assert client.get("/desk/").status_code == 302
    assert client.get("/desk/sign-out").status_code == 405


def test_a_wrong_password_says_how_many_tries_are_left(clerk: Member) -> None:
    response = Client().post(SIGN_IN, {"username": clerk.username, "password": "wrong", "next": "/desk/account/"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "账号或口令不对" in page
    assert "还可试 4 次" in page
    assert f'value="{clerk.username}"' in page
    assert 'value="/desk/account/"' in page
    assert "wrong" not in page


def test_nothing_tells_whether_an_account_exists(clerk: Member, world: World) -> None:
    """A wrong password, no such account, one that is disabled, has no password or has expired: one answer, word for word."""
    closed = give_password(world.home.members[Role.REVIEWER])
    closed.is_active = False
    closed.save()
    expired = give_password(world.home.members[Role.SUPERVISOR])
    Account.objects.filter(member=expired).update(expires_on=today())
    bare = world.home.members[Role.LEADING_GROUP_MEMBER]
    for tries in range(6):
        answers = set()
        for username, password in (
            (clerk.username, "wrong"),
            ("nobody.here", "wrong"),
            (closed.username, PASSWORD),
            (expired.username, PASSWORD),
            (bare.username, "wrong"),
        ):
            response = Client().post(SIGN_IN, {"username": username, "password": password})
            answers.add((response.status_code, _common(response.content.decode(), username)))
        assert len(answers) == 1, tries


def _common(page: str, username: str) -> str:
    """A page without what differs by itself: the name typed and the token."""
    start, _, rest = page.replace(username, "NAME").partition('name="csrfmiddlewaretoken" value="')
    return start + rest.partition('"')[2].partition('name="csrfmiddlewaretoken" value="')[0]


def test_five_failures_lock_for_half_an_hour_even_the_right_password(clerk: Member) -> None:
    for _ in range(5):
        enter(Client(HTTP_USER_AGENT=f"browser {_}"), clerk.username, "wrong")
    response = Client().post(SIGN_IN, {"username": clerk.username, "password": PASSWORD})
    assert response.status_code == 422
    assert "这个账号暂时锁定" in response.content.decode()
    assert "锁定 30 分钟" in response.content.decode()
    AccessAttempt.objects.update(attempt_time=now() - timedelta(minutes=29))
    assert enter(Client(), clerk.username) == (422, "")
    AccessAttempt.objects.update(attempt_time=now() - timedelta(minutes=31))
    assert enter(Client(), clerk.username) == (302, "/desk/")


def test_a_success_forgets_the_failures(clerk: Member) -> None:
    for _ in range(4):
        enter(Client(), clerk.username, "wrong")
    assert enter(Client(), clerk.username) == (302, "/desk/")
    assert not AccessAttempt.objects.exists()


def test_no_password_is_kept_with_a_failure(clerk: Member) -> None:
    enter(Client(), clerk.username, "Secret-of-mine-1")
    client = Client()
    enter(client, clerk.username)
    client.post(
        "/desk/account/password", {"old": "Secret-of-mine-2", "new": "Secret-of-mine-3", "again": "Secret-of-mine-3"}
    )
    kept = AccessAttempt.objects.values_list("get_data", "post_data")
    assert kept
    assert "Secret-of-mine" not in str(list(kept))


@pytest.mark.parametrize("username", ["", "\0", "a" * 5000, "'; --", "周敏", "😀"])
def test_nonsense_is_refused_calmly(db: None, username: str) -> None:
    assert enter(Client(), username, "x" * 5000)[0] == 422


def test_the_token_is_asked_for(clerk: Member) -> None:
    assert enter(Client(enforce_csrf_checks=True), clerk.username)[0] == 403


def test_an_idle_session_ends(clerk: Member) -> None:
    client = Client()
    enter(client, clerk.username)
    _age(client, seen=29 * 60)
    assert client.get("/desk/").status_code == 200
    _age(client, seen=31 * 60)
    response = client.get("/desk/account/")
    assert response["Location"] == "/desk/sign-in?ended=idle"
    assert client.get("/desk/").status_code == 302
    assert "连续 30 分钟没有操作" in client.get("/desk/sign-in?ended=idle").content.decode()


def test_no_session_lasts_longer_than_twelve_hours(clerk: Member) -> None:
    client = Client()
    enter(client, clerk.username)
    _age(client, since=12 * 3600 + 5)
    assert client.get("/desk/")["Location"] == "/desk/sign-in?ended=long"


def _age(client: Client, **seconds: int) -> None:
    session = client.session
    for name, by in seconds.items():
        session[name] -= by
    session.save()


def test_working_on_keeps_the_session_and_writes_once_a_minute(
    clerk: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    enter(client, clerk.username)
    for _ in range(3):
        _age(client, seen=20 * 60)
        assert client.get("/desk/").status_code == 200
    # Session, member, roles, unseen reminders, installation; the page's own four. Nothing is written.
    with django_assert_num_queries(9):
        client.get("/desk/account/")


@pytest.mark.parametrize("state", ["first", "expired", "no account row"])
def test_until_the_password_is_changed_every_address_leads_there(world: World, clerk: Member, state: str) -> None:
    addresses = {
        name: address(name, world, clerk)
        for name, entry in TABLE.items()
        if entry.who != "everyone" and name != "desk:password"
    }
    if state == "first":
        Account.objects.update(must_change=True)
    elif state == "expired":
        Account.objects.update(password_set_at=now() - timedelta(days=181))
    else:
        Account.objects.all().delete()
    client = Client()
    enter(client, clerk.username)
    for name, where in addresses.items():
        for method in TABLE[name].methods:
            response = client.generic(method, where)
            assert (response.status_code, response.get("Location")) == (302, "/desk/account/password"), (method, name)
    assert "先改口令，再办别的" in client.get("/desk/account/password").content.decode()
    response = client.post(
        "/desk/account/password", {"old": PASSWORD, "new": "Dew-2026-Willow", "again": "Dew-2026-Willow"}
    )
    assert response["Location"] == "/desk/account/?done=password"
    assert client.get("/desk/").status_code == 200


def test_a_password_lasts_as_long_as_the_policy_says(clerk: Member) -> None:
    Account.objects.update(password_set_at=now() - timedelta(days=179))
    client = Client()
    enter(client, clerk.username)
    assert client.get("/desk/").status_code == 200


def test_disabling_ends_the_session_at_once(clerk: Member) -> None:
    client = Client()
    enter(client, clerk.username)
    Member.objects.filter(pk=clerk.pk).update(is_active=False)
    assert client.get("/desk/").status_code == 302
    Member.objects.filter(pk=clerk.pk).update(is_active=True)
    assert client.get("/desk/").status_code == 200
    Account.objects.update(expires_on=today())
    assert client.get("/desk/").status_code == 302


def test_administrators_only_from_the_networks_named(own_home: object, world: World) -> None:
    policy(own_home, administrator_networks=["10.20.0.0/16"])
    admin = give_password(world.home.members[Role.SYSTEM_ADMINISTRATOR])
    clerk = give_password(world.home.members[Role.OFFICE_CLERK])
    assert enter(Client(), admin.username) == (422, "")
    assert "网段" in Client().post(SIGN_IN, {"username": admin.username, "password": PASSWORD}).content.decode()
    assert enter(Client(), clerk.username) == (302, "/desk/")
    inside = Client(REMOTE_ADDR="10.20.3.4")
    assert enter(inside, admin.username) == (302, "/desk/")
    assert inside.get("/desk/accounts/").status_code == 200
    refused = inside.get("/desk/accounts/", REMOTE_ADDR="10.21.0.1")
    assert refused.status_code == 403
    assert "网段" in refused.content.decode()


def test_a_forwarded_address_counts_only_behind_the_proxy(own_home: object, world: World) -> None:
    policy(own_home, administrator_networks=["10.20.0.0/16"])
    admin = give_password(world.home.members[Role.SYSTEM_ADMINISTRATOR])
    assert enter(Client(HTTP_X_FORWARDED_FOR="10.20.3.4"), admin.username) == (422, "")
    own_home.HTTPS = True  # type: ignore[attr-defined]
    assert enter(Client(HTTP_X_FORWARDED_FOR="10.20.3.4, 192.0.2.9"), admin.username) == (422, "")
    assert enter(Client(HTTP_X_FORWARDED_FOR="192.0.2.9, 10.20.3.4"), admin.username) == (302, "/desk/")
    assert enter(Client(HTTP_X_FORWARDED_FOR="nonsense"), admin.username) == (422, "")


def test_the_county_changes_the_numbers(own_home: object, clerk: Member) -> None:
    policy(own_home, failures=2, lock_minutes=7, idle_minutes=1)
    assert "还可试 1 次，之后锁定 7 分钟" in Client().post(SIGN_IN, {"username": "x", "password": "y"}).content.decode()
    client = Client()
    enter(client, clerk.username)
    _age(client, seen=61)
    assert client.get("/desk/")["Location"] == "/desk/sign-in?ended=idle"


def test_forbidden_and_missing_pages_stand_in_the_frame(as_role: SignedIn) -> None:
    client = as_role(Role.OFFICE_CLERK)
    refused, missing = client.get("/desk/accounts/"), client.get("/desk/nowhere")
    assert (refused.status_code, missing.status_code) == (403, 404)
    for response in (refused, missing):
        assert 'aria-label="主导航"' in response.content.decode()
    assert "这一页不归你办" in refused.content.decode()
    assert 'aria-label="主导航"' in client.get("/nowhere").content.decode()
    assert "退出" not in client.get("/nowhere").content.decode()
    assert Client().get("/desk/nowhere").status_code == 404


def test_the_navigation_shows_what_one_may_open(as_role: SignedIn) -> None:
    shown = {role: as_role(role).get("/desk/").content.decode() for role in Role}
    for role, page in shown.items():
        administers = role in {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR}
        assert ('href="/desk/accounts/"' in page) == administers
        assert ('href="/desk/security-policy/"' in page) == (administers or role == Role.AUDIT_ADMINISTRATOR)


def test_at_the_third_level_everybody_sets_up_a_second_step_first(own_home: object, clerk: Member) -> None:
    policy(own_home, level="L3")
    client = Client()
    enter(client, clerk.username)
    for where in ("/desk/", "/desk/account/", "/desk/accounts/"):
        assert client.get(where)["Location"] == "/desk/account/second-factor"
    page = client.get("/desk/account/second-factor").content.decode()
    assert "本系统要求动态口令" in page
    made = client.post("/desk/account/second-factor").content.decode()
    secret = made.partition("<code>")[2].partition("</code>")[0]
    client.post("/desk/account/second-factor/confirm", {"code": pyotp.TOTP(secret).now()})
    assert client.get("/desk/").status_code == 200


def test_a_signed_in_visitor_reads_public_pages_as_everybody_does(clerk: Member) -> None:
    client = Client()
    enter(client, clerk.username)
    _age(client, seen=31 * 60)
    assert client.get("/").status_code == 200
    assert "工作人员登录" in client.get("/").content.decode()


@pytest.mark.parametrize(
    "cookie", [r'"abcdefgh\000ijkl"', '"abcdefgh\\"ijkl"', "会话会话会话会话", "a b", "x" * 5000, ""]
)
def test_a_cookie_that_is_no_key_is_no_session(clerk: Member, cookie: str) -> None:
    """As a header, for the octal escape of a quoted value is how NUL comes in."""
    browser = Client()
    header = f"sessionid={cookie}".encode().decode("latin-1")
    for path, status in (("/", 200), (SIGN_IN, 200), ("/desk/", 302)):
        response = browser.get(path, HTTP_COOKIE=header)
        assert response.status_code == status, path
    signed_in = browser.post(SIGN_IN, {"username": clerk.username, "password": PASSWORD}, HTTP_COOKIE=header)
    assert signed_in["Location"] == "/desk/", "it is not in the way of a new one"
    assert signed_in.cookies["sessionid"].value.isalnum()
