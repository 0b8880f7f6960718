"""Units without a mark of their own: labels with white space behind them, sentences with 由, lines of roles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .attribution import Attribution, are_names, collect, label_text
from .fold import SPACE, TAB, Script
from .labels import ROLE
from .role_words import role_of, verb_start
from .roles import Names, read_names
from .units import looks_like_name


def spaced_labels(script: Script, start: int, end: int) -> Iterator[Attribution]:
    """Lines that begin with a label and white space instead of a colon: 牵头单位　县司法局."""
    at = start
    while at < end:
        label = ROLE.match(script.plain, at, end) if script.starts_line(at) else None
        line = script.next_line(at, end)
        if (
            label is not None
            and label["colon"] is None
            and label.end() < line
            and script.gaps[label.end()] in (SPACE, TAB)
        ):
            result = Attribution(at, line, whole_line=True)
            role = role_of(label["role"])
            collect(result, read_names(script, label.end(), line, role, label_text(script, label), told=role == "lead"))
            if result.names and are_names(script, Names(script, found=result.names), script.plain[label.end() : line]):
                yield result
        at = line


_BY = re.compile(
    r"[,。;](?:分别)?由(?P<joint>[^。;]{2,60}?牵头,?会同[^。;,]{2,120})(?=[,。;])|"
    r"[,。;](?:分别)?由(?P<names>[^。;]{3,240}?)(?:(?:分别|共同|具体|抓紧|认真)?(?:研究(?:提出|制定|起草)[^,。;]{0,12}|(?:负责)?(?:组织)?(?:落实|实施)|负责[^,。;]{0,8}|制定[^,。;]{0,10}|提出[^,。;]{0,10}|办理))(?=[,。;]|$)"
)


def sentences_of_names(script: Script, start: int, end: int) -> Iterator[Attribution]:
    """Sentences that give an item to units by 由: 关于……的问题，由财政部会同农业部等部门负责落实。"""
    for match in _BY.finditer(script.plain, start, end):
        span = match.span("joint") if match["joint"] else match.span("names")
        names = read_names(script, *span, "responsible", "负责", told=False)
        if names.found and all(looks_like_name(script.plain[name.start : name.end]) for name in names.found):
            result = Attribution(match.start() + 1, match.end())
            collect(result, names)
            yield result


def lines_of_names(script: Script, start: int, end: int) -> Iterator[Attribution]:
    """Last sentences of paragraphs that only give roles, without label or bracket: 县司法局牵头，县财政局配合。"""
    plain, at = script.plain, start
    while at < end:
        line = script.next_line(at, end)
        at = max(at, plain.rfind("。", at, line - 1) + 1)
        words = plain[at:line].rstrip("。;")
        if (
            len(words) < 120
            and re.search("牵头|负责|配合" if script.starts_line(at) else "牵头", words)
            and not re.search("[:《]", words)
        ):
            names = read_names(script, at, at + len(words), "responsible", "", told=False)
            ends = verb_start(words) < len(words)
            if ends and all(name.label for name in names.found) and are_names(script, names, words):
                result = Attribution(at, line, whole_line=True)
                collect(result, names)
                yield result
        at = line
