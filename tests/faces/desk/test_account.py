from __future__ import annotations

import pytest
from django.test import Client

from tests.faces.desk.conftest import PASSWORD, SignedIn
from zhunsheng.people.models import Account, FormerPassword, Member, Role

HERE = "/desk/account/password"


@pytest.fixture
def browser(clerk: Member) -> Client:
    client = Client()
    client.post("/desk/sign-in", {"username": clerk.username, "password": PASSWORD})
    return client


def change(client: Client, old: str, new: str, again: str | None = None) -> tuple[int, str]:
    response = client.post(HERE, {"old": old, "new": new, "again": new if again is None else again})
    return response.status_code, response.content.decode()


def test_a_new_password_works_and_ends_the_other_sessions(browser: Client, clerk: Member) -> None:
    other = Client()
    other.post("/desk/sign-in", {"username": clerk.username, "password": PASSWORD})
    assert change(browser, PASSWORD, "Dew-2026-Willow")[0] == 302
    assert browser.get("/desk/").status_code == 200
    assert other.get("/desk/").status_code == 302
    assert "口令已改" in browser.get("/desk/account/?done=password").content.decode()
    assert Client().post("/desk/sign-in", {"username": clerk.username, "password": PASSWORD}).status_code == 422
    again = Client().post("/desk/sign-in", {"username": clerk.username, "password": "Dew-2026-Willow"})
    assert again["Location"] == "/desk/"
    assert FormerPassword.objects.get().member == clerk


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        (PASSWORD, "Dew-2026-Willow", "Dew-2026-Wilow", "两遍新口令不一样"),
        (PASSWORD, "", "", "新口令空着"),
        ("wrong", "Dew-2026-Willow", "Dew-2026-Willow", "现在的口令不对，还可试 4 次"),
        (PASSWORD, "dew", "dew", "太短，至少 8 个字符"),
        (PASSWORD, "Home-2026-Dew", "Home-2026-Dew", "不能含有账号里连续 3 个字符"),
        (PASSWORD, PASSWORD, PASSWORD, "不能与最近 5 次用过的口令相同"),
        (PASSWORD, "Password123", "Password123", "常见"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(browser: Client, old: str, new: str, again: str, words: str) -> None:
    status, page = change(browser, old, new, again)
    assert status == 422
    assert words in page
    assert 'aria-invalid="true"' in page
    assert not new or f'value="{new}"' not in page, "a password is never sent back"


def test_the_old_password_cannot_be_guessed_here(browser: Client) -> None:
    for _ in range(5):
        change(browser, "wrong", "Dew-2026-Willow")
    assert "账号已锁定" in change(browser, PASSWORD, "Dew-2026-Willow")[1]


def test_large_and_dark_are_kept_in_the_account(browser: Client, clerk: Member) -> None:
    response = browser.post("/desk/account/display", {"show": "large", "next": "/desk/account/"})
    assert response["Location"] == "/desk/account/"
    browser.post("/desk/account/display", {"show": "dark"})
    assert (Account.objects.get().large, Account.objects.get().dark) == (True, True)
    elsewhere = Client()
    elsewhere.post("/desk/sign-in", {"username": clerk.username, "password": PASSWORD})
    assert b'class="large dark"' in elsewhere.get("/desk/").content
    browser.post("/desk/account/display", {"show": "small"})
    assert not Account.objects.get().large


def test_a_shared_machine_shows_each_their_own_look(browser: Client, clerk: Member) -> None:
    shared = Client()
    shared.cookies["display"] = "large"
    shared.post("/desk/sign-in", {"username": clerk.username, "password": PASSWORD})
    assert b'<html lang="zh-CN">' in shared.get("/desk/").content


def test_the_page_tells_roles_and_sign_ins(browser: Client, clerk: Member) -> None:
    page = browser.get("/desk/account/").content.decode()
    assert "依法治县办经办" in page
    assert "青石县，2020-01-01 起" in page
    assert page.count("127.0.0.1") == 1


def test_whoever_has_no_password_is_told(as_role: SignedIn) -> None:
    page = as_role(Role.REVIEWER).get(HERE).content.decode()
    assert "这个账号没有口令" in page
