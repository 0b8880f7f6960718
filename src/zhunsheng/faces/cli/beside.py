"""The worker as a process beside the server: started with it, started again when it dies, ended with it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from types import TracebackType
from typing import Final, Self

LOOK: Final = 1.0
"""Seconds between two looks at the worker."""
LONGEST: Final = 60.0
"""Seconds to wait at most before a worker that dies at once is started again."""
PATIENCE: Final = 35.0
"""Seconds for the worker to finish the message in hand."""


class Beside:
    """``with Beside(): …``. A thread looks after the process; gunicorn may reap it first, which is no matter."""

    def __init__(self, *command: str) -> None:
        # The worker is told who started it: that one may be gone before it has looked.
        self.command = command or (sys.executable, "-m", "zhunsheng", "worker", "--beside", str(os.getpid()))
        self.process: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._look_after, name="beside", daemon=True)

    def __enter__(self) -> Self:
        self.process = self._started()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if os.getpid() != self._owner:
            return  # a forked process of gunicorn leaves by this way too
        self._ending.set()
        self._thread.join()
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self.command, stdin=subprocess.DEVNULL)  # noqa: S603 - ourselves

    def _look_after(self) -> None:
        wait = LOOK
        while not self._ending.wait(wait):
            if self.process is not None and self.process.poll() is None:
                wait = LOOK
                continue
            wait = min(wait * 2, LONGEST)
            self.process = self._started()
