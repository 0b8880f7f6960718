"""``zhunsheng serve``: a real server that starts, answers, stops, and refuses what it cannot serve."""

from __future__ import annotations

import errno
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.faces.cli.conftest import Place
from zhunsheng.faces.cli import serve
from zhunsheng.faces.cli.patience import PATIENCE
from zhunsheng.faces.cli.refusal import Refused


def asked(port: int, path: str, **headers: str) -> HTTPResponse:
    """One answer of the server."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.read()
        return response
    finally:
        connection.close()


def wait_for(port: int, server: subprocess.Popen[str]) -> None:
    """Until the server listens, 30 seconds at most."""
    for _ in range(300):
        assert server.poll() is None, server.communicate()
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server does not listen")


@pytest.fixture
def server(upgraded: Place, free_port: int) -> Iterator[subprocess.Popen[str]]:
    """A server in its own process, of a database that is up to date."""
    environment = upgraded.environment(PORT=str(free_port), HOME=str(upgraded.home), ALLOWED_HOSTS="zs.example")
    line = [sys.executable, "-m", "zhunsheng", "serve"]
    with subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=upgraded.home
    ) as process:
        wait_for(free_port, process)
        yield process
        process.kill()


def test_the_server_answers_and_stops_cleanly(server: subprocess.Popen[str], free_port: int, upgraded: Place) -> None:
    page = asked(free_port, "/healthz")
    assert page.status == 200
    assert "default-src 'none'" in (page.getheader("Content-Security-Policy") or "")
    assert asked(free_port, "/none").status == 404
    assert asked(free_port, "/healthz", Host="evil.example").status == 400
    assert asked(free_port, "/healthz", Host="zs.example").status == 200
    server.send_signal(signal.SIGTERM)
    out, _ = server.communicate(timeout=40)
    assert server.returncode == 0
    assert f"准绳在 http://127.0.0.1:{free_port}/ ，按 Ctrl-C 停。" in out
    assert "/healthz" in (upgraded.home / "logs" / "access.log").read_text("utf-8")


HALVES = (b"GET /healthz HTT", b"POST /read/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900000\r\n\r\ntext=")


def test_half_sent_requests_do_not_keep_others_waiting(server: subprocess.Popen[str], free_port: int) -> None:
    """Twenty visitors who begin a request and say no more."""
    with ExitStack() as kept:
        for number in range(20):
            slow = kept.enter_context(socket.create_connection(("127.0.0.1", free_port), 10))
            slow.sendall(HALVES[number % 2])
        time.sleep(0.5)
        begun = time.monotonic()
        assert [asked(free_port, "/healthz").status for _ in range(5)] == [200] * 5
        assert time.monotonic() - begun < PATIENCE - 3, "nobody waited until the server lost patience with the others"
    assert server.poll() is None


def test_everything_that_the_server_writes_lies_in_the_home(server: subprocess.Popen[str], upgraded: Place) -> None:
    names = {path.name for path in upgraded.home.iterdir()}
    assert names <= {
        "anchors",
        "logs",
        "static",
        "secret_key",
        "zhunsheng.sqlite3",
        "zhunsheng.sqlite3-wal",
        "zhunsheng.sqlite3-shm",
    }


def test_a_second_server_on_the_same_port_is_refused(
    server: subprocess.Popen[str], upgraded: Place, free_port: int
) -> None:
    refused = upgraded.run("serve", PORT=str(free_port))
    assert refused.returncode == 1
    assert f"127.0.0.1 的 {free_port} 端口用不了" in refused.stderr
    assert f"PORT={free_port + 1}" in refused.stderr


def test_a_database_that_is_behind_is_not_served(place: Place, free_port: int) -> None:
    refused = place.run("serve", PORT=str(free_port))
    assert refused.returncode == 1
    assert "步升级（从 " in refused.stderr
    assert "请运行 .venv/bin/zhunsheng init 建县，升级的请运行 .venv/bin/zhunsheng upgrade" in refused.stderr


@pytest.mark.parametrize("port", ["八千", "0", "70000"])
def test_port_nonsense_is_answered(place: Place, port: str) -> None:
    refused = place.run("serve", PORT=port)
    assert refused.returncode == 2
    assert refused.stderr == f"PORT 写的是“{port}”，应当是 1 到 65535 之间的整数，例如 PORT=8000。\n"


def test_a_number_of_processes_that_is_none_is_answered(upgraded: Place, free_port: int) -> None:
    refused = upgraded.run("serve", PORT=str(free_port), WEB_CONCURRENCY="两个")
    assert refused.returncode == 2
    assert refused.stderr == "WEB_CONCURRENCY 写的是“两个”，应当是 1 到 64 之间的整数。\n"
    assert "按 Ctrl-C 停" not in refused.stdout


@pytest.mark.parametrize("host", ["203.0.113.1", "nobody.invalid"])
def test_a_host_that_is_not_here_is_refused(host: str) -> None:
    with pytest.raises(Refused, match=f"{host} 的 8000 端口用不了") as refused:
        serve.ensure_free(host, 8000)
    assert refused.value.status == 2
    assert f"这台机器没有“{host}”这个地址" in str(refused.value)
    assert "PORT=" not in str(refused.value)


@pytest.mark.parametrize(
    ("number", "port", "advice"),
    [
        (errno.EADDRINUSE, 8000, "PORT=8001，或者先停掉那个程序"),
        (errno.EADDRINUSE, 65535, "PORT=8000，或者先停掉那个程序"),
        (errno.EACCES, 80, "1024 以下的端口要有系统权限。请换一个，例如 PORT=8000"),
    ],
)
def test_a_port_that_cannot_be_had_suggests_another(
    monkeypatch: pytest.MonkeyPatch, number: int, port: int, advice: str
) -> None:
    def bind(*_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(socket.socket, "bind", bind)
    with pytest.raises(Refused, match=advice) as refused:
        serve.ensure_free("127.0.0.1", port)
    assert refused.value.status == 1


@pytest.mark.parametrize(
    ("host", "expected", "bound"),
    [
        ("", "http://127.0.0.1:8000/", "127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000/", "0.0.0.0:8000"),
        ("::", "http://[::1]:8000/", "[::]:8000"),
        ("::1", "http://[::1]:8000/", "[::1]:8000"),
        ("10.0.0.5", "http://10.0.0.5:8000/", "10.0.0.5:8000"),
        ("zs.example", "http://zs.example:8000/", "zs.example:8000"),
    ],
)
def test_addresses(monkeypatch: pytest.MonkeyPatch, host: str, expected: str, bound: str) -> None:
    monkeypatch.setenv("HOST", host)
    assert serve.address() == expected
    assert serve.options(Path("/home"))["bind"] == bound


def test_workers_are_restarted_and_requests_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_CONCURRENCY", "3")
    options = serve.options(Path("/home"))
    assert options["workers"] == 3
    assert options["worker_class"] == "zhunsheng.faces.cli.patience.Worker"
    assert options["accesslog"] == "/home/logs/access.log"
    assert options["control_socket_disable"] is True
    assert options["max_requests"]
    assert options["timeout"]
