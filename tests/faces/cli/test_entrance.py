"""Only a server that ``demo`` itself started lets somebody in without a password: real servers, on one demo database."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import requests

from tests.faces.cli.conftest import Place
from tests.faces.cli.test_serve import wait_for


@contextmanager
def running(place: Place, port: int, command: str, **more: str) -> Iterator[str]:
    """A server in its own process; its address."""
    line = [sys.executable, "-m", "zhunsheng", command]
    environment = place.environment(PORT=str(port), WEB_CONCURRENCY="1", **more)
    with subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=place.home.parent
    ) as server:
        try:
            wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.communicate(timeout=40)


def entered(at: str) -> tuple[int, str]:
    """What the button of the office clerk answers, and the page behind it."""
    with requests.Session() as browser:
        page = browser.get(f"{at}/desk/sign-in", timeout=20).text
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        form = {"csrfmiddlewaretoken": token[1], "username": "zhoumin"}
        response = browser.post(f"{at}/desk/sign-in/demo", form, headers={"Referer": at}, timeout=20)
        return response.status_code, response.text


def test_the_production_server_refuses_what_the_demo_allows(demo_place: Place, free_port: int) -> None:
    with running(demo_place, free_port, "demo") as at:
        status, page = entered(at)
        assert status == 200
        assert "周敏" in page
        assert "前进一天" in page
    with running(demo_place, free_port, "serve", ZHUNSHENG_DEMO="1") as at:
        assert entered(at)[0] == 404
