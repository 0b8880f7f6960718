"""Digests over journal rows in their canonical form: a JSON list, so that no two different rows look alike.

SM3 (GB/T 32905) wherever the system's OpenSSL has it. Where it has not, SHA-256; every block says which one it used, and
``verify`` tells which blocks did without SM3.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

KNOWN: Final = ("sm3", "sha256")
ALGORITHM: Final = next(name for name in KNOWN if name in hashlib.algorithms_available)
FIRST: Final = "0" * 64
"""What the first block names as the digest before it."""

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Cell = str | int | None


def digest(cells: Sequence[Cell], algorithm: str) -> str:
    """The digest of one row, 64 hexadecimal digits. Raises ``ValueError`` for an algorithm that is not here."""
    return hashlib.new(algorithm, canonical(cells)).hexdigest()


def canonical(cells: Sequence[Cell]) -> bytes:
    """The bytes that are digested."""
    return _ENCODER.encode(cells).encode("utf-8", "surrogatepass")


def total(digests: Iterable[str], algorithm: str) -> tuple[int, str]:
    """How many digests there are, and one digest over all of them in their order; streaming."""
    sum_, count = hashlib.new(algorithm), 0
    for one in digests:
        sum_.update(one.encode("ascii"))
        count += 1
    return count, sum_.hexdigest()


def instant(value: datetime | str) -> str:
    """An instant as it is digested: UTC, microseconds. A naive value is UTC, as databases keep it."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds")
