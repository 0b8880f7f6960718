"""All tables of tasks in a document, in whatever form they are printed."""

from __future__ import annotations

from collections.abc import Sequence

from zhunsheng.kernel.documents.model import Table

from .fold import Script
from .grid import Grid, from_cells
from .ranges import Ranges
from .spaced_grid import spaced_grids
from .stacked_grid import stacked_grids
from .text_grid import text_grids


def grids(script: Script, tables: Sequence[Table]) -> list[Grid]:
    """All tables of tasks in a document, in order."""
    known = [grid for table in tables if table.rows and (grid := from_cells(script, table)) is not None]
    known += text_grids(script, _extents(known))
    known += spaced_grids(script, _extents(known))
    known += stacked_grids(script, _extents(known))
    return sorted(known, key=lambda grid: grid.start)


def _extents(known: list[Grid]) -> Ranges:
    return Ranges((grid.start, grid.end) for grid in known)
