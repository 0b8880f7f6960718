"""gunicorn's worker with threads, out of patience with connections that send or take almost nothing.

gunicorn's own timeout is that of a process, which other threads keep alive: a visitor who sends half a request
would hold a thread for ever.
"""

from __future__ import annotations

import errno
import os
import socket
import time
from typing import TYPE_CHECKING, Final

from gunicorn.workers.gthread import ThreadWorker

if TYPE_CHECKING:
    from socket import _SendableFile

    from _typeshed import ReadableBuffer
    from gunicorn.workers.gthread import TConn

PATIENCE: Final = 15.0
"""Seconds that a whole request may be waited for, and an answer be taken, whatever its size."""
RATE: Final = 20_000
"""Bytes that earn one more second."""


class PatientSocket(socket.socket):
    """A connection that counts how long it was waited for; over the limit it is as good as reset."""

    waited = 0.0
    taken = 0

    @classmethod
    def of(cls, plain: socket.socket) -> PatientSocket:
        """The same connection; ``plain`` is used up."""
        return cls(plain.family, plain.type, plain.proto, plain.detach())

    def restart(self) -> None:
        """Begin to count anew: the next request."""
        self.waited, self.taken = 0.0, 0

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """What has come. Raises ``ConnectionResetError`` when patience is at its end."""
        left = PATIENCE + self.taken / RATE - self.waited
        begun = time.monotonic()
        try:
            self.settimeout(max(left, 0.001))
            data = super().recv(size, flags)
        except TimeoutError as error:
            raise _gone() from error
        finally:
            self.waited += time.monotonic() - begun
            self.setblocking(True)
        self.taken += len(data)
        return data

    def sendall(self, data: ReadableBuffer, flags: int = 0, /) -> None:
        """Send everything, in the time that so many bytes may take. Raises ``ConnectionResetError``."""
        try:
            self.settimeout(PATIENCE + memoryview(data).nbytes / RATE)
            super().sendall(data, flags)
        except TimeoutError as error:
            raise _gone() from error
        finally:
            self.setblocking(True)

    def sendfile(self, file: _SendableFile, offset: int = 0, count: int | None = None) -> int:
        """Send a file; each part of it may take ``PATIENCE``. Raises ``ConnectionResetError``."""
        try:
            self.settimeout(PATIENCE)
            return super().sendfile(file, offset, count)
        except TimeoutError as error:
            raise _gone() from error
        finally:
            self.setblocking(True)


def _gone() -> ConnectionResetError:
    """The error that gunicorn and Django pass over in silence: there is nobody to answer."""
    return ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))


class Worker(ThreadWorker):
    """The worker of ``zhunsheng serve``."""

    def handle(self, conn: TConn) -> bool:
        """Handle one request of a connection, in a thread."""
        if not isinstance(conn.sock, PatientSocket):
            conn.sock = PatientSocket.of(conn.sock)
        conn.sock.restart()
        return super().handle(conn)
