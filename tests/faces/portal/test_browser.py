"""The split view as a person uses it: with the mouse, with the keyboard, with and without JavaScript."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tools.shots import launched
from zhunsheng.programmes.plans.example import EXAMPLE

pytestmark = pytest.mark.browser
PLAN = EXAMPLE.read_text(encoding="utf-8")


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with make_server("127.0.0.1", 0, get_wsgi_application(), Server, Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, launched(playwright) as found:
        yield found


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    yield from opened(browser, address, script=request.param)


@pytest.fixture
def scripted(browser: Browser, address: str) -> Iterator[Page]:
    yield from opened(browser, address, script=True)


def opened(browser: Browser, address: str, *, script: bool) -> Iterator[Page]:
    """A page in a window of its own; any error on its console fails the test."""
    errors: list[str] = []
    viewport = {"width": 1366, "height": 768}
    with browser.new_context(base_url=address, java_script_enabled=script, viewport=viewport) as context:  # type: ignore[arg-type]
        found = context.new_page()
        found.on("pageerror", lambda error: errors.append(str(error)))
        found.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        yield found
    assert errors == []


def read(page: Page, text: str = PLAN) -> None:
    """Paste a plan and read it."""
    page.goto("/read/")
    page.get_by_label("粘贴文字").fill(text)
    page.get_by_role("button", name="读方案", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("项任务")


def seen(inner: Locator, pane: str) -> None:
    """The place is inside what its pane shows."""
    expect(inner).to_be_in_viewport()
    box, room = inner.bounding_box(), inner.page.locator(pane).bounding_box()
    assert box is not None
    assert room is not None
    assert room["y"] <= box["y"] < room["y"] + room["height"]


def settled(page: Page) -> None:
    """Smooth scrolling has come to rest."""
    page.wait_for_timeout(700)


def test_an_uploaded_file_is_read(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "要点.txt"
    path.write_text(PLAN, encoding="utf-8")
    page.goto("/read/")
    page.get_by_label("上传文件").set_input_files(path)
    page.get_by_role("button", name="读方案", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("项任务")


def test_a_task_shows_its_words_and_the_words_their_task(page: Page) -> None:
    read(page)
    last = page.locator("section.task").last
    last.locator("h4 a").first.click()
    settled(page)
    seen(page.locator(f"#p{(last.get_attribute('id') or '')[1:]}"), "#left")
    page.locator("#left").evaluate("pane => pane.scrollTo(0, 0)")
    first = page.locator("#left article a.src[href^='#t']").first
    goal = first.get_attribute("href") or ""
    first.click()
    settled(page)
    seen(page.locator(goal), "#right")
    assert page.url.endswith(goal)


def test_a_value_shows_where_it_stands(page: Page) -> None:
    read(page)
    value = page.locator("section.task dd a").last
    target = page.locator(value.get_attribute("href") or "")
    value.click()
    settled(page)
    seen(target, "#left")
    assert target.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_the_keyboard_alone_goes_there_and_back(page: Page) -> None:
    read(page)
    page.locator("section.task dd a").first.focus()
    page.keyboard.press("Enter")
    settled(page)
    seen(page.locator(page.url[page.url.index("#") :]), "#left")
    page.locator("#left article a.src[href^='#t']").first.focus()
    page.keyboard.press("Enter")
    settled(page)
    assert "#t" in page.url
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('right').contains(document.activeElement)")


def test_the_first_stop_is_the_way_past_the_header(page: Page) -> None:
    page.goto("/read/example")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    expect(page.get_by_role("link", name="跳到正文")).to_be_in_viewport()


@pytest.mark.parametrize("suffix", ["Excel", "CSV", "JSON"])
def test_results_are_downloaded(page: Page, suffix: str, tmp_path: Path) -> None:
    read(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=f"导出 {suffix}").click()
    saved = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    assert saved.name.startswith("云溪县2026年法治政府建设工作要点-任务.")
    if suffix == "JSON":
        assert json.loads(saved.read_text(encoding="utf-8"))["tasks"]
    assert saved.stat().st_size > 500


def test_large_print_keeps_the_reading(page: Page) -> None:
    read(page)
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="大字").click()
    expect(page.locator("html")).to_have_class("large")
    assert page.get_by_role("heading", level=1).inner_text() == title


def test_only_the_other_side_moves(scripted: Page) -> None:
    read(scripted)
    scripted.locator("#right").evaluate("pane => pane.scrollTo(0, 400)")
    before = scripted.evaluate("[scrollY, document.getElementById('right').scrollTop]")
    scripted.locator("section.task dd a").last.evaluate("link => link.click()")
    settled(scripted)
    assert scripted.evaluate("[scrollY, document.getElementById('right').scrollTop]") == before
    assert scripted.evaluate("document.getElementById('left').scrollTop") > 0


def test_back_goes_back(scripted: Page) -> None:
    read(scripted)
    links = scripted.locator("section.task dd a")
    links.first.click()
    links.last.click()
    scripted.go_back()
    settled(scripted)
    seen(scripted.locator(links.first.get_attribute("href") or ""), "#left")


def test_back_and_forward_find_a_result_again(page: Page) -> None:
    """The browser has kept it; it is not asked to send the form once more."""
    read(page)
    heading = page.get_by_role("heading", level=1)
    title = heading.inner_text()
    page.goto("/help/reading")
    page.go_back()
    expect(heading).to_have_text(title)
    page.go_back()
    expect(heading).not_to_have_text(title)
    page.go_forward()
    expect(heading).to_have_text(title)


def test_on_a_phone_one_link_leads_past_the_text_to_the_tasks(page: Page) -> None:
    read(page)
    link = page.get_by_role("link", name="看任务", exact=True)
    expect(link).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("#tasks")).not_to_be_in_viewport()
    link.click()
    expect(page.get_by_label("读出了什么")).to_be_in_viewport()


def test_a_click_beside_the_marks_finds_the_task(scripted: Page) -> None:
    read(scripted)
    line = scripted.locator("#left p[data-task]").first
    line.click(position={"x": 300, "y": 8})
    expect(scripted.locator(f"#t{line.get_attribute('data-task')}")).to_have_class("task here")


def test_one_unit_can_be_looked_at_alone(scripted: Page) -> None:
    read(scripted)
    every = scripted.locator("section.task")
    count = every.count()
    scripted.get_by_label("只看").select_option(index=2)
    shown = [card for card in every.all() if card.is_visible()]
    assert 0 < len(shown) < count
    expect(scripted.locator("#tasks")).to_contain_text(f"{len(shown)} / {count} 项")
    hidden = next(card for card in every.all() if not card.is_visible())
    number = (hidden.get_attribute("id") or "")[1:]
    scripted.locator(f"#left .no1[href='#t{number}']").evaluate("link => link.click()")
    expect(hidden).to_be_visible()


def test_a_file_that_is_too_large_is_not_sent(scripted: Page, tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as large:
        large.truncate(50 * 1024 * 1024 + 1)
    scripted.goto("/read/")
    field = scripted.get_by_label("上传文件")
    field.set_input_files(path)
    assert "50 MB" in field.evaluate("field => field.validationMessage")
    scripted.get_by_role("button", name="读方案", exact=True).click()
    assert scripted.url.endswith("/read/")
    expect(scripted.get_by_role("alert")).to_have_count(0)
