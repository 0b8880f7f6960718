"""Paragraphs and tables of a Word document in printed order.

Nested tables and boxes are read by recursion; the XML parser admits 256 levels, so the depth is bounded there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhunsheng.kernel.documents.composition import Composition, Placed
from zhunsheng.kernel.documents.model import Document
from zhunsheng.kernel.documents.word.inline import InlineReader, chosen_branch, is_on
from zhunsheng.kernel.documents.word.numbering import Numbering, read_numbering
from zhunsheng.kernel.documents.word.package import MC, W, open_parts, val
from zhunsheng.kernel.documents.word.styles import read_styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_BLOCKS = frozenset((W + "p", W + "tbl"))
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))


def read_docx(data: bytes, what: str) -> Document:
    """Read a .docx: text as printed with automatic numbers, tables as cells. Raises UnreadableDocument."""
    parts = open_parts(data, what)
    styles = read_styles(parts.styles)
    reader = _BodyReader(read_numbering(parts.numbering, styles))
    for body in parts.document.iterchildren(W + "body"):
        reader.blocks(body)
    reader.finish()
    return Document(text=reader.composition.text(), kind="docx", tables=tuple(reader.composition.tables))


@dataclass(slots=True)
class _BodyReader:
    numbering: Numbering
    composition: Composition = field(default_factory=Composition)
    inline: InlineReader = field(default_factory=InlineReader)
    # Text of a paragraph whose mark was deleted: it runs on into the next one.
    carried: str = ""

    def blocks(self, container: etree._Element) -> None:
        """Write the paragraphs and tables of ``container``; a table of one column is paragraphs in a frame."""
        for block in _flatten(container, _BLOCKS):
            if block.tag == W + "p":
                for line in self._paragraph(block):
                    self.composition.line(line)
            elif all(len(cells) < 2 for _, cells in _rows(block)):
                for _, cells in _rows(block):
                    for cell in cells:
                        self.blocks(cell)
            else:
                self.composition.table(list(self._placed_rows(block)))

    def finish(self) -> None:
        """Write what still waited for a following paragraph."""
        if self.carried:
            self.composition.line(self.carried)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[str]:
        """The printed paragraph, then the text boxes that hang on it."""
        properties = paragraph.find(W + "pPr")
        mark = None if properties is None else properties.find(W + "rPr")
        words, boxes = self.inline.read(paragraph)
        words = self.carried + words
        self.carried = ""
        if mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None):
            self.carried = words
        elif words or mark is None or not is_on(mark.find(W + "vanish")):
            yield self._label(properties, alone=not words.strip()) + words
        for box in boxes:
            yield from self._lines(box)

    def _label(self, properties: etree._Element | None, *, alone: bool) -> str:
        reference = self.numbering.styles.reference(properties)
        return "" if reference is None else self.numbering.label(reference, alone=alone)

    def _lines(self, container: etree._Element) -> Iterator[str]:
        """The blocks of a cell or box as lines; a table inside it becomes a line per row."""
        for block in _flatten(container, _BLOCKS):
            if block.tag == W + "p":
                yield from self._paragraph(block)
            else:
                for _, cells in _rows(block):
                    yield " ".join(words for cell in cells if (words := self._cell_text(cell)))

    def _cell_text(self, cell: etree._Element) -> str:
        return "\n".join(self._lines(cell)).replace("\t", " ").strip("\n ")

    def _placed_rows(self, table: etree._Element) -> Iterator[list[Placed]]:
        for first, cells in _rows(table):
            column, row = first, []
            for cell in cells:
                properties = cell.find(W + "tcPr")
                continues = _continues(properties)
                row.append(Placed(column, "" if continues else self._cell_text(cell), continues))
                column += max(1, _number(properties, "gridSpan", 1))
            yield row


def _rows(table: etree._Element) -> Iterator[tuple[int, list[etree._Element]]]:
    """First grid column and cells of every row that is printed."""
    for row in _flatten(table, frozenset((W + "tr",))):
        properties = row.find(W + "trPr")
        if properties is not None and (properties.find(W + "del") is not None or is_on(properties.find(W + "hidden"))):
            continue
        yield _number(properties, "gridBefore", 0), list(_flatten(row, frozenset((W + "tc",))))


def _flatten(container: etree._Element, wanted: frozenset[str]) -> Iterator[etree._Element]:
    """The wanted elements of ``container`` in order, looked for inside wrappers that print nothing of their own."""
    waiting = list(reversed(container))
    while waiting:
        node = waiting.pop()
        if node.tag in wanted:
            yield node
        elif node.tag == MC + "AlternateContent":
            waiting.extend(reversed(chosen_branch(node)))
        elif node.tag in _WRAPPERS and not _is_contents_list(node):
            waiting.extend(reversed(node))


def _is_contents_list(node: etree._Element) -> bool:
    """A table of contents repeats the headings; it is made by Word and carries no words of its own."""
    gallery = node.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery") if node.tag == W + "sdt" else None
    return gallery is not None and gallery.get(W + "val") == "Table of Contents"


def _continues(properties: etree._Element | None) -> bool:
    merge = None if properties is None else properties.find(W + "vMerge")
    return merge is not None and merge.get(W + "val", "continue") == "continue"


def _number(properties: etree._Element | None, name: str, default: int) -> int:
    value = val(None if properties is None else properties.find(W + name))
    return int(value) if re.fullmatch(r"[0-9]{1,4}", value) else default
