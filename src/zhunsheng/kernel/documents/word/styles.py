"""What numbering needs to know of styles.xml: which paragraph style carries which list, along the basedOn chain."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhunsheng.kernel.documents.word.package import W, val

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True, slots=True)
class NumberRef:
    """A paragraph's place in a list; ``level`` is ``None`` where only a style says so, ``styles`` is its chain."""

    list_id: str
    level: int | None
    styles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str
    list_id: str | None
    level: int | None


@dataclass(slots=True)
class Styles:
    """The styles of a document by id; ``default`` is the paragraph style of paragraphs that name none."""

    known: dict[str, _Style] = field(default_factory=dict)
    default: str = ""
    _resolved: dict[str, NumberRef | None] = field(default_factory=dict)

    def reference(self, properties: etree._Element | None) -> NumberRef | None:
        """The list place of a paragraph with these ``w:pPr``; ``None`` for an unnumbered one (numId 0 switches off)."""
        style_id, own = self.default, None
        if properties is not None:
            named = properties.find(W + "pStyle")
            style_id = val(named) if named is not None else self.default
            own = properties.find(W + "numPr")
        inherited = self._by_style(style_id)
        if own is None:
            return inherited
        list_id, level = _number_properties(own)
        if list_id is None:
            # Only the level is given: the list is the style's.
            return NumberRef(inherited.list_id, level, inherited.styles) if inherited else None
        return None if list_id == "0" else NumberRef(list_id, level or 0)

    def list_style_number(self, style_id: str) -> str:
        """The numId that a list style carries, ``""`` if none."""
        style = self.known.get(style_id)
        return (style.list_id or "") if style else ""

    def _by_style(self, style_id: str) -> NumberRef | None:
        if style_id not in self._resolved:
            self._resolved[style_id] = self._resolve(style_id)
        return self._resolved[style_id]

    def _resolve(self, style_id: str) -> NumberRef | None:
        """The nearest list and the nearest level along the chain; a chain that loops ends."""
        chain: list[str] = []
        list_id: str | None = None
        level: int | None = None
        while style_id in self.known and style_id not in chain and len(chain) < 32:
            style = self.known[style_id]
            chain.append(style_id)
            list_id = style.list_id if list_id is None else list_id
            level = style.level if level is None else level
            style_id = style.based_on
        return None if list_id in (None, "0") else NumberRef(str(list_id), level, tuple(chain))


def read_styles(root: etree._Element | None) -> Styles:
    """The styles of styles.xml (``None``: a document without them)."""
    styles = Styles()
    if root is None:
        return styles
    for node in root.iterchildren(W + "style"):
        style_id = node.get(W + "styleId") or ""
        numbers = node.find(f"{W}pPr/{W}numPr")
        list_id, level = _number_properties(numbers) if numbers is not None else (None, None)
        styles.known[style_id] = _Style(val(node.find(W + "basedOn")), list_id, level)
        if node.get(W + "type") == "paragraph" and node.get(W + "default") in ("1", "true", "on"):
            styles.default = style_id
    return styles


def _number_properties(node: etree._Element) -> tuple[str | None, int | None]:
    """numId and ilvl of a ``w:numPr``, ``None`` for what it does not say."""
    list_node, level_node = node.find(W + "numId"), node.find(W + "ilvl")
    level = val(level_node)
    return (
        None if list_node is None else val(list_node),
        int(level) if re.fullmatch(r"[0-9]{1,2}", level) else None,
    )
