"""Pages of a PDF put together: tables out of their rules, furniture away, wrapped lines joined, pages one after another."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhunsheng.kernel.documents.composition import Composition, Placed
from zhunsheng.kernel.documents.pdf_grid import Grid, Region, find_grids
from zhunsheng.kernel.documents.pdf_lines import (
    Line,
    find_body,
    furniture,
    joined,
    lines_by_height,
    make_line,
    must_wrap,
    starts_anew,
)

if TYPE_CHECKING:
    from zhunsheng.kernel.documents.model import Table
    from zhunsheng.kernel.documents.pdf_page import Page

_PADDING = 8.0
_SEPARATORS = re.compile(r"[、，,；;。]")
# In a cell without separators each name may stand on its own line; then a full line proves nothing.
_NAME_ENDS = re.compile(r"[局委办会院府队部心室站所社司行处厅校区镇乡道]$")
_NAME_BEGINS = re.compile(r"[县市区省州各镇乡]")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page sorted into the lines outside tables and the tables."""

    lines: list[Line]
    grids: list[Grid]
    number: int


@dataclass(frozen=True, slots=True)
class _Rows:
    """A table ready to be written, with the column edges by which a continued table is known."""

    xs: list[float]
    rows: list[list[Placed]]
    page: int


def lay_out(pages: list[Page]) -> tuple[str, tuple[Table, ...]]:
    """The text of all pages and its tables."""
    sheets = [_sheet(page, number) for number, page in enumerate(pages)]
    removed = furniture([sheet.lines for sheet in sheets])
    items: list[Line | _Rows] = []
    for sheet in sheets:
        items.extend(_in_order(sheet, removed))
    composition = Composition()
    for item in _join_lines(_join_tables(items)):
        if isinstance(item, _Rows):
            composition.table(item.rows)
        else:
            composition.line(item)
    return composition.text(), tuple(composition.tables)


def _sheet(page: Page, number: int) -> _Sheet:
    grids = find_grids(page.rules) if page.upright else []
    lines = []
    for glyphs in page.lines:
        outside = [glyph for glyph in glyphs if not any(grid.take(glyph) for grid in grids)]
        line = make_line(outside, number) if outside else None
        if line is not None:
            lines.append(line)
    return _Sheet(lines, [grid for grid in grids if any(grid.glyphs.values())], number)


def _in_order(sheet: _Sheet, removed: set[Line]) -> list[Line | _Rows]:
    """Lines in the order of the file; a table before the first line that stands below its top."""
    waiting = [(grid.ys[0], _Rows(grid.xs, _rows(grid, sheet.number), sheet.number)) for grid in sheet.grids]
    items: list[Line | _Rows] = []
    for line in sheet.lines:
        if line in removed:
            continue
        while waiting and line.y1 < waiting[0][0]:
            items.append(waiting.pop(0)[1])
        items.append(line)
    return items + [rows for _, rows in waiting]


def _rows(grid: Grid, page: int) -> list[list[Placed]]:
    """The cells row by row; where others only continue and no words begin, a stray rule has made no row."""
    texts = [
        _cell_text(lines_by_height(grid.glyphs.get(key, []), page), region) for key, region in enumerate(grid.regions)
    ]
    rows = []
    for number, owners in enumerate(grid.owner):
        placed = []
        for key in dict.fromkeys(owners):
            region = grid.regions[key]
            continues = region.top < number
            placed.append(Placed(region.left, "" if continues else texts[key], continues))
        if any(cell.text for cell in placed) or not any(cell.continues for cell in placed):
            rows.append(placed)
    return rows


def _cell_text(lines: list[Line], region: Region) -> str:
    """The lines of a cell, joined where the cell's width forced the break."""
    if not lines:
        return ""
    padding = min([_PADDING, *(line.x0 - region.x0 for line in lines)])
    width = region.x1 - region.x0 - 2 * max(padding, 0.0)
    listed = not any(_SEPARATORS.search(line.text) for line in lines)
    text = lines[0].text
    for upper, lower in itertools.pairwise(lines):
        names = listed and _NAME_ENDS.search(upper.text) and _NAME_BEGINS.match(lower.text)
        wrapped = must_wrap(upper, lower, width - (upper.x1 - upper.x0)) and not names and not starts_anew(upper, lower)
        text = joined(text, lower.text) if wrapped else f"{text}\n{lower.text}"
    return text


def _join_tables(items: list[Line | _Rows]) -> list[Line | _Rows]:
    """A table that goes on over the page is one; the head repeated on the new page is furniture."""
    result: list[Line | _Rows] = []
    for item in items:
        last = result[-1] if result else None
        if isinstance(item, _Rows) and isinstance(last, _Rows) and _goes_on(last, item):
            result[-1] = _Rows(item.xs, _with_following(last.rows, item.rows), item.page)
        else:
            result.append(item)
    return result


def _goes_on(upper: _Rows, lower: _Rows) -> bool:
    return (
        bool(upper.rows and lower.rows)
        and lower.page == upper.page + 1
        and len(upper.xs) == len(lower.xs)
        and all(abs(one - other) <= 4.0 for one, other in zip(upper.xs, lower.xs, strict=True))
    )


def _with_following(upper: list[list[Placed]], lower: list[list[Placed]]) -> list[list[Placed]]:
    """The rows of both pages; what the page break cut, a merged cell or the last row, is put together again."""
    lower = lower[1:] if lower[0] == upper[0] else lower
    if not lower:
        return upper
    merged = {cell.column for row in upper + lower for cell in row if cell.continues}
    # The words of a cell that is merged over the break stand on the first page only.
    first = [Placed(c.column, "", continues=True) if not c.text and c.column in merged else c for c in lower[0]]
    always = set.intersection(*({cell.column for cell in row if cell.text} for row in upper))
    aligned = [cell.column for cell in first] == [cell.column for cell in upper[-1]]
    if len(upper) > 2 and aligned and any(not cell.text and cell.column in always for cell in first):
        # A cell that every row fills (序号) is empty: this is no row of its own but the rest of the last one.
        rest = [replace(cell, text=_resume(cell.text, more.text)) for cell, more in zip(upper[-1], first, strict=True)]
        return [*upper[:-1], rest, *lower[1:]]
    return [*upper, first, *lower[1:]]


def _resume(text: str, rest: str) -> str:
    return f"{text}\n{rest}" if text.endswith("。") and rest else joined(text, rest)


def _join_lines(items: list[Line | _Rows]) -> list[str | _Rows]:
    """Paragraphs out of wrapped lines; tables end them."""
    body = find_body([item for item in items if isinstance(item, Line)])
    result: list[str | _Rows] = []
    last: Line | None = None
    for item in items:
        if isinstance(item, _Rows):
            result.append(item)
            last = None
            continue
        if last is not None and body.continues(last, item):
            result[-1] = joined(str(result[-1]), item.text)
        else:
            result.append(item.text)
        last = item
    return result
