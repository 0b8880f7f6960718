"""Look at every page: screenshots of every URL of the permission table, wide and narrow, with and without JavaScript.

``python tools/shots.py [--out DIR] [--at URL] [--only WORD]`` starts the demo in a home of its own (or looks at the
demo given by ``--at``), signs in as each sample's member by the buttons of the demo, drives Chromium, and exits with 1
on an accessibility finding (axe), a console error, a page that scrolls sideways or an answer that was not expected.
The pictures go to a folder outside the repository.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import URLError

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, StorageState, sync_playwright
from playwright.sync_api import TimeoutError as TooLong

from zhunsheng.faces.cli.checks import CHROMIUM

if TYPE_CHECKING:
    from zhunsheng.faces.access import Sample

WIDTHS = {1366: 768, 390: 844}
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none")
PATIENCE = 60.0
STEP = 10_000
"""Milliseconds for one step on the way to a page."""
MISSING = "没有找到 Chromium：请先运行 apt install chromium fonts-noto-cjk，再来看页面。"
MISSING_PAGE = "no-such-page"


@dataclass(frozen=True, slots=True)
class State:
    """A page in one state, to be looked at: where to start, what to type and press, the status that is right."""

    start: str
    sample: Sample
    status: int = 200


@dataclass(slots=True)
class Report:
    """What was seen: pictures taken and what is wrong with them."""

    folder: Path
    pictures: int = 0
    checked: int = 0
    wrong: list[str] = field(default_factory=list)


def chromium() -> str | None:
    """The path of a Chromium on this machine, or None."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def launched(playwright: Playwright) -> Browser:
    """Chromium without a window. Exits with a message where there is none."""
    path = chromium()
    if path is None:
        raise SystemExit(MISSING)
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))


def states() -> list[State]:
    """Every state named by the permission table, and the page of an address that does not exist."""
    from django.urls import reverse

    from zhunsheng.faces.access import Sample
    from zhunsheng.faces.permissions import TABLE

    found = [
        State(reverse(sample.start or name) + (f"?{sample.query}" if sample.query else ""), sample, sample.status)
        for name, entry in TABLE.items()
        for sample in entry.samples
    ]
    return [*found, State(f"/{MISSING_PAGE}", Sample(MISSING_PAGE), 404)]


