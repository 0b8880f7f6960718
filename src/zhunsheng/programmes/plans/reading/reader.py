"""From a document to what it says: the whole reading, step by step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from zhunsheng.kernel.documents.model import Document

from . import doubts
from .aims import goals
from .attribution import Attribution
from .dates import Calendar
from .definitions import definitions
from .drafts import Draft, from_blocks
from .ending import body_end, notice_end
from .fold import Script, fold, prepare
from .grid import Grid
from .grids import grids
from .header import Header, read_header
from .headings import heading, is_excluded
from .markers import Block
from .model import Doubt, Reading, Section
from .outline import outline
from .ranges import Ranges
from .rows import from_grid
from .tasks import Owned, choose, find_attributions
from .values import Values
from .vocabulary import forget

_LEAN_TITLES = re.compile("要点|计划|任务|分工|分解|行动|清单|台账|规划|工作安排|举措|措施|方案|意见|重点工作")
_NOT_PLANS = re.compile(
    "报告|总结|情况|通报|汇报|解读|问答|经验|做法|公示|公告|会议|考核办法|管理办法|创建活动|示范|评选|申报|表彰|讲话|决定|招聘|预算|决算|征求意见的"
)
_SPEAKS_OF_PLANS = re.compile("(?:解读|问答|工作总结|情况的?报告|情况的?通报)$")
"""Titles of papers about plans: units that they mention are not given anything."""
_TELLS_WHAT_WAS = re.compile("取得了|近年来|情况报告如下|总结如下|汇报如下|情况总结")
_HEAD_LENGTH = 1200
"""How many characters may come before the body of a document that has no numbers and no table."""


def read_plan(document: Document) -> Reading:
    """Read a document as a plan. A document that is no plan gives no tasks and the warning ``not_a_plan``."""
    try:
        return _read(document)
    finally:
        forget()


def _read(document: Document) -> Reading:
    script = prepare(document.text)
    tables = grids(script, document.tables)
    rows = Ranges(extent for grid in tables for extent in grid.rows_and_head())
    notice = Ranges([(0, notice_end(script)), *rows.spans()])
    blocks = outline(script, notice)
    _close(script, blocks, rows)
    header = read_header(script, _first(script, blocks, tables), _last(script, blocks, tables))
    mentions_only = _SPEAKS_OF_PLANS.search(fold(header.title)) is not None
    owned = {} if mentions_only else find_attributions(script, blocks, rows)
    drafts = [] if mentions_only else _tasks_with_units(script, blocks, tables, rows, owned)
    left = [*doubts.unplaced(script, _unplaced(owned, drafts)), *doubts.for_all(script)] if drafts else None
    drafts = drafts or _tasks_without_units(script, blocks, header)
    return _reading(script, header, blocks, drafts, left)


def _reading(
    script: Script, header: Header, blocks: list[Block], drafts: list[Draft], left: list[Doubt] | None
) -> Reading:
    """The reading of all drafts; ``left`` are doubts about units outside them, None where no unit is named at all."""
    calendar = _calendar(script, header)
    values = Values(script, calendar)
    tasks = tuple(values.task(draft) for draft in drafts)
    inside = Ranges((draft.start, draft.end) for draft in drafts)
    found = [*doubts.of_tasks(tasks, calendar), *doubts.past(values.past, calendar)]
    found.sort(key=lambda one: one.start)
    return Reading(
        text=script.text,
        title=header.title,
        issuer=header.issuer,
        document_number=header.document_number,
        signed_on=header.signed_on,
        published_on=header.published_on,
        sections=tuple(_sections(script, blocks, inside)),
        tasks=tasks,
        goals=tuple(goals(values, blocks, inside)) if tasks else (),
        definitions=tuple(definitions(script, drafts)),
        warnings=_warnings(header, len(blocks), found, left, any_task=bool(tasks)),
    )


def _warnings(
    header: Header, items: int, found: list[Doubt], left: list[Doubt] | None, *, any_task: bool
) -> tuple[Doubt, ...]:
    if not any_task:
        return (doubts.not_a_plan(header.title, items),)
    if left is None:
        return (doubts.no_units_at_all(), *(one for one in found if one.code != "no_units"))
    return tuple(sorted([*found, *left], key=lambda one: one.start))


# --- where the body begins and ends


def _first(script: Script, blocks: Sequence[Block], tables: Sequence[Grid]) -> int:
    """Where the plan proper begins: its first item or table."""
    tops = [block.start for block in blocks if block.level == 1 and block.value == 1]
    starts = [_plan_start(script, tops)] if tops else [grid.start for grid in tables[:1]]
    return min(starts, default=min(len(script.plain), _HEAD_LENGTH))


def _plan_start(script: Script, tops: list[int]) -> int:
    """A notice may count its own items before the plan's: the count with far more words is the plan's."""
    ends = [*tops[1:], len(script.plain)]
    sizes = [high - low for low, high in zip(tops, ends, strict=True)]
    return tops[1] if len(tops) > 1 and sizes[0] * 4 < sizes[1] else tops[0]


def _last(script: Script, blocks: Sequence[Block], tables: Sequence[Grid]) -> int:
    ends = [*(block.end for block in blocks), *(grid.end for grid in tables)]
    return max(ends, default=len(script.plain))


def _close(script: Script, blocks: list[Block], rows: Ranges) -> None:
    """End every item where the document's closing words or a table begin."""
    for index, block in enumerate(blocks):
        follows = blocks[index + 1] if index + 1 < len(blocks) else None
        if follows is None or (follows.level == 1 and follows.value == 1):
            stop = body_end(script, rows.last_end(block.body, block.own_end), block.own_end)
            _cut(block, block.own_end, min(stop, block.own_end))
        block.own_end = min(rows.next_start(block.body, block.own_end), block.end, block.own_end)


