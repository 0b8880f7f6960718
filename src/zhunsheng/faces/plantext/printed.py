"""The document as it was printed, in pieces: the left-hand side of the page.

Every marked word links to what was read from it (``#t3`` a task, ``#g1`` a goal, ``#d1`` a definition, ``#q2`` a
doubt) and carries the id under which the right-hand side finds it (``w12-20``; ``p3`` a task, ``h2`` a heading).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zhunsheng.kernel.documents.model import Document
from zhunsheng.programmes.plans.reading.model import Definition, Doubt, Reading, Section, Span, Task

from .blocks import Grid, Line, blocks, spans
from .segments import Mark, Segment, segments, within

LONGEST_DOUBT = 120  # a doubt about more than that is marked where it begins, not over pages of text

LONGEST_GAP = 20  # between the number of a heading and its title, and inside the number

SEPARATORS = frozenset(".．、")  # printed behind a number and coloured with it


@dataclass(frozen=True, slots=True)
class Piece:
    """Printed words under one mark: CSS ``kind``, link and the anchors that begin here."""

    text: str
    kind: str
    href: str
    ids: tuple[str, ...]
    bold: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line in pieces, printed from offset ``at`` on; ``task`` is the number of the task it belongs to, 0 for none."""

    at: int
    style: str
    task: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class TableCell:
    """A table cell in pieces, printed from offset ``at`` on, over ``rows`` rows."""

    at: int
    rows: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class TableRows:
    """A table of the document."""

    rows: tuple[tuple[TableCell, ...], ...]


def place(start: int, end: int) -> str:
    """The link to a span of the text."""
    return f"#w{start}-{end}"


def printed(document: Document, reading: Reading) -> Iterator[Paragraph | TableRows]:
    """The document's blocks in pieces."""
    found = blocks(document, reading)
    shown = list(spans(found))
    anchors = _anchors(reading, [span for span in shown if document.text[slice(*span)].strip()])
    cuts = {*anchors, *(edge for span in shown for edge in span)}
    cut = within(segments(len(document.text), list(_marks(reading)), cuts), shown)
    starts = [task.start for task in reading.tasks]
    for block in found:
        if isinstance(block, Line):
            pieces = _pieces(document.text, next(cut), anchors)
            index = bisect_right(starts, max(block.end - 1, block.start))
            inside = index and block.start < reading.tasks[index - 1].end
            yield Paragraph(block.start, block.style or _indent(document.text, block), index if inside else 0, pieces)
        else:
            yield _table(document.text, block, cut, anchors)


def _table(text: str, grid: Grid, cut: Iterator[tuple[Segment, ...]], anchors: dict[int, list[str]]) -> TableRows:
    """A table in pieces."""
    return TableRows(
        tuple(
            tuple(TableCell(cell.start, cell.rows, _pieces(text, next(cut), anchors)) for cell in row)
            for row in grid.rows
        )
    )


def _indent(text: str, line: Line) -> str:
    """A line that brings its own indent is "own": it must not be indented twice."""
    words = text[line.start : line.end]
    indent = words[: len(words) - len(words.lstrip())]
    return "own" if indent.strip(" \t") else ""


def _pieces(text: str, cut: Iterable[Segment], anchors: dict[int, list[str]]) -> tuple[Piece, ...]:
    """Segments as printed: of several marks a doubt goes first, then the shortest."""
    found = []
    for segment in cut:
        bold = any(mark.kind == "hd" for mark in segment.marks)
        marks = [mark for mark in segment.marks if mark.kind != "hd"]
        mark = min(marks, key=lambda m: (m.kind != "ask1", m.end - m.start), default=Mark(0, 0, ""))
        ids = tuple(anchors.get(segment.start, ()))
        found.append(Piece(text[segment.start : segment.end], mark.kind, mark.href, ids, bold))
    return tuple(found)


def _marks(reading: Reading) -> Iterator[Mark]:
    """Every word that says something."""
    for index, task in enumerate(reading.tasks, 1):
        yield from _marks_of_task(task, f"#t{index}")
    for index, goal in enumerate(reading.goals, 1):
        yield Mark(goal.start, goal.end, "goal", f"#g{index}")
        yield from (Mark(due.start, due.end, "due", f"#g{index}") for due in goal.due)
    for index, meaning in enumerate(reading.definitions, 1):
        yield Mark(meaning.start, meaning.end, "def", f"#d{index}")
    for index, doubt in enumerate(reading.warnings, 1):
        if doubt.end - doubt.start <= LONGEST_DOUBT:
            yield Mark(doubt.start, doubt.end, "ask1", f"#q{index}")
    for section in reading.sections:
        yield Mark(section.start, _heading_end(reading.text, section), "hd")


def _marks_of_task(task: Task, href: str) -> Iterator[Mark]:
    """A task's number and values."""
    if task.number and task.text.startswith(task.number):
        length = len(task.number)
        yield Mark(task.start, task.start + length + (task.text[length : length + 1] in SEPARATORS), "no1", href)
    for mention in task.mentions:
        yield Mark(mention.start, mention.end, "lead" if mention.role == "lead" else "resp", href)
    for when in (*task.due, *task.frequency):
        yield Mark(when.start, when.end, "due", href)
    for target in task.targets:
        yield Mark(target.start, target.end, "goal", href)


def _heading_end(text: str, section: Section) -> int:
    """Where the printed heading ends, on its own line or before the paragraph that is glued to it."""
    reach = min(section.end, section.start + len(section.number) + LONGEST_GAP + len(section.title))
    line_end = text.find("\n", section.start, reach)
    at = text.find(section.title, section.start, line_end if line_end >= 0 else reach)
    return at + len(section.title) if section.title and at >= 0 else section.start


def _anchors(reading: Reading, shown: list[tuple[int, int]]) -> dict[int, list[str]]:
    """The ids that begin at each offset, each id once: words, then tasks, then headings.

    An id whose offset is not printed (white space between two spans) moves on to the next words that are.
    """
    ids: dict[str, int] = {}
    for value in _values(reading):
        ids[place(value.start, value.end)[1:]] = value.start
    ids |= {f"p{index}": task.start for index, task in enumerate(reading.tasks, 1)}
    ids |= {f"h{index}": section.start for index, section in enumerate(reading.sections, 1)}
    found: dict[int, list[str]] = defaultdict(list)
    for name, start in ids.items():
        found[_printed_from(start, shown)].append(name)
    return dict(found)


def _values(reading: Reading) -> Iterator[Span | Definition | Doubt]:
    """Everything that the right-hand side links to."""
    for task in reading.tasks:
        yield from (*task.mentions, *task.due, *task.frequency, *task.targets)
    for goal in reading.goals:
        yield from (goal, *goal.due)
    yield from reading.definitions
    yield from reading.warnings


def _printed_from(start: int, shown: list[tuple[int, int]]) -> int:
    """The first printed offset at or after ``start``, or the last one's beginning."""
    index = bisect_right(shown, start, key=lambda span: span[0])
    if index and start < shown[index - 1][1]:
        return start
    return shown[min(index, len(shown) - 1)][0] if shown else 0
