"""What is printed inside one paragraph: runs, fields, tracked changes as accepted, text boxes set aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhunsheng.kernel.documents.word.package import MC, W, val

if TYPE_CHECKING:
    from lxml import etree

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TEXT = frozenset((W + "t", M + "t"))
_FIXED = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
# Never printed in the paragraph: properties, removed text, field codes, readings above characters.
_UNPRINTED = frozenset(
    W + name
    for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "instrText", "delText", "delInstrText", "rt")
)
_SPACES = str.maketrans("\n\r\t", "   ")


@dataclass(slots=True)
class InlineReader:
    """Reads paragraphs in order; fields may run over several of them, so their state is kept."""

    # One entry per open field: whether its result (and no longer its code) is being read.
    fields: list[bool] = field(default_factory=list)

    def read(self, paragraph: etree._Element) -> tuple[str, list[etree._Element]]:
        """The printed text of ``w:p`` and the text boxes anchored in it."""
        parts: list[str] = []
        boxes: list[etree._Element] = []
        waiting = list(reversed(paragraph))
        while waiting:
            node = waiting.pop()
            tag = node.tag
            if tag in _TEXT:
                self._print(_words(node), parts)
            elif tag in _FIXED:
                self._print(_FIXED[tag], parts)
            elif tag == W + "fldChar":
                self._field_mark(node.get(W + "fldCharType"))
            elif tag == W + "txbxContent":
                boxes.append(node)
            else:
                waiting.extend(reversed(_inside(node)))
        # A code that is still open here has lost its separator: it must not swallow the rest of the document.
        self.fields = [result for result in self.fields if result]
        return "".join(parts), boxes

    def _print(self, words: str, parts: list[str]) -> None:
        if all(self.fields):
            parts.append(words)

    def _field_mark(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(False)
        elif self.fields and kind == "separate":
            self.fields[-1] = True
        elif self.fields and kind == "end":
            self.fields.pop()


def _inside(node: etree._Element) -> list[etree._Element]:
    """The children to read on: none of unprinted nodes, one branch of alternatives, only field marks of hidden runs."""
    if node.tag in _UNPRINTED:
        return []
    if node.tag == MC + "AlternateContent":
        return chosen_branch(node)
    children = list(node)
    if node.tag == W + "r" and children and children[0].tag == W + "rPr" and is_on(children[0].find(W + "vanish")):
        return [child for child in children if child.tag == W + "fldChar"]
    return children


def chosen_branch(alternatives: etree._Element) -> list[etree._Element]:
    """The content of the first choice, or of the fallback where there is no choice: never both."""
    for branch in (MC + "Choice", MC + "Fallback"):
        found = alternatives.find(branch)
        if found is not None:
            return list(found)
    return []


def is_on(toggle: etree._Element | None) -> bool:
    """Whether an on/off property is present and not switched off."""
    return toggle is not None and val(toggle) not in ("0", "false", "off")


def _words(node: etree._Element) -> str:
    """The characters of ``w:t``; without xml:space="preserve" white space at the ends is not printed."""
    words = (node.text or "").translate(_SPACES)
    return words if node.get(_XML_SPACE) == "preserve" or node.tag == M + "t" else words.strip(" ")
