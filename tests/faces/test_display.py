from __future__ import annotations

import pytest
from django.test import Client

from zhunsheng.faces.display import Display
from zhunsheng.programmes.plans.example import EXAMPLE


@pytest.mark.parametrize(
    ("before", "wish", "classes"),
    [
        (Display(), "large", "large"),
        (Display(), "dark", "dark"),
        (Display(large=True), "dark", "large dark"),
        (Display(large=True, dark=True), "small", "dark"),
        (Display(large=True, dark=True), "light", "large"),
        (Display(large=True), "<script>", "large"),
    ],
)
def test_a_button_changes_one_thing(before: Display, wish: str, classes: str) -> None:
    assert before.changed(wish).classes == classes


def test_the_choice_is_kept_in_a_cookie_and_shown_on_every_page(visitor: Client) -> None:
    response = visitor.post("/display", {"show": "large", "next": "/help/reading"})
    assert (response.status_code, response["Location"]) == (302, "/help/reading")
    cookie = response.cookies["display"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("large", True, "Lax")
    assert b'<html lang="zh-CN" class="large">' in visitor.get("/").content
    assert b'class="large"' in visitor.get("/no-such-page").content
    visitor.post("/display", {"show": "small"})
    assert b'<html lang="zh-CN">' in visitor.get("/").content


@pytest.mark.parametrize("back", ["https://example.com/", "//example.com", "javascript:alert(1)", ""])
def test_nobody_is_sent_elsewhere(visitor: Client, back: str) -> None:
    assert visitor.post("/display", {"show": "dark", "next": back})["Location"] == "/"


def test_on_a_result_the_reading_is_kept(visitor: Client) -> None:
    page = visitor.post("/read/", {"text": EXAMPLE.read_text(encoding="utf-8")}).content.decode()
    document = page.partition('name="document" value="')[2].partition('"')[0]
    response = visitor.post("/read/", {"document": document, "show": "dark"})
    assert response.cookies["display"].value == "dark"
    content = response.content.decode()
    assert '<html lang="zh-CN" class="dark">' in content
    assert "项任务" in content


def test_nonsense_in_the_cookie_is_ignored(visitor: Client) -> None:
    visitor.cookies["display"] = 'x"><b> large'
    content = visitor.get("/").content
    assert b'<html lang="zh-CN" class="large">' in content
    assert b'x">' not in content


def test_behind_https_the_cookie_is_secure(visitor: Client, settings: pytest.FixtureRequest) -> None:
    settings.SESSION_COOKIE_SECURE = True  # type: ignore[attr-defined]
    assert visitor.post("/display", {"show": "dark"}).cookies["display"]["secure"]
