"""People at work in the demo: each in a window of their own, on a server that has a home and a database to itself."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.faces.cli.conftest import Place

PATIENCE = 120.0
SHOTS = os.environ.get("ZHUNSHENG_YEAR_SHOTS", "")
"""A folder outside the repository where pictures of every stage are kept; none are taken without it."""


@contextmanager
def demo_at(place: Place) -> Iterator[str]:
    """The demo's server without its worker, which the test runs itself; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    place.home.mkdir(parents=True, exist_ok=True)
    environment = place.environment(PORT=str(port), WEB_CONCURRENCY="1", WORKER="0")
    line = [sys.executable, "-m", "zhunsheng", "demo"]
    with (
        (place.home / "demo.log").open("w") as log,
        subprocess.Popen(line, stdout=log, stderr=log, env=environment, cwd=place.home) as server,
    ):
        try:
            _wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=40)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert server.poll() is None, "the demo has ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("the demo does not listen")


def worked(place: Place) -> None:
    """One round of the worker, in the demo's time."""
    done = place.run("worker", "--once", ZHUNSHENG_DEMO="1")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr


@dataclass(slots=True)
class Colleague:
    """Somebody who has signed in. ``errors`` is what the console of their browser complained about."""

    page: Page
    address: str
    name: str
    errors: list[str] = field(default_factory=list)
    password: str = ""

    def renewed(self) -> None:
        """A password of 90 days must be changed before anything else; the demo's year is longer."""
        self.go("/desk/")
        if self.password and "先改口令" in self.says():
            self.change_password(self.password)

    def change_password(self, old: str) -> None:
        """On the page that asks for it."""
        new = f"{old[:15]}-{self.page.locator('.today time').inner_text()}" if self.password else "Plum-Rain-2026"
        for one, typed in zip(self.page.locator("input[type=password]").all(), (old, new, new), strict=True):
            one.fill(typed)
        self.click(self.page.locator("main .btn.main1").first)
        self.password = new

    def go(self, path: str) -> Page:
        """Open an address of the site."""
        self.page.goto(f"{self.address}{path}")
        return self.page

    def says(self) -> str:
        """The heading of the page."""
        return self.page.get_by_role("heading", level=1).inner_text()

    def press(self, button: str) -> None:
        """Press a button of the page by what it says, and wait for what comes of it."""
        self.click(self.page.get_by_role("button", name=button, exact=True).first)

    def click(self, what: Locator) -> None:
        """Click what leads to another page, and wait for that."""
        with self.page.expect_navigation():
            what.click()

    def moves_to(self, day: date) -> None:
        """Move the demo's clock by the bar at the top."""
        self.page.get_by_label("哪一天").fill(day.isoformat())
        self.press("到这一天")
        expect(self.page.get_by_text(f"今天当作 {day}")).to_be_visible()

    def shot(self, what: str, *, narrow: bool = False) -> None:
        """A picture of the page as it is, wide and, if wished, on a telephone."""
        if not SHOTS:
            return
        folder = Path(SHOTS)
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"{what}.png", full_page=True)
        if narrow:
            self.page.set_viewport_size({"width": 390, "height": 844})
            self.page.screenshot(path=folder / f"{what}-390.png", full_page=True)
            self.page.set_viewport_size({"width": 1366, "height": 768})

    def saved(self, link: str, folder: Path) -> Path:
        """The file behind a link of the page."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=re.compile(link)).first.click()
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path


class Office:
    """The people of the demo, who come in one after the other and stay."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._there: dict[str, Colleague] = {}

    def by_role(self, role: str) -> Colleague:
        """The one whom the sign-in page offers for this role."""
        if role not in self._there:
            one = self._window()
            one.go("/desk/account/").get_by_role("button", name=re.compile(f"^{role} ")).click()
            expect(one.page.get_by_role("heading", level=1)).to_have_text("我的账号")
            self._there[role] = one
        return self._there[role]

    def by_name(self, name: str) -> Colleague:
        """Somebody without a button: the system administrator sets a password, they change it and come in."""
        if name not in self._there:
            self._there[name] = self._admitted(name)
        return self._there[name]

    def errors(self) -> list[str]:
        """What any browser complained about."""
        return [error for one in self._there.values() for error in one.errors]

    def _window(self) -> Colleague:
        page = self._browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        page.set_default_timeout(15_000)
        one = Colleague(page, self._address, "")
        page.on("pageerror", lambda error: one.errors.append(str(error)))
        page.on("console", lambda said: one.errors.append(said.text) if said.type == "error" else None)
        return one

    def _admitted(self, name: str) -> Colleague:
        administrator = self.by_role("系统管理员")
        page = administrator.go(f"/desk/accounts/?q={name}")
        page.get_by_role("link", name=name).first.click()
        username = re.search(r"账号 (\w+)", page.locator(".head").inner_text())
        assert username
        administrator.press("重置口令")
        once = page.locator(".notice .mono").inner_text()
        return self._first_time(username[1], once)

    def _first_time(self, username: str, once: str) -> Colleague:
        one = self._window()
        page = one.go("/desk/")
        page.get_by_label("账号", exact=True).fill(username)
        page.get_by_label("口令", exact=True).fill(once)
        one.press("登录")
        one.change_password(once)
        expect(page.get_by_role("button", name="退出")).to_be_visible()
        return one
