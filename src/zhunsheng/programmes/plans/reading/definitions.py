"""What a document itself says a phrase means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .drafts import Draft
from .fold import Script
from .markers import MARKERS
from .model import Definition
from .units import is_solid

_SHORT = re.compile(r"\((?:以下)?(?:统|均)?简称:?\"?(?P<short>[\u4e00-\u9fff]{2,16})\"?(?:,下同)?\)")
_MEANING = re.compile(r"\((?P<meaning>(?:均?含|包括|包含|不含|指)[^()]{2,60}?)[,、;]?下同\)")
_BEFORE_NAME = re.compile("成立|设立|组建|建立|报送|报|经|由|向|送至|支持|帮助")
_REACH = 40
"""How many characters a name may have that a bracket after it shortens."""


def definitions(script: Script, drafts: Sequence[Draft]) -> list[Definition]:
    """(含各直属机构，下同) after a unit; (以下简称……) where the thing named is a unit. In order."""
    found = {one.start: one for one in (*_in_prose(script), *_of_lists(script, drafts), *_short_names(script))}
    return [found[start] for start in sorted(found)]


def _of_lists(script: Script, drafts: Sequence[Draft]) -> Iterator[Definition]:
    for meaning in (one for draft in drafts for source in draft.sources for one in source.meanings):
        low, high = meaning.bracket
        words = re.sub(r"[,，、;；]?下同$", "", script.printed(low + 1, high - 1))
        if re.match("均?含|包括|包含|不含", words):
            yield Definition(script.printed(*meaning.phrase), words, *script.span(low, high))


def _in_prose(script: Script) -> Iterator[Definition]:
    """(含……，下同), (指……，下同) after a phrase anywhere in the text."""
    for match in _MEANING.finditer(script.plain):
        low = _name_start(script, match.start())
        if low < match.start():
            phrase, meaning = script.printed(low, match.start()), script.printed(*match.span("meaning"))
            yield Definition(phrase, meaning, *script.span(*match.span()))


def _short_names(script: Script) -> Iterator[Definition]:
    plain = script.plain
    for match in _SHORT.finditer(plain):
        low = _name_start(script, match.start())
        if is_solid(plain[low : match.start()]):
            long, short = script.printed(low, match.start()), script.printed(*match.span("short"))
            yield Definition(short, long, *script.span(*match.span()))


def _name_start(script: Script, end: int) -> int:
    """Where the name before a bracket begins: after a mark, a line break or a verb that names are objects of."""
    low = max(end - _REACH, *(script.plain.rfind(mark, 0, end) + 1 for mark in ',。;:、()《》"'))
    low = max([low, *(place for place in range(low, end) if script.starts_line(place))])
    number = MARKERS.match(script.plain, low, end) if script.starts_line(low) else None
    low = number.end() if number is not None else low
    verbs = list(_BEFORE_NAME.finditer(script.plain, low, end))
    return verbs[-1].end() if verbs else low
