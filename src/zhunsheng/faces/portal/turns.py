"""Large documents are read one after another, so that a few of them do not make everybody wait."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.http import HttpRequest, HttpResponse

from zhunsheng.faces.errors import BUSY, answer

LIGHT = 50_000
"""Characters that are read at once (a quarter of a second); a plan of a county has 5,000 to 30,000."""
PATIENCE = 10.0
"""Seconds that a large document waits for the one before it."""
COME_AGAIN = 30
"""Seconds after which a visitor who was sent away is told to try again."""

_heavy = BoundedSemaphore(1)
"""One large document at a time in each process: reading is work of the processor, more at once finish no sooner."""


class Busy(Exception):
    """Another large document is being read, and has been for as long as a visitor waits."""


@contextmanager
def turn(length: int) -> Iterator[None]:
    """The right to read a text of so many characters. Raises ``Busy``."""
    if length <= LIGHT:
        yield
        return
    if not _heavy.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _heavy.release()


def sent_away(request: HttpRequest) -> HttpResponse:
    """503, and when to come again."""
    response = answer(request, BUSY)
    response["Retry-After"] = str(COME_AGAIN)
    return response
