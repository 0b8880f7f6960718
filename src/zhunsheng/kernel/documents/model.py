"""What a file becomes when it is read: one text, and the tables inside it as spans of that text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "html", "docx", "pdf"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell as a half-open span of the text.

    ``column`` counts grid columns from 0. A cell that continues a vertically merged cell has
    ``merged=True`` and points at the words of the cell that it continues.
    """

    start: int
    end: int
    column: int
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose cells are spans of the text; ``rows[i]`` is ordered by column."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def start(self) -> int:
        """Offset of the first character that belongs to the table."""
        return min(cell.start for row in self.rows for cell in row)

    @property
    def end(self) -> int:
        """Offset just after the last character that belongs to the table."""
        return max(cell.end for row in self.rows for cell in row)


@dataclass(frozen=True, slots=True)
class Document:
    r"""A file as read.

    ``text`` uses ``\n`` between lines and is what every offset in the product refers to. Table cells
    are separated by ``\t`` and rows by ``\n``; ``tables`` gives the exact cells where the format knows them.
    """

    text: str
    kind: Kind
    tables: tuple[Table, ...] = ()
    pages: int | None = None


class UnreadableDocument(ValueError):
    """A file that gives no text. ``str(error)`` is a Chinese sentence: what was read, why not, what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
