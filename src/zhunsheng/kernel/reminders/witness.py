"""The worker's side of the witness (``witness_process.py``), and the notes that witnesses have left."""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from django.conf import settings

from zhunsheng.kernel.reminders import witness_process

LOG: Final = logging.getLogger(__name__)
PATIENCE: Final = 5.0


def folder() -> Path:
    """Where notes lie; made with the first witness."""
    return Path(settings.HOME) / "outbox"


class Witness:
    """A process that watches one handing over at a time. Started when needed, and again if it was killed.

    Where it cannot be started, messages are sent all the same; a crash then leaves more of them unresolved.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._forget()

    @property
    def pid(self) -> int | None:
        """The process, once it has been needed."""
        return self._process.pid if self._process else None

    def watch(self, token: uuid.UUID, sock: socket.socket) -> bool:
        """Give it a copy of the connection, just before the last bytes go; whether it has it."""
        about = {"token": str(token), "written": witness_process.bytes_written(sock)}
        for _ in range(2):
            try:
                line = self._connected()
                socket.send_fds(line, [json.dumps(about).encode()], [sock.fileno()])
                if line.recv(1) == b"k":
                    return True
            except OSError as error:
                LOG.warning("witness: %s", error)
            self._forget()
        return False

    def done(self) -> None:
        """The outcome is recorded; nothing is left to witness."""
        try:
            if self._line is not None:
                self._line.sendall(b"done")
                self._line.recv(1)
        except OSError:
            self._forget()

    def _connected(self) -> socket.socket:
        if self._line is None:
            ours, theirs = socket.socketpair()
            ours.settimeout(PATIENCE)
            self._line = ours
            with theirs:
                self._process = _started(theirs.fileno())
        return self._line

    def _forget(self) -> None:
        """Let it go: it ends by itself when the line is closed."""
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            try:
                self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = self._line = None


def _started(line: int) -> subprocess.Popen[bytes]:
    folder().mkdir(mode=0o700, exist_ok=True)
    return subprocess.Popen(  # noqa: S603 - our own file
        [sys.executable, "-I", "-S", witness_process.__file__, str(line), str(folder())],
        pass_fds=[line],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # what kills the worker's group must not kill it
    )


@dataclass(frozen=True, slots=True)
class Note:
    """What a witness found out: ``left`` is ``None`` where it could not be told; ``answer`` are the other side's bytes."""

    token: uuid.UUID
    left: bool | None
    answer: bytes
    path: Path


def notes() -> Iterator[Note]:
    """The notes on this machine, oldest first. What cannot be read is passed over and logged."""
    for path in sorted(folder().glob("*.json"), key=lambda path: path.name):
        try:
            said = json.loads(path.read_text("ascii"))
            yield Note(uuid.UUID(said["token"]), said["left"], bytes.fromhex(said["answer"]), path)
        except (OSError, ValueError, KeyError, TypeError) as error:
            LOG.warning("note %s: %s", path, error)
