"""A message that has been given to the other side except for its last bytes, without which it does not count.

SMTP: mail data that does not end with a dot on a line is dropped (RFC 5321 §4.1.1.4). HTTP: a body shorter than its
Content-Length is incomplete and not processed (RFC 9112 §8).
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from zhunsheng.kernel.reminders.channels.answers import Answer

PATIENCE: Final = 30.0
"""Seconds for which the other side may be silent."""
LONGEST: Final = 65536


class Unsendable(Exception):
    """It has certainly not been delivered. ``str(error)`` is Chinese; ``hopeless``: trying again does not help."""

    def __init__(self, message: str, *, hopeless: bool = False) -> None:
        super().__init__(message)
        self.hopeless = hopeless


class Unanswered(Exception):
    """All of it may have arrived, and no answer came."""


@dataclass(frozen=True, slots=True)
class Handover:
    """``rest`` are the last bytes; ``understood`` reads the answer; ``farewell`` is said before hanging up."""

    sock: socket.socket
    rest: bytes
    understood: Callable[[bytes], Answer | None]
    farewell: bytes = b""

    @property
    def is_plain(self) -> bool:
        """Not encrypted: whoever holds the socket can read the answer."""
        return not isinstance(self.sock, ssl.SSLSocket)

    def finish(self) -> Answer:
        """Send the last bytes and wait for the answer. Raises ``Unanswered``.

        A plain answer is only looked at (MSG_PEEK): until it is recorded the witness can still read it.
        """
        try:
            self.sock.sendall(self.rest)
            raw = b""
            ends = time.monotonic() + PATIENCE
            while (answer := self.understood(raw)) is None:
                raw = self._peeked(raw, ends) if self.is_plain else raw + self._received()
        except OSError as error:
            raise Unanswered(str(error)) from error
        return answer

    def _received(self) -> bytes:
        more = self.sock.recv(LONGEST)
        if not more:
            raise ConnectionResetError("对方没有回音就挂断了")
        return more

    def _peeked(self, before: bytes, ends: float) -> bytes:
        """What has come so far, more of it than ``before``."""
        while True:
            raw = self.sock.recv(LONGEST, socket.MSG_PEEK)
            if len(raw) > len(before):
                return raw
            if not raw or time.monotonic() > ends:
                raise ConnectionResetError("对方没有回音就挂断了")
            time.sleep(0.002)

    def close(self, *, answered: bool) -> None:
        """Hang up, politely where an answer came. Errors no longer matter."""
        with self.sock, suppress(OSError):
            if answered:
                self.sock.settimeout(1)
                self.sock.recv(LONGEST)
                self.sock.sendall(self.farewell)
