"""Tasks in tables: one for each row that names units of its own, rows that share them taken together."""

from __future__ import annotations

from .attribution import Attribution, attributions
from .drafts import Draft
from .fold import Script
from .grid import Box, Grid, Row, is_banner
from .roles import read_names

_Places = dict[str, list[int]]
"""Column positions by what the columns hold."""


def from_grid(script: Script, grid: Grid) -> list[Draft]:
    """Drafts of a table, in the order of its rows."""
    drafts: list[Draft] = []
    places: _Places = {"number": [], "task": [], "units": [], "due": []}
    for at, column in sorted(grid.columns.items()):
        places.setdefault("units" if column.kind in ("lead", "responsible") else column.kind, []).append(at)
    for row in grid.rows:
        if is_banner(row):
            continue
        if drafts and _goes_on(row, places):
            drafts[-1].end = max(drafts[-1].end, row.extent(grid.columns)[1])
            continue
        draft = _draft(script, grid, row, places)
        if draft is not None:
            drafts.append(draft)
    return drafts


def _boxes(row: Row, at: list[int]) -> list[Box]:
    return [row.boxes[place] for place in at if place in row.boxes]


def _goes_on(row: Row, places: _Places) -> bool:
    """Whether a row belongs to the task above it: its number and units continue merged cells."""
    units, numbers = _boxes(row, places["units"]), _boxes(row, places["number"])
    if any(not box.merged and box.filled for box in units):
        return False
    if numbers:
        return all(box.merged or not box.filled for box in numbers)
    return any(box.merged for box in units)


def _draft(script: Script, grid: Grid, row: Row, places: _Places) -> Draft | None:
    filled = [box for box in _boxes(row, places["task"]) if box.filled]
    if not filled:
        return None
    words = next((box for box in reversed(filled) if not box.merged), filled[-1])
    number = next(iter(_boxes(row, places["number"])), None)
    return Draft(
        number=script.printed(number.start, number.end).rstrip(".．、") if number is not None else "",
        start=row.extent(grid.columns)[0],
        end=row.extent(grid.columns)[1],
        body=words.start,
        sources=[*_sources(script, grid, row, places), *attributions(script, words.start, words.end)],
        cells=[(box.start, box.end) for box in filled if not box.merged],
        due_boxes=[(box.start, box.end) for box in _boxes(row, places["due"])],
        title=(filled[0].start, filled[0].end),
    )


def _sources(script: Script, grid: Grid, row: Row, places: _Places) -> list[Attribution]:
    found: list[Attribution] = []
    for at in places["units"]:
        box = row.boxes.get(at)
        if box is not None and box.filled:
            found += _cell(script, box, script.printed(*grid.columns[at].head), leads=grid.columns[at].kind == "lead")
    return found


def _cell(script: Script, box: Box, label: str, *, leads: bool) -> list[Attribution]:
    """The units of a cell, in the role of its column unless the cell has labels of its own."""
    labelled = [one for one in attributions(script, box.start, box.end) if script.plain[one.start] not in "(["]
    if any(one.names[0].label not in ("", label) for one in labelled):
        return labelled
    names = read_names(script, box.start, box.end, "lead" if leads else "responsible", label, told=leads)
    return [Attribution(box.start, box.end, names.found, names.open_ended, whole_line=True, meanings=names.meanings)]
