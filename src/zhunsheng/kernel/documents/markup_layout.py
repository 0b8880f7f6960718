"""A page's elements in order, turned into lines, list numbers and tables, without recursion."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from zhunsheng.kernel.documents.markup_tables import OpenTable
from zhunsheng.kernel.documents.markup_text import LineWriter
from zhunsheng.kernel.documents.word.numerals import spell

if TYPE_CHECKING:
    from zhunsheng.kernel.documents.model import Table

_UNSHOWN = frozenset(
    "script style noscript template title meta link base iframe frame object embed applet svg canvas audio video map "
    "select option textarea button datalist input".split()
)
_FURNITURE = frozenset("nav aside footer header".split())
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol p pre search section summary table ul".split()
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]+)", re.IGNORECASE)
_MARKERS = {
    "1": ("decimal", ". "), "decimal": ("decimal", ". "), "decimal-leading-zero": ("decimalZero", ". "),
    "a": ("lowerLetter", ". "), "lower-alpha": ("lowerLetter", ". "), "lower-latin": ("lowerLetter", ". "),
    "A": ("upperLetter", ". "), "upper-alpha": ("upperLetter", ". "), "upper-latin": ("upperLetter", ". "),
    "i": ("lowerRoman", ". "), "lower-roman": ("lowerRoman", ". "),
    "I": ("upperRoman", ". "), "upper-roman": ("upperRoman", ". "),
    "cjk-ideographic": ("chineseCountingThousand", "、"), "simp-chinese-informal": ("chineseCountingThousand", "、"),
    "trad-chinese-informal": ("chineseCountingThousand", "、"), "cjk-decimal": ("ideographDigital", "、"),
    "simp-chinese-formal": ("chineseLegalSimplified", "、"),
}  # fmt: skip


@dataclass(slots=True)
class NumberedList:
    """An open ``ol`` (``style`` is ``None`` for lists without numbers)."""

    style: tuple[str, str] | None
    following: int
    step: int = 1


@dataclass(slots=True)
class Layout:
    """What a page shows, after :meth:`walk`: parts of text, its tables, and the spans of article and main elements.

    ``furniture`` says whether nav, aside, footer and header outside the article are shown as well.
    """

    furniture: bool = False
    writer: LineWriter = field(default_factory=LineWriter)
    tables: list[Table] = field(default_factory=list)
    landmarks: list[tuple[int, int]] = field(default_factory=list)
    open_landmarks: list[int] = field(default_factory=list)
    open_tables: list[OpenTable] = field(default_factory=list)
    open_lists: list[NumberedList] = field(default_factory=list)
    preformatted: int = 0
    headers: set[etree._Element] = field(default_factory=set)

    def walk(self, root: etree._Element) -> None:
        """Lay out ``root``; once for every element and linear in their number, whatever the nesting."""
        self.headers = _headers_with_heading(root)
        # The element whose subtree is skipped still reports its end.
        skipped: etree._Element | None = None
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                if self._shown(element):
                    self._enter(element, element.tag)
                    self._words(element.text)
                else:
                    skipped = element
                    walker.skip_subtree()
                continue
            if element is skipped:
                skipped = None
            else:
                self._leave(element, element.tag)
            self._words(element.tail)

    def _shown(self, element: etree._Element) -> bool:
        tag = element.tag
        if tag in _UNSHOWN or element.get("hidden") is not None:
            return False
        if tag in _FURNITURE and not self.furniture and not self.open_landmarks and element not in self.headers:
            return False
        style = element.get("style")
        return element.get("aria-hidden") != "true" and (style is None or not _HIDDEN.search(style))

    def _words(self, text: str | None) -> None:
        if text:
            (self.writer.preformatted if self.preformatted else self.writer.words)(text)

    def _enter(self, element: etree._Element, tag: str) -> None:
        if tag == "br":
            self.writer.line_break()
        elif tag in _BLOCKS:
            self.writer.block()
        action = _ENTER.get(tag)
        if action is not None:
            action(self, element)

    def _leave(self, element: etree._Element, tag: str) -> None:
        action = _LEAVE.get(tag)
        if action is not None:
            action(self, element)
        if tag in _BLOCKS:
            self.writer.block()


def _headers_with_heading(root: etree._Element) -> set[etree._Element]:
    """The header elements that hold the page's main heading: these are not furniture."""
    found: set[etree._Element] = set()
    for heading in root.iter("h1"):
        for header in heading.iterancestors("header"):
            if header in found:
                break
            found.add(header)
    return found


