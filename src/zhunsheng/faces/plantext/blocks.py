"""The document as blocks to print: lines, headings and tables, each a span of the text as read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhunsheng.kernel.documents.model import Document, Table
from zhunsheng.programmes.plans.reading.model import Reading, Section
from zhunsheng.programmes.plans.wording import squeeze

LONGEST_HEADING = 60
TITLE_LINES = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its line break. ``style`` is "title", "h1" … "h4", "" or "nil" for a blank one."""

    start: int
    end: int
    style: str


@dataclass(frozen=True, slots=True)
class GridCell:
    """A printed cell; ``rows`` is how many rows it spans."""

    start: int
    end: int
    rows: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose cells are spans of the text, in reading order."""

    rows: tuple[tuple[GridCell, ...], ...]

    @property
    def cells(self) -> tuple[GridCell, ...]:
        """All cells in the order of the text."""
        return tuple(cell for row in self.rows for cell in row)


Block = Line | Grid


def blocks(document: Document, reading: Reading) -> list[Block]:
    """Cut the document into blocks. What no block covers is white space between lines and cells."""
    styles = _styles(document.text, reading)
    found: list[Block] = []
    at = 0
    for table in sorted(document.tables, key=lambda table: table.start if table.rows else 0):
        grid = _grid(document.text, table, at)
        if grid is None:
            continue
        first, last = grid.cells[0].start, grid.cells[-1].end
        found += _lines(document.text, at, first, styles)
        found.append(grid)
        at = last
    return found + list(_lines(document.text, at, len(document.text), styles))


def spans(found: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """The spans that the blocks print, in the order of the text."""
    for block in found:
        if isinstance(block, Line):
            yield block.start, block.end
        else:
            yield from ((cell.start, cell.end) for cell in block.cells)


def _lines(text: str, start: int, end: int, styles: dict[int, str]) -> Iterator[Line]:
    """The lines of a stretch; of several blank ones in a row only the first is kept."""
    blank = True
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        line = text[start:stop]
        if line.strip():
            indent = len(line) - len(line.lstrip())
            yield Line(start, stop, styles.get(start + indent, ""))
        elif not blank:
            yield Line(start, stop, "nil")
        blank = not line.strip()
        start = stop + 1


def _grid(text: str, table: Table, at: int) -> Grid | None:
    """The table as printed cells, or None where its cells do not follow one another through the text."""
    below: Counter[int] = Counter()  # merged cells that continue the cell above, by column
    rows: list[tuple[GridCell, ...]] = []
    for row in reversed(table.rows):
        rows.append(tuple(GridCell(c.start, c.end, 1 + below[c.column]) for c in row if not c.merged))
        below = Counter({c.column: 1 + below[c.column] for c in row if c.merged})
    grid = Grid(tuple(reversed(rows)))
    cells = grid.cells
    if not cells or cells[0].start < at:
        return None
    whole = all(a.end <= b.start and not text[a.end : b.start].strip() for a, b in pairwise(cells))
    return grid if whole else None


def _styles(text: str, reading: Reading) -> dict[int, str]:
    """Styles of lines by the offset of their first printed character: headings and the title."""
    styles = {s.start: f"h{min(s.level, 4)}" for s in reading.sections if _alone(text, s)}
    for start in _title_starts(text, reading.title):
        styles.setdefault(start, "title")
    return styles


def _alone(text: str, section: Section) -> bool:
    """Whether the heading stands alone on its line (it may be glued to its paragraph)."""
    reach = section.start + 4 * LONGEST_HEADING  # spaced out or not: what goes on longer is a paragraph
    stop = text.find("\n", section.start, reach)
    line = text[section.start : stop if stop >= 0 else reach].strip()
    return len(line) <= LONGEST_HEADING and squeeze(line).endswith(squeeze(section.title))


def _title_starts(text: str, title: str) -> list[int]:
    """Offsets of the lines that together print the title, the last time that they do so."""
    wanted = squeeze(title)
    if not wanted:
        return []
    lines = [line for line in _lines(text, 0, len(text), {}) if line.style != "nil"]
    words = [squeeze(text[line.start : line.end]) for line in lines]
    for first in reversed(range(len(lines))):
        if not words[first] or not wanted.startswith(words[first]):
            continue
        for count in range(1, TITLE_LINES + 1):
            if "".join(words[first : first + count]) == wanted:
                return [_first_printed(text, line) for line in lines[first : first + count]]
    return []


def _first_printed(text: str, line: Line) -> int:
    """The offset of the line's first character that is not white space."""
    words = text[line.start : line.end]
    return line.start + len(words) - len(words.lstrip())