def _cut(block: Block, old: int, stop: int) -> None:
    for one in (block, *block.ancestors()):
        if one.end == old:
            one.end = stop


# --- the plan's own year


def _calendar(script: Script, header: Header) -> Calendar:
    year, until = plan_year(fold(header.title), fold(header.document_number), header.signed_on or header.published_on)
    if year is not None:
        return Calendar(year, until, header.signed_on)
    printed = _YEAR_IN_PROSE.search(script.plain, 0, 3000)
    return Calendar(int(printed[1]) if printed is not None else None, until, header.signed_on, from_prose=True)


_YEAR_IN_PROSE = re.compile(
    r"(?<![\d自从])(20\d{2}|19\d{2})年(?!已|以来|以前|前|印发|公布|发布|修订|修正|施行|颁布|\d)"
)
"""A year that may be the plan's: one that does not look back."""


def plan_year(title: str, number: str, day: date | None) -> tuple[int | None, int | None]:
    """The year that a plan takes for granted, and the last year of its span where its title names one.

    From the title, else the document number, else the date; a plan of several years starts in the year of its
    number or date, but not before its span does.
    """
    span = re.search(r"(20\d{2})年?[-~至到](20\d{2})", title)
    numbered = re.search(r"(20\d{2}|19\d{2})(?=\]|\)|\d{1,3}号?$)", number)
    if span is not None:
        first = int(numbered[1]) if numbered is not None else day.year if day is not None else 0
        return max(first, int(span[1])), int(span[2])
    titled = re.search(r"(20\d{2}|19\d{2})(?=年)", title)
    match = titled or numbered
    if match is not None:
        return int(match[1]), None
    return (day.year if day is not None else None), None


# --- tasks


def _tasks_with_units(
    script: Script, blocks: list[Block], tables: list[Grid], rows: Ranges, owned: Owned
) -> list[Draft]:
    chosen = choose(script, blocks, owned)
    drafts = from_blocks(script, chosen, owned) if any(owned[block.start] for block in chosen) else []
    for grid in tables:
        drafts += _of_table(script, grid, blocks)
    drafts = _once(script, drafts) or (_paragraphs(script, rows) if not blocks else [])
    return sorted(drafts, key=lambda draft: (draft.start, draft.end))


def _unplaced(owned: Owned, drafts: list[Draft]) -> list[Attribution]:
    """The places that name units and lie in no task."""
    inside = Ranges((draft.start, draft.end) for draft in drafts)
    return [one for found in owned.values() for one in found if not inside.holds(one.start)]


def _of_table(script: Script, grid: Grid, blocks: list[Block]) -> list[Draft]:
    drafts = from_grid(script, grid)
    if not any(draft.names for draft in drafts):
        return []
    for draft in drafts:
        inside = [block for block in blocks if block.start < draft.start <= block.end]
        draft.above = [*list(inside[-1].ancestors())[::-1], inside[-1]] if inside else []
    return drafts


def _paragraphs(script: Script, rows: Ranges) -> list[Draft]:
    """Unnumbered paragraphs that close with their own units, in a document without numbers."""
    whole = Block("text", 1, "", 0, 0, 1, len(script.plain), len(script.plain))
    owned = find_attributions(script, [whole], rows)
    return from_blocks(script, [whole], owned) if len(owned[0]) > 1 else []


def _once(script: Script, drafts: list[Draft]) -> list[Draft]:
    """Drop what an annexed table says again of tasks that the text has already given."""
    kept: list[Draft] = []
    seen: set[str] = set()
    for draft in drafts:
        words = re.sub(r"[,。;、]", "", script.plain[draft.body : draft.body + 24])[:14]
        if draft.title is None or words not in seen or len(words) < 10:
            kept.append(draft)
        seen.add(words)
    return kept


def _tasks_without_units(script: Script, blocks: list[Block], header: Header) -> list[Draft]:
    """The items of a plan that names no units at all; none where title or opening words are not a plan's."""
    title = fold(header.title)
    if (
        not _LEAN_TITLES.search(title)
        or _NOT_PLANS.search(title)
        or _TELLS_WHAT_WAS.search(script.plain[:_HEAD_LENGTH])
    ):
        return []
    leaves = [block for block in blocks if not block.children and not is_excluded(script, block)]
    big = [block.parent if block.kind in ("bracketed", "circled") and block.parent else block for block in leaves]
    unique = {block.start: block for block in big}
    if len(unique) < 3:
        return []
    return [Draft(one.number, one.start, one.end, one.body, list(one.ancestors())[::-1]) for one in unique.values()]


# --- sections


def _sections(script: Script, blocks: list[Block], inside: Ranges) -> list[Section]:
    found = []
    for block in blocks:
        if inside.holds(block.start) or (block.kind == "article" and not block.children):
            continue
        low, high = heading(script, block)
        start, end = script.span(block.start, block.end)
        found.append(Section(block.number, script.printed(low, high), block.level, start, end))
    return found
