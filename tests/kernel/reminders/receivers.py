"""The other side: a mail server and webhook robots on this machine that remember what they took, and how often."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class Postbox:
    """A mail server's handler. ``refuse`` is an answer to give instead of taking the letter."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuse = ""
        self.url = ""
        self.delay = 0.0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refuse:
            return self.refuse
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        time.sleep(self.delay)
        return "250 taken"

    def counted(self) -> Counter[str]:
        """How often each message was taken, by its number."""
        return Counter(str(letter["Message-ID"]).strip("<>").partition("@")[0] for letter in self.letters)


@contextmanager
def postbox() -> Iterator[Postbox]:
    """A mail server while it lasts."""
    box = Postbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        box.url = f"smtp://127.0.0.1:{port}"
        yield box
    finally:
        controller.stop()


class Robots(ThreadingHTTPServer):
    """Webhook robots. ``answers`` are given in turn, then ``{"errcode": 0}``; ``status`` is that of each answer."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Robot)
        self.taken: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[object] = []
        self.status = 200
        self.delay = 0.0
        self.silent = False
        self.lock = threading.Lock()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def wecom(self) -> str:
        return f"{self.origin}/cgi-bin/webhook/send?key=693a91f6"

    @property
    def dingtalk(self) -> str:
        return f"{self.origin}/robot/send?access_token=5f1b"

    def counted(self) -> Counter[str]:
        """How often each message was taken, by its number."""
        return Counter(found[0] for _, said in self.taken if (found := NUMBER.search(json.dumps(said))))

    def handle_error(self, request: object, client_address: object) -> None:
        """A killed sender is no news."""


class _Robot(BaseHTTPRequestHandler):
    server: Robots

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:
            return
        with self.server.lock:
            answer = self.server.answers.pop(0) if self.server.answers else {"errcode": 0, "errmsg": "ok"}
            if self.server.status == 200 and isinstance(answer, dict) and answer["errcode"] == 0:
                self.server.taken.append((self.path, json.loads(body)))
        time.sleep(self.server.delay)
        if not self.server.silent:
            self._answer(json.dumps(answer).encode())

    def _answer(self, said: bytes) -> None:
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *args: object) -> None:
        """Quiet."""


@contextmanager
def robots() -> Iterator[Robots]:
    """Robots while they last."""
    with Robots() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
