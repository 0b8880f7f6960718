"""``zhunsheng worker``, apart and beside the pages: processes that are killed, orphaned and stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.faces.cli.conftest import Place
from tests.faces.cli.test_serve import wait_for
from zhunsheng.faces.cli.beside import Beside


def until(condition: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether it comes true in time."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if condition():
            return True
        time.sleep(0.1)
    return False


def parent_of(number: int) -> int:
    """The process that started it; 0 for one that has ended."""
    with suppress(OSError):
        state, parent, *_ = Path(f"/proc/{number}/stat").read_text("utf-8").rpartition(")")[2].split()
        return 0 if state == "Z" else int(parent)
    return 0


def workers_of(parent: int) -> list[int]:
    """The workers that a server has started."""
    numbers = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [number for number in numbers if parent_of(number) == parent and is_worker(number)]


def is_worker(number: int) -> bool:
    with suppress(OSError):
        return "--beside" in Path(f"/proc/{number}/cmdline").read_text("utf-8")
    return False


@contextmanager
def serving(place: Place, port: int, *arguments: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    """A server that listens; killed at the end if it still runs."""
    line = [sys.executable, "-m", "zhunsheng", "serve", *arguments]
    environment = place.environment(PORT=str(port), **more)
    with subprocess.Popen(
        line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as server:
        try:
            wait_for(port, server)
            yield server
        finally:
            server.kill()


def test_the_worker_refuses_a_database_that_is_behind(place: Place) -> None:
    refused = place.run("worker", "--once")
    assert refused.returncode == 1
    assert "zhunsheng upgrade" in refused.stderr


def test_one_round_and_a_worker_that_is_stopped(upgraded: Place) -> None:
    once = upgraded.run("worker", "--once")
    assert (once.returncode, once.stderr) == (0, "")
    line = [sys.executable, "-m", "zhunsheng", "worker"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True, env=upgraded.environment()) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "办事员在工作，按 Ctrl-C 停。\n"
        time.sleep(0.5)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_the_worker_beside_the_pages_is_started_again_and_ends_with_them(
    upgraded: Place, free_port: int, end: signal.Signals
) -> None:
    with serving(upgraded, free_port) as server:
        assert until(lambda: len(workers_of(server.pid)) == 1)
        (first,) = workers_of(server.pid)
        os.kill(first, signal.SIGKILL)
        assert until(lambda: len(set(workers_of(server.pid)) - {first}) == 1)
        (second,) = workers_of(server.pid)
        server.send_signal(end)
        server.wait(60)
        assert until(lambda: parent_of(second) == 0)


@pytest.mark.parametrize(("arguments", "more"), [(["--no-worker"], {}), ([], {"WORKER": "0"})])
def test_the_pages_run_without_a_worker(
    upgraded: Place, free_port: int, arguments: list[str], more: dict[str, str]
) -> None:
    with serving(upgraded, free_port, *arguments, **more) as server:
        assert workers_of(server.pid) == []
        server.terminate()
        assert server.wait(40) == 0


def test_a_forked_process_leaves_the_worker_alone() -> None:
    with Beside(sys.executable, "-c", "import time; time.sleep(60)") as beside:
        assert beside.process is not None
        child = os.fork()
        if child == 0:
            beside.__exit__(None, None, None)
            os._exit(0)
        os.waitpid(child, 0)
        assert beside.process.poll() is None
    assert beside.process.returncode == -signal.SIGTERM
