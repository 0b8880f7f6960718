"""The production server in a place of its own, as a process with its workers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from tests.corpus.where import CHECKOUT

READY: Final = 60.0
"""Seconds within which the server must listen."""


class Site:
    """A server that can be killed with everything that it started, and started again."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.port = free_port()
        self.environment = {**environment, "HOST": "127.0.0.1", "PORT": str(self.port)}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it listens. Raises ``RuntimeError``."""
        line = [sys.executable, "-m", "zhunsheng", "serve"]
        self.process = subprocess.Popen(
            line, cwd=CHECKOUT, env=self.environment, stdout=subprocess.DEVNULL, start_new_session=True
        )
        ends = time.monotonic() + READY
        while time.monotonic() < ends and self.process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        raise RuntimeError("the server does not listen")

    def kill(self) -> None:
        """kill −9 for the server, its processes and its worker, at once."""
        self._signal(signal.SIGKILL)

    def kill_workers(self) -> None:
        """kill −9 for the processes that answer requests; their parent starts others."""
        if self.process is None:
            return
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii").split()
        for child in children:
            with suppress(OSError):
                if b"--beside" not in Path(f"/proc/{child}/cmdline").read_bytes():
                    os.kill(int(child), signal.SIGKILL)

    def stop(self) -> None:
        """As an administrator stops it."""
        self._signal(signal.SIGTERM, alone=True)

    def processor(self) -> float:
        """Seconds of the processor that the living processes of the server have used."""
        used = 0
        for file in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                words = file.read_text("utf-8", "replace").rpartition(")")[2].split()
                if self.process is not None and int(words[3]) == self.process.pid:
                    used += int(words[11]) + int(words[12])
        return used / os.sysconf("SC_CLK_TCK")

    def _signal(self, number: signal.Signals, *, alone: bool = False) -> None:
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            if alone:
                self.process.send_signal(number)
            else:
                os.killpg(self.process.pid, number)
        self.process.wait(60)
        self.process = None


@contextmanager
def site(environment: Mapping[str, str]) -> Iterator[Site]:
    """A server that runs inside the block."""
    one = Site(environment)
    try:
        one.start()
        yield one
    finally:
        one.kill()


def free_port() -> int:
    """A port on which nothing listens at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
