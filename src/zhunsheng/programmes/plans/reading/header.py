"""What a document says about itself: title, issuer, document number, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .fold import Script, fold
from .particulars import DAMAGED_NUMBER, DAY, DOCUMENT_NUMBER, FIELD, ORGAN, Line, lines, parse_day
from .signature import imprint, letterhead, posted, signature
from .titles import notice_issuer, read_titles

_FIELDS = {
    "issuer": "发布机构 发文机关 发文机构 发布单位 发文单位 制定机关 公开主体 印发机关 制发单位 公布机关".split(),
    "drawn_up": ["成文日期"],
    "signed": "发文日期 发文时间".split(),
    "published": "发布日期 发布时间 公开日期 公开时间 公布日期 印发日期 时间 日期".split(),
    "made": ["生成日期"],
    "number": "文号 发文字号 发布文号 文件编号 字号 信息文号".split(),
}
_KINDS = {name: kind for kind, names in _FIELDS.items() for name in names}
_BRACKETED_YEAR = re.compile(r"[\[(](?:19|20)\d{2}[\])]|\d号$")
_LONGEST_NUMBER = 26
_LONGEST_HEAD_LINE = 80


@dataclass(frozen=True, slots=True)
class Header:
    """The document's own particulars; an empty string or None where it does not tell."""

    title: str
    issuer: str
    document_number: str
    signed_on: date | None
    published_on: date | None


def read_header(script: Script, body: int, end: int) -> Header:
    """Everything the document says about itself, before its body (from ``body`` to ``end``) and after it."""
    head, tail = lines(script, 0, body), lines(script, end, len(script.plain))
    fields = _fields(script, head)
    title, notice = read_titles(script, head)
    signed, signer = signature(script, [*head, *tail])
    printed, printer = imprint(script, [*head, *tail])
    posted_on, poster = posted(script, head)
    issuers = (
        signer, fields.get("issuer"), notice_issuer(notice), letterhead(script, head), printer, poster, notice_issuer(title)
    )  # fmt: skip
    return Header(
        title=title,
        issuer=next((one for one in issuers if one), ""),
        document_number=_number(script, head, fields),
        signed_on=_day(fields.get("drawn_up")) or signed or _day(fields.get("signed")),
        published_on=_day(fields.get("published")) or _day(fields.get("made")) or printed or posted_on,
    )


def _day(words: str | None) -> date | None:
    match = DAY.search(words) if words else None
    return parse_day(match) if match is not None else None


def _fields(script: Script, head: Sequence[Line]) -> dict[str, str]:
    """Labelled particulars (发布日期：…), the first of each kind that fits."""
    found: dict[str, str] = {}
    for index, line in enumerate(head):
        for match in FIELD.finditer(script.plain, line.start, line.end):
            boxed = script.plain[match.start() - 1 : match.start()] == "[" and script.plain[match.end()] == "]"
            apart = match.start() == line.start or script.gaps[match.start()] or boxed
            if not apart and script.plain[match.end() - 1] != ":":
                continue
            kind = _KINDS.get(match["name"])
            value = _field_value(script, head, index, match.end() + boxed)
            if kind and value and _fits(kind, fold(value)):
                found.setdefault(kind, value)
    return found


def _fits(kind: str, value: str) -> bool:
    if kind in ("drawn_up", "signed", "published", "made"):
        return DAY.match(value) is not None
    if kind == "number":
        return _BRACKETED_YEAR.search(value) is not None and ":" not in value
    return ORGAN.search(value) is not None and not re.search(r"[:\d]", value)


def _field_value(script: Script, head: Sequence[Line], index: int, start: int) -> str:
    """What follows a label: up to the next gap or label in its line, or else the next line."""
    line = head[index]
    if start >= line.end:
        return script.printed(head[index + 1].start, head[index + 1].end) if index + 1 < len(head) else ""
    stop = next((place for place in range(start + 1, line.end) if script.gaps[place]), line.end)
    label = FIELD.search(script.plain, start, line.end)
    if label is not None and label.start() > start:
        stop = min(stop, label.start())
    return script.printed(start, stop).rstrip("【[")


def _number(script: Script, head: Sequence[Line], fields: dict[str, str]) -> str:
    """The document number: alone in a line, else labelled, else in a short line that is not about another document."""
    for line in head:
        if len(line.words) < _LONGEST_NUMBER and (
            DOCUMENT_NUMBER.fullmatch(line.words) or DAMAGED_NUMBER.fullmatch(line.words)
        ):
            return script.printed(line.start, line.end)
    return fields.get("number") or next((number for line in head if (number := _number_inside(script, line))), "")


def _number_inside(script: Script, line: Line) -> str:
    match = DOCUMENT_NUMBER.search(line.words)
    if match is None or len(line.words) > _LONGEST_HEAD_LINE or "《" in line.words:
        return ""
    cited = match.start() > 1 and line.words[match.start() - 1] in "(["
    if cited or line.words.startswith(("根据", "为")):
        return ""
    return script.printed(line.start + match.start(), line.start + match.end())