@contextmanager
def served() -> Iterator[str]:
    """The demo on a free port with a home of its own; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="zhunsheng-shots-home-") as home:
        environment = {**os.environ, "ZHUNSHENG_HOME": home, "PORT": port, "HOST": "127.0.0.1"}
        command = [sys.executable, "-m", "zhunsheng"]
        with subprocess.Popen([*command, "demo"], env=environment, stdout=subprocess.DEVNULL) as server:
            try:
                _wait_for(f"http://127.0.0.1:{port}/healthz", server)
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers; give up when it has ended or time has run out."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own server
        except (URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"服务没有起来：{address} 没有回应。请运行 zhunsheng doctor 看看缺什么。")


def look(browser: Browser, report: Report, given: str | None = None, only: str = "") -> None:
    """Every state (``only``: those whose name contains it), wide and narrow, with and without JavaScript.

    Each time on a demo of its own, since what one look does (moves the clock, makes an address) the next would find.
    """
    for width, height in WIDTHS.items():
        for script in (True, False):
            view: Any = {"viewport": {"width": width, "height": height}, "java_script_enabled": script}
            with nullcontext(given) if given else served() as at:
                _look_around(browser, at, report, only, view)


def _look_around(browser: Browser, at: str, report: Report, only: str, view: Any) -> None:
    known: dict[str, StorageState] = {}
    script = view["java_script_enabled"]
    for state in states():
        if only not in state.sample.name:
            continue
        name = f"{state.sample.name}-{view['viewport']['width']}{'' if script else '-nojs'}"
        entered = _signed_in(browser, at, state.sample.user, known)
        with browser.new_context(**view, locale="zh-CN", storage_state=entered) as context:
            _look_at(context.new_page(), at, state, name, script=script, report=report)


def _signed_in(browser: Browser, at: str, user: str, known: dict[str, StorageState]) -> StorageState | None:
    """The cookies of a member of the demo, ``None`` for nobody; each signs in once."""
    if user and user not in known:
        with browser.new_context(locale="zh-CN") as context:
            page = context.new_page()
            page.goto(f"{at}/desk/sign-in")
            page.locator(f"button[name=username][value={user}]").click()
            page.wait_for_url(f"{at}/desk/")
            known[user] = context.storage_state()
    return known.get(user)


def _look_at(page: Page, at: str, state: State, name: str, *, script: bool, report: Report) -> None:
    """One picture of one state, and what is wrong with it."""
    errors: list[str] = []
    page.on("console", lambda message: errors.extend(_error(message, page)))
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        status = _reach(page, at, state)
    except TooLong as error:
        report.wrong.append(f"{name}：走不到这一页：{str(error).splitlines()[-1].strip()}")
        return
    if status != state.status:
        report.wrong.append(f"{name}：回答是 {status}，应当是 {state.status}")
    page.screenshot(path=report.folder / f"{name}.png", full_page=True)
    report.pictures += 1
    report.wrong += [f"{name}：控制台报错 {error}" for error in errors]
    report.wrong += [f"{name}：{found}" for found in _layout(page)]
    if script:
        report.checked += 1
        report.wrong += [f"{name}：{found}" for found in _axe(page)]


def _reach(page: Page, at: str, state: State) -> int:
    """Bring the page into the state; the status of the last answer."""
    response = page.goto(at + state.start)
    page.set_default_timeout(STEP)
    for words in state.sample.follow:
        with page.expect_navigation() as navigation:
            page.get_by_role("link", name=words, exact=True).first.click()
        response = navigation.value
    for name, value in state.sample.fill:
        _fill(page, name, value)
    if state.sample.press:
        with page.expect_navigation() as navigation:
            page.get_by_role("button", name=state.sample.press, exact=True).click()
        response = navigation.value
    return response.status if response else 0


def _fill(page: Page, name: str, value: str) -> None:
    """Type into a field; choose from a list by the words that it shows; tick a box."""
    field = page.locator(f"[name={name}]").first
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(label=value)
    elif field.get_attribute("type") == "checkbox":
        field.check()
    else:
        field.fill(value)


def _error(message: ConsoleMessage, page: Page) -> list[str]:
    """An error on the console; that the page itself was answered with 4xx is a state, not an error."""
    own = message.text.startswith("Failed to load resource") and message.location.get("url") == page.url
    return [] if message.type != "error" or own else [message.text]


def _layout(page: Page) -> list[str]:
    """Sideways scrolling of the whole page."""
    width, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return [f"横向多出 {width - room} px"] if width > room else []


def _axe(page: Page) -> list[str]:
    """What axe finds, each with its rule, weight and first place."""
    violations = Axe().run(page).response["violations"]
    return [f"axe {v['id']}（{v['impact']}）{v['nodes'][0]['target']}，共 {len(v['nodes'])} 处" for v in violations]


def main() -> int:
    """Look, print what was seen, 0 if nothing is wrong."""
    parser = argparse.ArgumentParser(description="看每一页：截图、无障碍检查、控制台报错、横向滚动")
    parser.add_argument(
        "--out", type=Path, default=os.environ.get("OUT"), help="截图放在哪里（默认 OUT，再默认系统临时目录）"
    )
    parser.add_argument("--at", help="看一个已经在运行的服务，如 http://127.0.0.1:8000")
    parser.add_argument("--only", default="", metavar="字", help="只看名字里有这几个字的，如 desk")
    options = parser.parse_args()
    folder = options.out or Path(tempfile.gettempdir()) / "zhunsheng-shots"
    folder.mkdir(parents=True, exist_ok=True)
    report = Report(folder)
    _set_up_django()
    with sync_playwright() as playwright, launched(playwright) as browser:
        look(browser, report, options.at and options.at.rstrip("/"), options.only)
    print(f"截图 {report.pictures} 张，放在 {folder}；axe 检查 {report.checked} 页；发现问题 {len(report.wrong)} 处")
    print("\n".join(f"  {line}" for line in report.wrong))
    return 1 if report.wrong else 0


def _set_up_django() -> None:
    """Names of URLs become addresses; settings need a home, which is thrown away."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhunsheng.settings")
    home = tempfile.TemporaryDirectory(prefix="zhunsheng-shots-")
    os.environ["ZHUNSHENG_HOME"] = home.name
    django.setup()


if __name__ == "__main__":
    sys.exit(main())
