"""How lists of units are printed: entries and what parts them.

Separators are 、 , ; / 。, white space, 和 及 与, or nothing at all; a 各-phrase runs over its own separators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .fold import LINE, SPACE, TAB, Script
from .units import continues_group, is_group, is_kind, is_solid, looks_like_name, strip_brackets

_JOIN = re.compile(r"以及|及其|及|和|与|并")
_FAR = 200
"""How far words before and after a separator are looked at: more than any name has."""


_HEAD = re.compile(
    r"(?:各|市|县|区|省|州|旗|镇|乡|国|团|人民|中共|中国|自治|相关|有关|开发区|高新|其他|驻|公安|教育|财政|司法|人社|发改|民政|水|农|交|住建|自然|生态|应急|审计|文|卫|医保|税务|气象|林|商务|统计|残联|妇联|总工会|团委|科|工|编|组织|宣传|统战|政法|纪|信访|档案|法院|检察|消防|人武|邮|电|供|城|综合|行政|政|机关|党|地|环|退役|乡村|外|粮|体|广|新|旅|市场)"
)


ROLE_TAIL = re.compile(
    r"(?:等|(?:等)?(?:按.{0,10}|共同|分别|分工|密切|积极)?(?:配合|负责|牵头|参与|参加|落实|实施|协助|组织实施)(?:落实|实施)?)$"
)


_LACKING_SEPARATOR = re.compile(
    r"(?<!国务院)(?<=[\u4e00-\u9fff]{2}[局办厅院])(?=(?:各|县|市|区|省|州)(?!场|域|长)[\u4e00-\u9fff]{2,14})|(?<=[\u4e00-\u9fff]{3}委)(?=(?:各|县|市|区|省|州)(?!场|域|长|办)[\u4e00-\u9fff]{2,14})"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One entry of a printed list: places, and the separator that came before it."""

    start: int
    end: int
    before: str


def split_list(script: Script, start: int, end: int) -> Iterator[Part]:
    """The entries of a list between two places, group phrases kept whole.

    Separators are 、 , ; / 。, white space between two complete names, 和 及 与 between two complete names, and
    nothing at all where one complete name runs into the next.
    """
    parts = list(_split_at_marks(script, start, end))
    for part in _join_groups(script, parts):
        yield from _split_at_words(script, part)


_MARK = re.compile(r"[(\[<)\]>、,;。/|.\t]")


def _split_at_marks(script: Script, start: int, end: int) -> Iterator[Part]:
    depth, at, before = 0, start, ""
    plain = script.plain
    for place in _stops(script, start, end):
        char = plain[place]
        if char in "([<":
            depth += 1
        elif char in ")]>":
            depth = max(0, depth - 1)
        elif depth == 0 and _MARK.match(char):
            yield Part(at, place, before)
            at, before = place + 1, char
        elif depth == 0 and place > at and _splits_at_gap(script, at, place, end):
            yield Part(at, place, before)
            at, before = place, " "
    yield Part(at, end, before)


def _stops(script: Script, start: int, end: int) -> list[int]:
    """The places where a list might be parted: marks, brackets, and what follows white space."""
    stops = [match.start() for match in _MARK.finditer(script.plain, start, end)]
    if script.gaps.count(0, start, end) == end - start:
        return stops
    least = TAB if _is_spread_out(script, start, end) else SPACE
    return sorted({*stops, *(place for place in range(start, end) if script.gaps[place] >= least)})


def _is_spread_out(script: Script, start: int, end: int) -> bool:
    """Whether white space stands between most characters (县 司 法 局), so that it parts nothing."""
    spaced = script.gaps.count(SPACE, start + 1, end)
    return spaced * 3 > end - start


