"""A table of measurements: numbers for the JSON file, aligned words for the terminal."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from unicodedata import east_asian_width

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column, and how its numbers are written (a format specification)."""

    head: str
    spec: str = ""

    def words(self, cell: Cell) -> str:
        """A cell as printed; what was not measured is a dash."""
        return "—" if cell is None else cell if isinstance(cell, str) else format(cell, self.spec)


@dataclass(frozen=True, slots=True)
class Table:
    """What was measured. Every row has a cell for every column; ``note`` says how to read the figures."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def plain(self) -> dict[str, object]:
        """As JSON: heads once, rows as lists."""
        return asdict(self) | {"columns": [column.head for column in self.columns]}

    def printed(self) -> str:
        """Title, aligned rows and note. The first column stands left, the others right."""
        lines = [[column.head for column in self.columns]]
        lines += [[column.words(cell) for column, cell in zip(self.columns, row, strict=True)] for row in self.rows]
        widths = [max(map(width, cells)) for cells in zip(*lines, strict=True)]
        aligned = [
            "  ".join(
                _padded(cell, wide, left=place == 0)
                for place, (cell, wide) in enumerate(zip(line, widths, strict=True))
            )
            for line in lines
        ]
        return "\n".join(
            [f"== {self.title}", *(line.rstrip() for line in aligned), *([self.note] if self.note else [])]
        )


def width(words: str) -> int:
    """How many columns of a terminal the words take."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in words)


def _padded(words: str, wide: int, *, left: bool) -> str:
    blank = " " * (wide - width(words))
    return words + blank if left else blank + words