def _enter_landmark(layout: Layout, element: etree._Element) -> None:
    layout.open_landmarks.append(layout.writer.length)


def _leave_landmark(layout: Layout, element: etree._Element) -> None:
    layout.landmarks.append((layout.open_landmarks.pop(), layout.writer.length))


def _enter_pre(layout: Layout, element: etree._Element) -> None:
    layout.preformatted += 1


def _leave_pre(layout: Layout, element: etree._Element) -> None:
    layout.preformatted -= 1


def _enter_list(layout: Layout, element: etree._Element) -> None:
    layout.open_lists.append(_list(element))


def _leave_list(layout: Layout, element: etree._Element) -> None:
    layout.open_lists.pop()


def _enter_item(layout: Layout, element: etree._Element) -> None:
    if not layout.open_lists:
        return
    current = layout.open_lists[-1]
    number = _integer(element.get("value"), current.following)
    current.following = number + current.step
    if current.style is not None and _list_style(element) != "none":
        layout.writer.marker(spell(number, current.style[0]) + current.style[1])


def _leave_item(layout: Layout, element: etree._Element) -> None:
    layout.writer.marker("")


def _enter_table(layout: Layout, element: etree._Element) -> None:
    layout.open_tables.append(OpenTable(layout.writer, nested=len(layout.tables)))


def _leave_table(layout: Layout, element: etree._Element) -> None:
    opened = layout.open_tables.pop()
    inner = layout.tables[opened.nested :]
    table = opened.close(inner)
    if table is not None:
        # A table of data swallows the tables inside its cells: a cell is not cut in two.
        layout.tables[opened.nested :] = [table]


def _enter_row(layout: Layout, element: etree._Element) -> None:
    if layout.open_tables:
        layout.open_tables[-1].begin_row()


def _enter_cell(layout: Layout, element: etree._Element) -> None:
    if layout.open_tables:
        spans = _integer(element.get("colspan"), 1), _integer(element.get("rowspan"), 1)
        layout.open_tables[-1].begin_cell(*spans, heading=element.tag == "th")
    else:
        layout.writer.block()


def _leave_cell(layout: Layout, element: etree._Element) -> None:
    if layout.open_tables:
        layout.open_tables[-1].end_cell()
    else:
        layout.writer.block()


_ENTER: dict[str, Callable[[Layout, etree._Element], None]] = {
    "article": _enter_landmark,
    "main": _enter_landmark,
    "pre": _enter_pre,
    "ol": _enter_list,
    "ul": _enter_list,
    "menu": _enter_list,
    "li": _enter_item,
    "table": _enter_table,
    "tr": _enter_row,
    "td": _enter_cell,
    "th": _enter_cell,
}
_LEAVE: dict[str, Callable[[Layout, etree._Element], None]] = {
    "article": _leave_landmark,
    "main": _leave_landmark,
    "pre": _leave_pre,
    "ol": _leave_list,
    "ul": _leave_list,
    "menu": _leave_list,
    "li": _leave_item,
    "table": _leave_table,
    "td": _leave_cell,
    "th": _leave_cell,
}


def _list(element: etree._Element) -> NumberedList:
    """How the items of a list are numbered: HTML attributes, then an inline style."""
    if element.tag != "ol":
        return NumberedList(None, 1)
    name = _list_style(element) or element.get("type") or "1"
    reverse = element.get("reversed") is not None
    count = sum(1 for _ in element.iterchildren("li")) if reverse else 1
    style = None if name == "none" else _MARKERS.get(name, _MARKERS["1"])
    return NumberedList(style, _integer(element.get("start"), count), -1 if reverse else 1)


def _list_style(element: etree._Element) -> str:
    """The list style that an inline style names, ``""`` if it names none."""
    match = _LIST_STYLE.search(element.get("style") or "")
    names = match.group(1).lower().split() if match else []
    return "none" if "none" in names else next((name for name in names if name in _MARKERS), "")


def _integer(text: str | None, default: int) -> int:
    match = re.match(r"\s*(-?\d{1,6})", text or "")
    return int(match.group(1)) if match else default
