"""The signs of a document's particulars: printed days, document numbers, organs, labelled fields, lines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from .fold import Script
from .numerals import whole
from .vocabulary import one_of

FIELD = re.compile(
    "(?P<name>"
    + one_of(
        """
        发布机构 发文机关 发文机构 发布单位 发布部门 发布机关 发文单位 制定机关 公开主体 印发机关 信息来源 来源 制发单位 公布机关
        发布日期 发文日期 发布时间 公开日期 公开时间 公布日期 生成日期 印发日期 成文日期 发文时间 时间 日期
        文号 发文字号 发布文号 文件编号 字号 信息文号
        """
    )
    + ")[:]?"
)
"""A label of the table of particulars that web pages put above a document."""
DOCUMENT_NUMBER = re.compile(
    r"(?P<number>(?:(?!通知|通告|方案|意见|[的了关于])[\u4e00-\u9fff]){2,12}[\[(]?(?:19|20)\d{2}[\])]?第?\d{1,4}号)"
)
DAMAGED_NUMBER = re.compile(
    r"(?P<number>[\u4e00-\u9fff]{1,10}(?:发|办|字|函|政|委|令|规)\[?(?:19|20)\d{2}\]?\d{1,3}号?)$"
)
"""A document number that lost its brackets or its 号."""
_HAN_DIGIT = "〇零一二三四五六七八九O0"
DAY = re.compile(
    rf"(?P<y>(?:19|20)\d{{2}}|[二一][〇零九O0][{_HAN_DIGIT}]{{2}})[年\-/.](?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
    r"[月\-/.](?P<d>3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|二十|[一二三四五六七八九])日?"
)
ORGAN = re.compile(
    r"(?:政府|办公室|办公厅|委员会|领导小组|局|厅|部|委|院|署|总局|办|管委会|办事处|中心|会|法院|科|处)(?:\(.{2,12}\))?$"
)


def closes_line(words: str, day: re.Match[str]) -> bool:
    """Whether a printed day ends a line that holds nothing else but the organ before it, as under a signature."""
    return day.end() == len(words) and (day.start() == 0 or ORGAN.search(words[: day.start()]) is not None)


def parse_day(match: re.Match[str]) -> date | None:
    """The date of a printed day, None if there is no such day."""
    year, month, day = (whole(match[name].replace("O", "〇")) for name in ("y", "m", "d"))
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its places and its folded words."""

    start: int
    end: int
    words: str


def lines(script: Script, start: int, end: int) -> list[Line]:
    """The printed lines between two places."""
    starts = script.line_starts()
    cuts = [start, *starts[bisect_right(starts, start) : bisect_left(starts, end)]] if start < end else []
    return [Line(low, high, script.plain[low:high]) for low, high in pairwise([*cuts, end])]
