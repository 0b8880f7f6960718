"""A browser without a face: one person's session over one connection, as plainly and quickly as the library allows."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Final
from urllib.parse import urlencode

TOKEN: Final = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
IDLE: Final = 4.0
"""Seconds after which a new connection is opened: the server closes an idle one after five."""
File = tuple[str, str, bytes]
"""A field of a form, the name of a file, what is in it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and after how many seconds."""

    status: int
    seconds: float
    body: bytes
    location: str = ""


class Unanswered(Exception):
    """The connection broke before there was an answer."""


class Visitor:
    """Somebody with cookies. ``heard`` is told of each answer."""

    def __init__(self, port: int, heard: Callable[[str, Answer], None] = lambda name, answer: None) -> None:
        self.port, self.heard = port, heard
        self.cookies: dict[str, str] = {}
        self.token = ""
        self._link: HTTPConnection | None = None
        self._used = 0.0

    def sign_in(self, username: str, password: str) -> None:
        """By name and password. Raises ``Unanswered`` where that does not lead to the desk."""
        self.get("sign_in", "/desk/sign-in")
        answer = self.post("sign_in", "/desk/sign-in", {"username": username, "password": password, "next": ""})
        if answer.location != "/desk/":
            raise Unanswered(f"{username}: {answer.status} {answer.location}")
        self.get("home", "/desk/")

    def get(self, name: str, path: str) -> Answer:
        """Look at a page; ``name`` is what it is counted under."""
        return self._asked(name, "GET", path, b"", {})

    def post(self, name: str, path: str, form: Mapping[str, str], *files: File) -> Answer:
        """Send a form with the last page's token, and files."""
        fields = {"csrfmiddlewaretoken": self.token, **form}
        if not files:
            kind, body = "application/x-www-form-urlencoded", urlencode(fields).encode()
        else:
            edge = uuid.uuid4().hex
            kind, body = f"multipart/form-data; boundary={edge}", multipart(fields, files, edge)
        return self._asked(name, "POST", path, body, {"Content-Type": kind})

    def close(self) -> None:
        """Hang up."""
        if self._link is not None:
            self._link.close()
            self._link = None

    def _asked(self, name: str, method: str, path: str, body: bytes, more: Mapping[str, str]) -> Answer:
        if time.monotonic() - self._used > IDLE:
            self.close()
        started = time.perf_counter()
        try:
            answer = self._answered(method, path, body, more, started)
        except (OSError, HTTPException) as error:
            self.close()
            raise Unanswered(f"{method} {path}: {error!r}") from error
        finally:
            self._used = time.monotonic()
        self.heard(name, answer)
        return answer

    def _answered(self, method: str, path: str, body: bytes, more: Mapping[str, str], started: float) -> Answer:
        if self._link is None:
            self._link = HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._link.request(method, path, body or None, {"Cookie": cookies, **more})
        response = self._link.getresponse()
        read = response.read()
        taken = time.perf_counter() - started
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        if found := TOKEN.search(read):
            self.token = found[1].decode()
        return Answer(response.status, taken, read, response.headers.get("Location", ""))


def multipart(fields: Mapping[str, str], files: tuple[File, ...], edge: str) -> bytes:
    """A form with files as a browser sends it."""
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
             for name, value in fields.items()]  # fmt: skip
    for field, name, data in files:
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n'
        parts.append(head.encode() + data + b"\r\n")
    return b"".join([*parts, f"--{edge}--\r\n".encode()])
