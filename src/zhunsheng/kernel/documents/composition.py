"""Lines and tables put one after another into the text of a document, with every cell's place noted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhunsheng.kernel.documents.model import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell before it is written: grid column, words, and whether it continues the merged cell above."""

    column: int
    text: str
    continues: bool = False


@dataclass(slots=True)
class Composition:
    """The text so far. ``text()`` is what has been written, without the last line end."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    tables: list[Table] = field(default_factory=list)

    def line(self, words: str) -> None:
        """One line (or several, where ``words`` has line breaks)."""
        self._put(words + "\n")

    def table(self, rows: Sequence[Sequence[Placed]]) -> None:
        """A table: cells separated by tabs, rows by line ends; cells that continue others are empty in the text."""
        written: list[tuple[Cell, ...]] = []
        above: dict[int, Cell] = {}
        for row in rows:
            cells = []
            for place, placed in enumerate(row):
                self._put("\t" if place else "")
                cells.append(self._cell(placed, above.get(placed.column)))
            self._put("\n")
            above = {cell.column: cell for cell in cells}
            if cells:
                written.append(tuple(cells))
        if written:
            self.tables.append(Table(tuple(written)))

    def text(self) -> str:
        """All that was written."""
        return "".join(self.parts).removesuffix("\n")

    def _cell(self, placed: Placed, above: Cell | None) -> Cell:
        if placed.continues and above is not None:
            return Cell(above.start, above.end, placed.column, merged=True)
        start = self.length
        self._put(placed.text)
        return Cell(start, self.length, placed.column)

    def _put(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)
