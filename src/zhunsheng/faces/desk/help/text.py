"""Help texts: small files in a few marks of Markdown, read once. What a file can hold:

- ``# title``, the first line; ``@ desk:home desk:home_export``: the addresses that the text is the help of;
- ``## heading``, paragraphs, ``- item``, ``1. step``; a blank line between blocks;
- in a line ``**word**`` and ``[words](desk:plans)``, an address by its name; ``[words](help:tour)``, another text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final, Literal

from markupsafe import Markup, escape

FOLDER: Final = Path(__file__).with_name("texts")
TOUR: Final = "tour"
HANDBOOK: Final = "role-"
"""What the names of handbooks, one for each role, begin with."""
_LINK: Final = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_STRONG: Final = re.compile(r"\*\*([^*]+)\*\*")
Kind = Literal["heading", "items", "steps", "words"]
Address = Callable[[str], str]
"""The address of a page by its name; "" where the person may not open it, and then only its words are shown."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a list, numbered steps, or a paragraph (of one line)."""

    kind: Kind
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A help text; ``pages`` are the names of the addresses that it explains."""

    slug: str
    title: str
    pages: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def links(self) -> set[str]:
        """The names of the addresses that it leads to."""
        return {match[2] for block in self.blocks for line in block.lines for match in _LINK.finditer(line)}


@cache
def texts() -> dict[str, Text]:
    """All help texts by their names, in the order of the names."""
    return {file.stem: parsed(file.stem, file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.md"))}


@cache
def explained() -> dict[str, str]:
    """For the name of an address the text that explains it."""
    return {page: text.slug for text in texts().values() for page in text.pages}


def parsed(slug: str, source: str) -> Text:
    """A file as a text."""
    head, *rest = source.strip().splitlines()
    pages = [name for line in rest if line.startswith("@ ") for name in line.split()[1:]]
    lines = [line.strip() for line in rest if not line.startswith("@ ")]
    blocks = [block for filled, some in groupby(lines, key=bool) if filled for block in _blocks(list(some))]
    return Text(slug, head.removeprefix("# "), tuple(pages), tuple(blocks))


def _blocks(lines: list[str]) -> list[Block]:
    return [Block(kind, tuple(map(_bare, some))) for kind, some in groupby(lines, key=_kind)]


def _kind(line: str) -> Kind:
    if line.startswith("## "):
        return "heading"
    if line.startswith("- "):
        return "items"
    return "steps" if re.match(r"\d+\. ", line) else "words"


def _bare(line: str) -> str:
    return re.sub(r"^(## |- |\d+\. )", "", line)


def inline(line: str, address: Address) -> Markup:
    """A line as HTML: what is in it is escaped, its links lead to where the person may go."""
    made = _STRONG.sub(r"<b>\1</b>", str(escape(line)))
    return Markup(_LINK.sub(lambda match: _linked(match[1], address(match[2])), made))  # noqa: S704 - escaped above


def _linked(words: str, href: str) -> str:
    return f'<a href="{escape(href)}">{words}</a>' if href else f"“{words}”"
