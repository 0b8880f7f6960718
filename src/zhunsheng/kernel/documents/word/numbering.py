"""Automatic numbers: what Word computes from numbering.xml and styles.xml and never writes into the text.

Source: ECMA-376 Part 1, 17.9 (Numbering), with Word's own behaviour where the standard is silent: all lists of one
abstract definition share their counters, and a startOverride counts once, when its list is first used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zhunsheng.kernel.documents.word.inline import is_on
from zhunsheng.kernel.documents.word.numerals import spell
from zhunsheng.kernel.documents.word.package import MC, W, val

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from zhunsheng.kernel.documents.word.styles import NumberRef, Styles

_PLACEHOLDER = re.compile(r"%([1-9])")
# Bullets that are characters of their own; others are letters of a symbol font and mean nothing as text.
_BULLETS = frozenset("●•·■◆○◇□▲△►▶★☆※—–-―✓✔")
_CLOSED = tuple("、．。)）]］】〕")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list definition."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class ListUse:
    """A w:num: its abstract definition, its own levels and where it starts anew."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """The definitions of a document, and the counters while it is read from top to bottom."""

    styles: Styles
    uses: dict[str, ListUse] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def label(self, reference: NumberRef, *, alone: bool = False) -> str:
        """The printed number of the next paragraph with this reference; ``alone`` leaves out what separates it from text."""
        use = self.uses.get(reference.list_id)
        level_index = self._level_index(use, reference) if use else 0
        if use is None or level_index not in use.levels:
            return ""
        values = self._advance(reference.list_id, use, level_index)
        level = use.levels[level_index]
        printed = _bullet(level) if level.format == "bullet" else _fill(level, use, values)
        return printed if alone or not printed else printed + _separator(level, printed)

    def _level_index(self, use: ListUse, reference: NumberRef) -> int:
        """A style that gives no level stands on the level that names the style."""
        if reference.level is not None:
            return reference.level
        for index, level in use.levels.items():
            if level.style is not None and level.style in reference.styles:
                return index
        return 0

    def _advance(self, list_id: str, use: ListUse, index: int) -> dict[int, int]:
        """Count one paragraph on level ``index`` and return the counters of the list."""
        values = self.counters.setdefault(use.abstract, {})
        first_use = (list_id, index) not in self.started
        self.started.add((list_id, index))
        start = use.starts.get(index, use.levels[index].start)
        if index not in values or (first_use and index in use.starts):
            values[index] = start
        else:
            values[index] += 1
        for deeper in [level for level in values if level > index]:
            restart = use.levels[deeper].restart if deeper in use.levels else None
            # w:lvlRestart counts levels from 1; without it every higher level restarts, with 0 none does.
            if restart is None or index < restart:
                del values[deeper]
        return values


def _fill(level: Level, use: ListUse, values: dict[int, int]) -> str:
    """``第%1条`` with the counters put in."""

    def value(match: re.Match[str]) -> str:
        index = int(match.group(1)) - 1
        source = use.levels.get(index, Level())
        number = values.get(index, use.starts.get(index, source.start))
        return spell(number, "decimal" if level.legal and source.format != "none" else source.format)

    return _PLACEHOLDER.sub(value, level.text)


def _bullet(level: Level) -> str:
    return level.text if level.text in _BULLETS else ""


def _separator(level: Level, printed: str) -> str:
    """A tab or space after the number becomes one space, and nothing after a closing mark."""
    return "" if level.suffix == "nothing" or printed.endswith(_CLOSED) else " "


def read_numbering(root: etree._Element | None, styles: Styles) -> Numbering:
    """The list definitions of numbering.xml (``None``: a document without lists)."""
    numbering = Numbering(styles)
    if root is None:
        return numbering
    abstracts = {_attribute(node, "abstractNumId"): node for node in root.iterchildren(W + "abstractNum")}
    linked = {style: key for key, node in abstracts.items() if (style := val(node.find(W + "styleLink")))}
    nums = {_attribute(node, "numId"): node for node in root.iterchildren(W + "num")}
    targets = {key: val(node.find(W + "abstractNumId")) for key, node in nums.items()}
    levels = {key: _levels(node) for key, node in abstracts.items()}
    for key, node in nums.items():
        abstract = _follow_links(targets[key], abstracts, linked, targets, styles)
        numbering.uses[key] = _list_use(node, abstract, levels.get(abstract, {}))
    return numbering


def _follow_links(
    abstract: str,
    abstracts: dict[str, etree._Element],
    linked: dict[str, str],
    targets: dict[str, str],
    styles: Styles,
) -> str:
    """Go from a definition that only names a list style to the one that defines it; chains are short, loops end."""
    for _ in range(8):
        node = abstracts.get(abstract)
        style = val(node.find(W + "numStyleLink")) if node is not None else ""
        if not style:
            return abstract
        following = linked.get(style) or targets.get(styles.list_style_number(style), "")
        if not following or following == abstract:
            return abstract
        abstract = following
    return abstract


def _list_use(node: etree._Element, abstract: str, levels: dict[int, Level]) -> ListUse:
    levels = dict(levels)
    starts: dict[int, int] = {}
    for override in node.iterchildren(W + "lvlOverride"):
        index = _integer(_attribute(override, "ilvl"), 0)
        own = override.find(W + "lvl")
        if own is not None:
            levels[index] = _level(own)
        start = val(override.find(W + "startOverride"))
        if start:
            starts[index] = _integer(start, 1)
    return ListUse(abstract, levels, starts)


def _levels(abstract: etree._Element) -> dict[int, Level]:
    return {_integer(_attribute(node, "ilvl"), 0): _level(node) for node in abstract.iterchildren(W + "lvl")}


def _level(node: etree._Element) -> Level:
    found = {child.tag: child for child in _children(node)}
    level = Level(
        start=_integer(val(found.get(W + "start")), 1),
        format=val(found.get(W + "numFmt")) or "decimal",
        text=val(found.get(W + "lvlText")),
        suffix=val(found.get(W + "suff")) or "tab",
        legal=is_on(found.get(W + "isLgl")),
        style=val(found.get(W + "pStyle")) or None,
    )
    restart = val(found.get(W + "lvlRestart"))
    return replace(level, restart=_integer(restart, 0)) if restart else level


def _children(node: etree._Element) -> Iterator[etree._Element]:
    """Child elements, the fallback of an AlternateContent (a custom number format) in its place."""
    for child in node:
        if child.tag == MC + "AlternateContent":
            yield from child.iterfind(f"{MC}Fallback/*")
        else:
            yield child


def _attribute(node: etree._Element, name: str) -> str:
    return node.get(W + name) or ""


def _integer(text: str, default: int) -> int:
    """A number of the file, kept within what a list can reach."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,8}", text) else default
