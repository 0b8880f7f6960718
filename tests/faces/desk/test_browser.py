"""The frame of the desk as a person uses it: keyboard, telephone, paper; on the demo's server, without JavaScript."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.faces.cli.test_serve import wait_for
from tools.shots import launched

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home: Path = tmp_path_factory.mktemp("demo")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "zhunsheng.settings",
        "ZHUNSHENG_HOME": str(home),
        "DATABASE_URL": "",
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
    }
    line = [sys.executable, "-m", "zhunsheng", "demo"]
    with subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=home
    ) as server:
        try:
            wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.communicate(timeout=40)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, launched(playwright) as found:
        yield found


@pytest.fixture(params=[1366, 390])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """Signed in as the office clerk, in a window so wide, without JavaScript."""
    with browser.new_context(viewport={"width": request.param, "height": 800}, java_script_enabled=False) as context:
        found = context.new_page()
        found.goto(f"{address}/desk/account/")
        found.get_by_role("button", name="依法治县办经办").click()
        expect(found.get_by_role("heading", level=1)).to_have_text("我的账号")
        yield found


def narrow(page: Page) -> bool:
    return (page.viewport_size or {"width": 0})["width"] < 600


def test_the_first_key_leads_past_the_frame(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_the_navigation_is_there_or_one_press_away(page: Page) -> None:
    menu, home = page.get_by_role("link", name="目录", exact=True), page.get_by_role("link", name="我的案头")
    if narrow(page):
        expect(home).to_be_hidden()
        menu.click()
        page.get_by_role("link", name="收起目录").click()
        expect(home).to_be_hidden()
        menu.click()
    else:
        expect(menu).to_be_hidden()
    expect(page.get_by_role("link", name="我的账号").first).to_be_visible()
    home.click()
    expect(page.locator(".nav [aria-current=page]")).to_have_text("我的案头")


def test_on_paper_there_is_the_page_and_who_printed_it(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.get_by_text("周敏打印")).to_be_visible()
    for gone in (".top", ".nav", ".crumbs", ".demo", ".btn >> nth=0"):
        expect(page.locator(gone)).to_be_hidden()


def test_the_demos_day_moves_and_stays_on_the_page(page: Page) -> None:
    page.get_by_label("哪一天").fill("2030-02-28")
    page.get_by_role("button", name="到这一天").click()
    expect(page.get_by_text("今天当作 2030-02-28 星期四")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("我的账号")
    page.get_by_role("button", name="回到今天").click()
    expect(page.get_by_text("今天当作 2030-02-28")).to_be_hidden()


def test_signing_out_shows_nothing_when_going_back(page: Page) -> None:
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("status")).to_contain_text("已经退出")
    page.go_back()
    expect(page.get_by_label("口令", exact=True)).to_be_visible()