def _splits_at_gap(script: Script, start: int, place: int, end: int) -> bool:
    """Whether white space parts two names, rather than breaking one over two lines or spreading it out."""
    left = script.plain[max(start, place - _FAR) : place]
    right = re.split(r"[、,;。/ ]", script.plain[place : min(end, place + _FAR)], maxsplit=1)[0]
    if not is_solid(left) or (
        left.endswith(("社", "会", "司", "组", "科", "所", "站", "处"))
        and len(left) < (4 if script.gaps[place] >= LINE else 3)
    ):
        return is_group(left) and len(left) > 3 and right.startswith("各")
    if re.match(r"(?:牵头|负责|配合|参与|等|按|分别|共同)", right):
        return False
    if not looks_like_name(strip_brackets(right)) and not _HEAD.match(right):
        return False
    if script.gaps[place] >= LINE and left.endswith(("社", "会", "司", "组", "科")):
        return right[:1] == script.plain[start] or right.startswith("各")
    return bool(_HEAD.match(right)) or looks_like_name(right)


def _join_groups(script: Script, parts: list[Part]) -> Iterator[Part]:
    """Put 各乡镇、街道 together again: kinds that follow a 各-phrase over 、 belong to it."""
    held: Part | None = None
    for part in parts:
        if held is not None and _continues(script, held, part):
            held = Part(held.start, part.end, held.before)
            continue
        if held is not None:
            yield held
        held = part
    if held is not None:
        yield held


def _continues(script: Script, held: Part, part: Part) -> bool:
    if part.before not in ("、", "/") or part.start == part.end:
        return False
    right = ROLE_TAIL.sub("", script.plain[part.start : part.end])
    return continues_group(script.plain[held.start : min(held.end, held.start + _FAR)], right)


def _split_at_words(script: Script, part: Part) -> Iterator[Part]:
    at, before = part.start, part.before
    plain = script.plain
    for match in _JOIN.finditer(plain, part.start, part.end):
        if match.start() - at > _FAR:
            break
        if match.start() < at or _in_bracket(plain, at, match.start()):
            continue
        left, right = plain[at : match.start()], plain[match.end() : min(part.end, match.end() + _FAR)]
        if may_part(left, right):
            yield from _split_where_marks_lack(script, Part(at, match.start(), before))
            at, before = match.end(), match[0]
    yield from _split_where_marks_lack(script, Part(at, part.end, before))


_INSIDE_NAME = re.compile(r"(?:人力资源|社会|规划|住房|城乡|文化|科技|教育|发展|工业|商务|应急)$|^.?[部会社区市县省]$")
"""What stands before 和 inside a name: 人力资源和社会保障局."""


def may_part(left: str, right: str) -> bool:
    """Whether 和, 及 or 与 between these words parts two names, and is no part of one (人力资源和社会保障局)."""
    if not left or not right or not looks_like_name(left):
        return False
    first = _JOIN.split(right, maxsplit=1)[0]
    if continues_group(left, right):
        return False
    if re.match("各|有关|相关|其他|其它", right):
        return True
    if ("各" in left and is_kind(right)) or _INSIDE_NAME.search(left):
        return False
    return (is_solid(left) or is_group(left) or bool(re.search("(?:区|县|市|镇|街道|乡)$", left))) and looks_like_name(
        re.sub("(?:牵头|负责|配合).*$", "", first) or first
    )


def _in_bracket(plain: str, start: int, place: int) -> bool:
    return any(plain.count(mark, start, place) > plain.count(end, start, place) for mark, end in ("()", "[]"))


def _split_where_marks_lack(script: Script, part: Part) -> Iterator[Part]:
    at, before = part.start, part.before
    for match in _LACKING_SEPARATOR.finditer(script.plain, part.start, part.end):
        if match.start() - at > _FAR:
            break
        left, right = (
            script.plain[at : match.start()],
            script.plain[match.start() : min(part.end, match.start() + _FAR)],
        )
        if _in_bracket(script.plain, at, match.start()) or not looks_like_name(left) or not looks_like_name(right):
            continue
        yield Part(at, match.start(), before)
        at, before = match.start(), ""
    yield Part(at, part.end, before)
