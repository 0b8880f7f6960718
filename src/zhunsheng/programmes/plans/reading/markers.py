"""The signs that open a numbered item, and the item that they open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .fold import LINE, Script
from .numerals import whole

_CN = "[〇零一二三四五六七八九十百]{1,5}"


MARKERS = re.compile(
    rf"""(?P<part>第{_CN}(?:章|部分|编|篇|节)|第\d{{1,2}}(?:章|部分|编|篇|节))[:、.]?
    |(?P<article>第(?:{_CN}|\d{{1,3}})条)[:、.]?
    |(?P<motion>第\d{{1,4}}[号件])(?=关于)
    |(?P<mission>(?:重点任务|专项行动|任务|行动)(?:{_CN}|\d{{1,2}})[:、.])
    |(?P<chapter>{_CN})[、.,:]
    |(?P<group>[(\[]{_CN}[)\]]|{_CN}\)|[㈠-㈩])[、.,:]?
    |(?P<point>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?=[、.]?[^\d\W年月]|[、.]?["《])[、.]?(?!%)
    |(?P<item>[⒈-⒛])[、.,:]?
    |(?P<numbered>\d{{1,4}})[、.,:](?:(?!\d)|(?=(?:19|20)\d\d年|\d{{1,2}}(?:月|年内)))
    |(?P<bracketed>[(\[]\d{{1,3}}[)\]]|\d{{1,2}}\)|[⑴-⒇])[、.,:]?
    |(?P<circled>[①-⑳㉑-㉟㊱-㊿❶-❿])[、.,:]?
    |(?P<glued>\d{{1,3}})(?=["《]|(?![年月日号个项名件家元万亿人次期场处条类种天小学公平米吨时分楼室层岁周届批级大所座台辆户亩院强世多余省市县区乡镇级部门])[\u4e00-\u9fff])""",
    re.VERBOSE,
)


TIGHT = re.compile(r"(?P<numbered>\d{1,3})[、.,:](?=\d)")
"""A number that runs into a digit (4.12345热线): believed only as the successor of the one before."""
_DIGITS = re.compile(rf"{_CN}|\d+")


@dataclass(slots=True)
class Block:
    """One numbered item: its marker, its own words up to the next marker, and what stands under it.

    ``start`` is the place of the marker, ``body`` the place after it, ``own_end`` where the first child or the
    next item begins, ``end`` where the item with all its children ends.
    """

    kind: str
    value: int
    number: str
    start: int
    body: int
    level: int = 0
    own_end: int = 0
    end: int = 0
    parent: Block | None = field(default=None, repr=False)
    children: list[Block] = field(default_factory=list, repr=False)

    def parts(self) -> tuple[int, ...]:
        """The numbers of a decimal marker: 1.2 gives (1, 2)."""
        return tuple(int(part) for part in _DIGITS.findall(self.number))

    def walk(self) -> Iterator[Block]:
        """The item and all under it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self) -> Iterator[Block]:
        """The items that this one stands under, innermost first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent


def make_block(match: re.Match[str], script: Script) -> Block | None:
    """The item that a marker opens, not yet placed among others; None where the marker is none after all."""
    kind = match.lastgroup
    if kind is None:
        return None
    word = match[kind]
    last = word.rsplit(".", 1)[-1] if kind == "point" else word
    digits = _DIGITS.search(last)
    value = whole(digits[0] if digits else word)
    if value is None or value == 0:
        return None
    start, end = match.span(kind)
    if any(gap >= LINE for gap in script.gaps[start + 1 : end]):
        return None
    number = script.printed(start, end).rstrip(":：、.．")
    if kind == "point":
        kind = f"point{word.count('.')}"
    return Block("item" if kind in ("glued", "numbered") else kind, value, number, start, match.end())
