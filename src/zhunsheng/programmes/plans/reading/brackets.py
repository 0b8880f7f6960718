"""Brackets of every shape, and where they close."""

from __future__ import annotations

_REACH = 1200
"""How far a bracket may reach before it counts as never closed."""


def closing(plain: str, place: int, limit: int) -> int | None:
    """The place of the bracket that closes the one at ``place``, before ``limit``; None where it is missing.

    Round and square brackets close each other, as printers mix them; angle brackets close only their own kind.
    """
    depth = 0
    opening, shutting = ("<", ">") if plain[place] == "<" else ("([", ")]")
    for at in range(place, min(limit, place + _REACH)):
        char = plain[at]
        if char in opening:
            depth += 1
        elif char in shutting:
            depth -= 1
            if depth == 0:
                return at
    return None
