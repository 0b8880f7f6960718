"""One table of a page while it is laid out: its grid, and in the end whether it is data or only holds the page together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhunsheng.kernel.documents.model import Cell, Table

if TYPE_CHECKING:
    from zhunsheng.kernel.documents.markup_text import LineWriter

_MAX_COLUMNS = 200
_MAX_ROWSPAN = 65_534
# A cell with half the words of its table and this many of them, in this many lines, is an article in a frame.
_ARTICLE_LENGTH = 600
_ARTICLE_LINES = 8


@dataclass(slots=True)
class _Above:
    """A cell that reaches into the rows below: the rows left and the cell, once its end is known."""

    rows: int
    cell: Cell | None


@dataclass(slots=True)
class OpenTable:
    """Collects rows; ``nested`` is how many tables the page had before."""

    writer: LineWriter
    nested: int
    _rows: list[list[Cell]] = field(default_factory=list)
    _separators: list[int] = field(default_factory=list)
    _above: dict[int, _Above] = field(default_factory=dict)
    _column: int = 0
    _open: tuple[int, int, int, int] | None = None
    _began_row: bool = False
    _headed: bool = False
    _began_lines: int = 0
    _article: int = 0

    def begin_row(self) -> None:
        """A ``tr``; rows without cells leave no trace."""
        self.end_cell()
        if self._began_row:
            self._fill_merged(_MAX_COLUMNS)
        self._began_row = False

    def begin_cell(self, columns: int, rows: int, *, heading: bool = False) -> None:
        """A ``td`` or ``th`` (``heading``); ``rows`` 0 reaches to the end of the table."""
        self.end_cell()
        self._headed = self._headed or heading
        if not self._began_row:
            self._next_row()
        self._fill_merged(None)
        self._separate()
        columns = min(max(columns, 1), _MAX_COLUMNS)
        rows = min(rows if rows > 0 else _MAX_ROWSPAN, _MAX_ROWSPAN)
        self._open = (self.writer.begin_cell(), self._column, columns, rows)
        self._began_lines = self.writer.lines
        self._column += columns

    def end_cell(self) -> None:
        """The end of the open cell, if there is one."""
        if self._open is None:
            return
        start, column, columns, rows = self._open
        self._open = None
        cell = Cell(start, self.writer.end_cell(), column)
        self._rows[-1].append(cell)
        if self.writer.lines - self._began_lines >= _ARTICLE_LINES:
            self._article = max(self._article, cell.end - cell.start)
        if rows > 1:
            self._above[column] = _Above(rows - 1, cell)
            for covered in range(column + 1, column + columns):
                self._above[covered] = _Above(rows - 1, None)

    def close(self, inner: list[Table]) -> Table | None:
        """The table, or ``None`` where it only arranges the page (its separators are line ends then)."""
        self.begin_row()
        rows = [row for row in self._rows if row]
        if not self._arranges_page(rows, inner):
            return Table(tuple(map(tuple, rows)))
        for index in self._separators:
            self.writer.parts[index] = "\n"
        return None

    def _arranges_page(self, rows: list[list[Cell]], inner: list[Table]) -> bool:
        """One column, an article in a cell, or tables in cells: no data of its own."""
        if max(map(len, rows), default=0) < 2 or any(row[-1].column >= _MAX_COLUMNS for row in rows):
            return True
        total = sum(cell.end - cell.start for row in rows for cell in row if not cell.merged)
        article = not self._headed and self._article >= _ARTICLE_LENGTH and self._article * 2 >= total
        return article or sum(table.end - table.start for table in inner) * 2 > total

    def _next_row(self) -> None:
        """Begin the row that the first cell needs."""
        self.writer.settle()
        self._rows.append([])
        self._column = 0
        self._began_row = True

    def _fill_merged(self, limit: int | None) -> None:
        """Note the cells that reach in from above, up to the next free column (or up to ``limit``)."""
        while self._column in self._above if limit is None else self._column < limit and self._above:
            above = self._above.get(self._column)
            if above is not None:
                if above.cell is not None:
                    self._separate()
                    self._rows[-1].append(Cell(above.cell.start, above.cell.end, self._column, merged=True))
                above.rows -= 1
                if above.rows == 0:
                    del self._above[self._column]
                self.writer.merged_left -= 1
                if self.writer.merged_left <= 0:
                    self._above.clear()
            self._column += 1

    def _separate(self) -> None:
        if self._rows[-1]:
            self._separators.append(self.writer.separate("\t"))
