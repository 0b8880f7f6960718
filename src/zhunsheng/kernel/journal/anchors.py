"""Anchors: number and digest of a block, kept outside of the database.

The chain proves that nothing in it was changed; that its end was not cut off, or an old copy put in its place, only
something outside can prove. A line of ``anchors/anchors.txt`` in the home is number, digest and time. Copy the file, or
print the last line, to where the machine's administrator cannot reach.
"""

from __future__ import annotations

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from django.conf import settings

EVERY_BLOCKS: Final = 100
EVERY_SECONDS: Final = 60.0
LINE: Final = 256
"""Bytes that hold a line and more."""
_LOGGER: Final = logging.getLogger(__name__)
_LOCK: Final = Lock()
_last: dict[Path, float] = {}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A block as it stood when it was sealed; ``at`` in ISO 8601, UTC."""

    number: int
    digest: str
    at: str

    def __str__(self) -> str:
        return f"{self.number} {self.digest} {self.at}"


class BadAnchor(ValueError):
    """A line of the file that is no anchor; ``str(error)`` says which."""


def path() -> Path:
    """The file of the home."""
    return Path(settings.HOME) / "anchors" / "anchors.txt"


def keep(anchor: Anchor) -> None:
    """Append the block just committed where one is due: every hundredth, and one a minute in each process.

    It has been committed and stays so: a file that cannot be written is logged, not raised.
    """
    with _LOCK:
        clock = time.monotonic()
        if anchor.number % EVERY_BLOCKS and clock - _last.get(path(), -EVERY_SECONDS) < EVERY_SECONDS:
            return
        _last[path()] = clock
    try:
        append(anchor)
    except OSError:
        _LOGGER.exception("锚点文件 %s 写不了，请检查磁盘和权限。", path())


def append(anchor: Anchor) -> None:
    """Append one line, on the disk when this returns. Raises ``OSError``."""
    file = path()
    file.parent.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        os.write(descriptor, f"{anchor}\n".encode("ascii"))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def last() -> Anchor | None:
    """The newest anchor of the file, read from its end; ``None`` where there is none, or none that can be read."""
    try:
        with path().open("rb") as file:
            file.seek(max(file.seek(0, os.SEEK_END) - LINE, 0))
            parts = file.read().decode("ascii", "replace").split("\n")
    except OSError:
        return None
    words = next((line.split() for line in reversed(parts) if line), [])
    return Anchor(int(words[0]), words[1], words[2]) if len(words) == 3 and words[0].isdigit() else None


def kept() -> Iterator[Anchor]:
    """The anchors of the file in their order. Raises ``BadAnchor``."""
    if not path().is_file():
        return
    with path().open(encoding="ascii", errors="replace") as lines:
        for place, line in enumerate(lines, start=1):
            parts = line.split()
            if len(parts) != 3 or not parts[0].isdigit():
                raise BadAnchor(f"{path()} 第 {place} 行不是锚点")
            yield Anchor(int(parts[0]), parts[1], parts[2])
