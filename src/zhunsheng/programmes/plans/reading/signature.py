"""Who issued a document, and on which days: signature, letterhead, imprint."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from .fold import Script
from .particulars import DAY, ORGAN, Line, closes_line, parse_day

_CLOCK = re.compile(r"(?:\d{1,2}:\d{2}(?::\d{2})?)?")
_NO_ORGAN = re.compile(r"[:。,;\d]|文件$")
_LONGEST_ORGAN = 30
_LONGEST_SIGNATURE = 45


def signature(script: Script, all_lines: Sequence[Line]) -> tuple[date | None, str]:
    """The last day that closes a line of its own, and the organ before it in the line or right above it."""
    for index in range(len(all_lines) - 1, -1, -1):
        line = all_lines[index]
        match = DAY.search(line.words)
        if match is None or not _signs(line.words, match):
            continue
        day = parse_day(match)
        if day is not None:
            own = script.printed(line.start, line.start + match.start()).strip("(（")
            return day, own or _organ_above(script, all_lines, index)
    return None, ""


def _signs(words: str, day: re.Match[str]) -> bool:
    if "年" not in day[0] or len(words) > _LONGEST_SIGNATURE:
        return False
    return words == f"({day[0]})" or closes_line(words, day)


def _is_organ(words: str) -> bool:
    return len(words) <= _LONGEST_ORGAN and ORGAN.search(words) is not None and not _NO_ORGAN.search(words)


def _organ_above(script: Script, all_lines: Sequence[Line], index: int) -> str:
    organs: list[str] = []
    for line in reversed(all_lines[max(0, index - 3) : index]):
        if line.words.startswith("(") and line.words.endswith(")"):
            continue
        if not _is_organ(line.words):
            break
        organs.append(script.printed(line.start, line.end))
    return " ".join(reversed(organs))


def imprint(script: Script, all_lines: Sequence[Line]) -> tuple[date | None, str]:
    """Day and organ of a line such as ××办公室 2022年3月29日印发."""
    for line in all_lines:
        match = DAY.search(line.words)
        if match is not None and line.words.startswith("印发", match.end()) and len(line.words) < 2 * _LONGEST_ORGAN:
            organ = line.words[: match.start()]
            named = script.printed(line.start, line.start + match.start()) if _is_organ(organ) else ""
            return parse_day(match), named
    return None, ""


def posted(script: Script, head: Sequence[Line]) -> tuple[date | None, str]:
    """The day that a web page puts alone into a line (2012-07-07), and the office named right above it."""
    for index, line in enumerate(head):
        match = DAY.match(line.words)
        if match is not None and "年" not in line.words and _CLOCK.fullmatch(line.words, match.end()):
            return parse_day(match), _organ_above(script, head, index)
    return None, ""


def letterhead(script: Script, head: Sequence[Line]) -> str:
    """The organ in a letterhead (××领导小组办公室文件), or alone in the first line."""
    for line in head:
        organ = line.words.removesuffix("文件")
        if organ != line.words and len(organ) < _LONGEST_SIGNATURE and ORGAN.search(organ):
            return script.printed(line.start, line.start + len(organ))
    first = head[0] if head else None
    return script.printed(first.start, first.end) if first is not None and _is_organ(first.words) else ""
