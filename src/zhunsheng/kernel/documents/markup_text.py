"""Lines from the flow of a page: white space collapsed as a browser does, breaks kept until words follow."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_WHITE = re.compile(r"[ \t\n\r\f]+")
# Characters between which a line end of the source is no space: Han, kana, full-width forms and punctuation.
_WIDE = "\u2e80-\u303f\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef‘’“”…—"
_WIDE_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[{_WIDE}])")
_WIDE_AT_END = re.compile(rf"[{_WIDE}]\Z")
_WIDE_AT_START = re.compile(rf"\A[{_WIDE}]")
# Words that already begin with a number: the list then shows none of its own, whatever the style sheet says.
_NUMBERED = re.compile(
    r"\s*(?:\d{1,3}\s*[.．、)）]|[一二三四五六七八九十百]{1,4}\s*[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十百零\d]{1,5}[条章节项]|[①-⑳])"
)


@dataclass(slots=True)
class LineWriter:
    """Text in parts. ``length`` is the offset after the last part; pending breaks and spaces are not yet written."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    lines: int = 0
    # Merged cells are noted row by row; a page that asks for more of them is no table of tasks.
    merged_left: int = 200_000
    _breaks: int = 0
    _space: str = ""
    # At the beginning of the page or of a cell, where breaks and spaces print nothing.
    _fresh: bool = True
    _line_open: bool = False
    _marker: str = ""

    def words(self, text: str) -> None:
        """Characters of an element, white space collapsed."""
        if "\n" in text or "\r" in text:
            text = _WIDE_BREAK.sub("", text)
        stripped = text.strip(" \t\n\r\f")
        if not stripped:
            if text and not self._space:
                self._space = "\n" if "\n" in text or "\r" in text else " "
            return
        head = text[: len(text) - len(text.lstrip(" \t\n\r\f"))]
        if head and not self._space:
            self._space = "\n" if "\n" in head or "\r" in head else " "
        self._begin(stripped)
        self._put(_WHITE.sub(" ", stripped))
        tail = text[len(text.rstrip(" \t\n\r\f")) :]
        self._space = ("\n" if "\n" in tail or "\r" in tail else " ") if tail else ""

    def preformatted(self, text: str) -> None:
        """Characters of a ``pre`` element, line breaks kept."""
        if text:
            self._begin(text)
            self._put(text.replace("\r\n", "\n").replace("\r", "\n"))

    def line_break(self) -> None:
        """``<br>``: one more line end."""
        self._breaks += 1
        self._space = ""

    def block(self) -> None:
        """A block begins or ends: at least one line end."""
        self._breaks = max(self._breaks, 1)
        self._space = ""

    def marker(self, label: str) -> None:
        """The number of a list item, written with its first words unless these bring their own."""
        self._marker = label

    def begin_cell(self) -> int:
        """Drop what is pending, because a separator has been written; the offset where the cell begins."""
        self._breaks, self._space, self._fresh, self._marker = 0, "", True, ""
        return self.length

    def end_cell(self) -> int:
        """The offset where the cell ends; what follows stands on a new line even after an empty cell."""
        self._breaks, self._space, self._marker = 0, "", ""
        self._fresh = not self._line_open
        return self.length

    def separate(self, mark: str) -> int:
        """Write a tab or line end between cells or rows at once; the index of its part, so that it can be changed later."""
        self._breaks, self._space = 0, ""
        self._put(mark, fresh=True)
        return len(self.parts) - 1

    def settle(self) -> None:
        """End the line, if it is open, at once."""
        if self._line_open:
            self._put("\n", fresh=True)
        self._breaks, self._space = 0, ""

    def _begin(self, following: str) -> None:
        """Write what was pending in front of ``following``."""
        if not self._fresh and self._breaks:
            self._put("\n" * self._breaks)
        elif not self._fresh and self._space and not self._between_wide(following):
            self._put(" ")
        self._breaks, self._space = 0, ""
        if self._marker and not _NUMBERED.match(following):
            self._put(self._marker)
        self._marker = ""

    def _between_wide(self, following: str) -> bool:
        """A source line end between two wide characters is no space."""
        return (
            self._space == "\n"
            and _WIDE_AT_START.match(following) is not None
            and _WIDE_AT_END.search(self.parts[-1]) is not None
        )

    def _put(self, words: str, *, fresh: bool = False) -> None:
        self.parts.append(words)
        self.length += len(words)
        self.lines += words.count("\n")
        self._line_open = not words.endswith("\n")
        self._fresh = fresh
