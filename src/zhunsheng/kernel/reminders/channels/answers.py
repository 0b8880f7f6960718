"""What the other side answers, from the bytes alone: the worker and whoever finds them after a crash read the same."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    import socket

LAST_LINE: Final = re.compile(rb"^(\d{3})(?: ([^\r\n]*))?\r\n\Z", re.MULTILINE)
HOPELESS: Final = frozenset({93000, 300001, 310000, 400101, 400102})
"""Errors of the robots that waiting does not mend: no such robot, stopped, keyword or signature wrong."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Taken or not; ``words`` is what the other side said; ``hopeless`` where another attempt would end alike."""

    taken: bool
    words: str
    hopeless: bool = False


def of_mail(raw: bytes) -> Answer | None:
    """The answer of an SMTP server; ``None`` while it is not whole."""
    found = LAST_LINE.search(raw)
    if found is None:
        return None
    code = int(found[1])
    words = f"{code} {(found[2] or b'').decode('utf-8', 'replace')}"[:200]
    return Answer(200 <= code < 300, words, hopeless=code >= 500)


def of_robot(raw: bytes) -> Answer | None:
    """The answer of a webhook robot; ``None`` while it is not whole. Raises nothing."""
    if b"\r\n\r\n" not in raw:
        return None
    response = HTTPResponse(cast("socket.socket", _Stored(raw)))
    try:
        response.begin()
        body = response.read()
    except (HTTPException, OSError, ValueError):
        return None
    if response.status != 200:
        return Answer(taken=False, words=f"HTTP {response.status}", hopeless=response.status in {400, 401, 403, 404})
    if not response.chunked and response.headers["Content-Length"] is None and not _is_json(body):
        return None
    return _said(body)


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


def _said(body: bytes) -> Answer:
    try:
        said: Any = json.loads(body)
        code = int(said["errcode"])
    except (ValueError, KeyError, TypeError):
        return Answer(taken=False, words=f"看不懂的回音：{body[:80].decode('utf-8', 'replace')}")
    return Answer(code == 0, f"errcode {code} {str(said.get('errmsg', ''))[:150]}", hopeless=code in HOPELESS)


class _Stored:
    """Bytes that have come, as ``HTTPResponse`` wants them."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def makefile(self, _mode: str) -> BytesIO:
        return BytesIO(self.raw)
