"""Ruled tables of a PDF page: the grid that the rules draw, cells that lack a rule between them being one cell."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhunsheng.kernel.documents.pdf_page import Glyph, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

# Rules this near to each other (points) are one rule, or touch; no row or column is narrower than a small character.
_NEAR = 3.0
_NARROWEST = 5.0
_MAX_RULES = 600


@dataclass(frozen=True, slots=True)
class Region:
    """A cell: its rows and columns in the grid (first and last), and its left and right edge."""

    top: int
    bottom: int
    left: int
    right: int
    x0: float
    x1: float


@dataclass(slots=True)
class Grid:
    """A table's column edges from left to right, row edges from top to bottom, and its cells with their characters."""

    xs: list[float]
    ys: list[float]
    regions: list[Region]
    owner: list[list[int]]
    glyphs: dict[int, list[Glyph]] = field(default_factory=lambda: defaultdict(list))

    def take(self, glyph: Glyph) -> bool:
        """Put the character into its cell; false where it stands outside the table."""
        x, y = glyph.middle
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[-1] < y <= self.ys[0]):
            return False
        row = bisect_right([-edge for edge in self.ys], -y) - 1
        column = bisect_right(self.xs, x) - 1
        self.glyphs[self.owner[row][column]].append(glyph)
        return True


def find_grids(rules: list[Rule]) -> list[Grid]:
    """The tables of a page from top to bottom: at least two columns of connected rules."""
    merged = _merge(rules)
    if len(merged) > _MAX_RULES:
        return []
    grids = [grid for group in _connected(merged) if (grid := _grid(group)) is not None]
    return sorted(grids, key=lambda grid: -grid.ys[0])


def _merge(rules: list[Rule]) -> list[Rule]:
    """Join rules on one line that overlap or touch; the sides of a thick rule become one."""
    merged: list[Rule] = []
    for horizontal in (True, False):
        chosen = sorted((rule for rule in rules if rule.horizontal is horizontal), key=lambda rule: rule.at)
        for level in _levels([rule.at for rule in chosen]):
            near = sorted(
                (rule for rule in chosen if abs(rule.at - level) <= _NEAR), key=lambda rule: (rule.begin, rule.end)
            )
            merged.extend(_spans(near, level))
    return merged


def _spans(rules: list[Rule], level: float) -> list[Rule]:
    """Rules on one level, sorted by their begin, as few as possible."""
    spans: list[Rule] = []
    for rule in rules:
        if spans and rule.begin <= spans[-1].end + _NEAR:
            last = spans.pop()
            spans.append(Rule(rule.horizontal, level, last.begin, max(last.end, rule.end)))
        else:
            spans.append(Rule(rule.horizontal, level, rule.begin, rule.end))
    return spans


def _levels(values: Iterable[float], reach: float = _NEAR) -> list[float]:
    """Ascending coordinates, those within reach of the first of a group counted once."""
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > reach:
            levels.append(value)
    return levels


def _connected(rules: list[Rule]) -> list[list[Rule]]:
    """Groups of rules that cross or touch."""
    groups: list[list[Rule]] = []
    left = list(rules)
    while left:
        group = [left.pop()]
        for member in group:
            touching = [rule for rule in left if _touch(member, rule)]
            left = [rule for rule in left if not _touch(member, rule)]
            group.extend(touching)
        groups.append(group)
    return groups


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one.horizontal is not other.horizontal
        and one.begin - _NEAR <= other.at <= one.end + _NEAR
        and other.begin - _NEAR <= one.at <= other.end + _NEAR
    )


def _grid(rules: list[Rule]) -> Grid | None:
    """The table that a group of rules draws, ``None`` for a frame or a line under a heading."""
    across = [rule for rule in rules if rule.horizontal]
    down = [rule for rule in rules if not rule.horizontal]
    # The outermost sides of a table are sometimes not drawn: the rules across end there.
    ends = [edge for rule in across for edge in (rule.begin, rule.end)]
    xs = _levels([rule.at for rule in down] + ([min(ends), max(ends)] if ends else []), _NARROWEST)
    ys = _levels((rule.at for rule in across), _NARROWEST)[::-1]
    if len(xs) < 3 or len(ys) < 2:
        return None
    owner = _owners(xs, ys, across, down)
    return Grid(xs, ys, _regions(owner, xs), owner)


def _owners(xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]) -> list[list[int]]:
    """For every square of the grid the number of its cell; a missing rule lets squares grow together."""
    rows, columns = len(ys) - 1, len(xs) - 1
    parent = list(range(rows * columns))

    def root(square: int) -> int:
        while parent[square] != square:
            parent[square] = parent[parent[square]]
            square = parent[square]
        return square

    for row in range(rows):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(columns):
            square = row * columns + column
            if column + 1 < columns and not _walled(down, xs[column + 1], middle):
                parent[root(square + 1)] = root(square)
            centre = (xs[column] + xs[column + 1]) / 2
            if row + 1 < rows and not _walled(across, ys[row + 1], centre):
                parent[root(square + columns)] = root(square)
    numbers: dict[int, int] = {}
    return [
        [numbers.setdefault(root(row * columns + column), len(numbers)) for column in range(columns)]
        for row in range(rows)
    ]


def _walled(rules: list[Rule], at: float, along: float) -> bool:
    return any(abs(rule.at - at) <= _NARROWEST and rule.begin <= along <= rule.end for rule in rules)


def _regions(owner: list[list[int]], xs: list[float]) -> list[Region]:
    """The extent of every cell, in the order of the cells' numbers."""
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, numbers in enumerate(owner):
        for column, number in enumerate(numbers):
            places[number].append((row, column))
    regions = []
    for number in sorted(places):
        rows = [row for row, _ in places[number]]
        columns = [column for _, column in places[number]]
        left, right = min(columns), max(columns)
        regions.append(Region(min(rows), max(rows), left, right, xs[left], xs[right + 1]))
    return regions
