"""Text in columns on a terminal, where a Chinese character is two cells wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import category, combining, east_asian_width

ELLIPSIS = "…"
GAP = "  "


def plain(text: str) -> str:
    """One line without control characters: what a document says must not steer the terminal."""
    return " ".join("".join(" " if category(c) in {"Cc", "Cf"} else c for c in text).split())


def width(text: str) -> int:
    """How many cells the text takes."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def cut(text: str, cells: int) -> str:
    """The text if it fits, else its beginning and an ellipsis; at most ``cells`` wide."""
    if width(text) <= cells:
        return text
    kept = ""
    for character in text:
        if width(kept + character) > cells - 1:
            break
        kept += character
    return kept + ELLIPSIS


def table(rows: Sequence[Sequence[str]], limits: Sequence[int]) -> Iterator[str]:
    """Aligned lines; a column is as wide as its widest cell and no wider than its limit."""
    cleaned = [[cut(plain(cell), limit) for cell, limit in zip(row, limits, strict=True)] for row in rows]
    widths = [max((width(row[i]) for row in cleaned), default=0) for i in range(len(limits))]
    for row in cleaned:
        padded = (cell + " " * (cells - width(cell)) for cell, cells in zip(row, widths, strict=True))
        yield GAP.join(padded).rstrip()
