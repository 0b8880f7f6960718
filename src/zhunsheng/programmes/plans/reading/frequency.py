"""How often a duty recurs: 每年至少2次, 每两年1次, 每季度, 任期内至少1次."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .dates import titles
from .model import Op, Per
from .numerals import NUMERAL, number

TIMES = "(?:次|期|场次|场|轮次|轮|遍|回|堂|讲|课(?!时))"
"""Measure words that count occurrences of a duty, not the things it is done to."""
_PERS: dict[str, Per] = {
    "日": "day", "天": "day", "周": "week", "星期": "week", "月": "month", "季度": "quarter", "季": "quarter", "半年": "half_year",
    "年度": "year", "年": "year", "一年": "year", "1年": "year", "两年": "two_years", "2年": "two_years", "二年": "two_years",
    "三年": "three_years", "3年": "three_years", "五年": "five_years", "5年": "five_years", "届任期": "term_of_office", "届": "term_of_office",
    "任期": "term_of_office", "学期": "half_year", "两周": "two_weeks", "2周": "two_weeks", "二周": "two_weeks", "双周": "two_weeks",
}  # fmt: skip
_AT_LEAST = "至少|不少于|不低于|不得少于|不得低于|原则上不少于|最少"
_AT_MOST = "至多|不超过|不多于|不得超过|最多"
_PER = (
    r"每(?:个)?(?P<every>季度|季|半年|年度|届(?:政府|党委|班子|领导班子)?任期|届|任期|学期|[两二三五一1235]年|[两二2双]周|年|月|周|星期|日|天)(?P<inside>内)?|(?P<term>任期)内|"
    r"(?:按|逐(?!年))(?P<by>季度|季|月|年度|年|周|半年|日)|"
    r"(?<![每\d一二三四五六七八九十])(?P<one>半年|一年|一季度|一月|一季|每季|两年)(?=[一1两]次|一(?:评|考|报|调度|通报|总结|汇报|研判|清理|更新|检查|督查|培训|轮训|会商)(?!估办法))"
)
_COUNT = re.compile(
    rf"(?P<words>[^,。;:\[\]《》\"]{{0,24}}?)(?:(?P<op>{_AT_LEAST}|{_AT_MOST})(?P<verb>[^,。;:、()\[\]《》\"\d]{{0,10}}?))?"
    rf"(?P<count>(?<!第){NUMERAL})(?:[-~至到](?P<high>{NUMERAL}))?(?:个)?(?P<unit>{TIMES})(?P<over>以上|及以上|左右)?"
)
_START = re.compile(_PER)
_SPREAD_REACH = 60
"""How far behind a count the words of its spread are looked for."""
_SPREAD = re.compile(
    rf"[,(、;](?:其中|原则上?|分别(?:于|在)?|于|在)?(?P<spread>[^,。;()]{{1,18}}?(?:各|分别)[^,。;()\d]{{0,8}}?{NUMERAL}{TIMES})"
)


_SUM = re.compile(r"[^,。;]{0,8}?\d+(?:\.\d+)?(?:元|斤|公斤|克)")
_GROWTH = re.compile(r"增长|递增|递减|新增\d")


@dataclass(frozen=True, slots=True)
class Often:
    """A frequency between two places."""

    start: int
    end: int
    count: Decimal
    op: Op
    per: Per
    spread: tuple[int, int] | None = None
    high: Decimal | None = None


def _per(match: re.Match[str]) -> Per:
    word = match["every"] or match["term"] or match["by"] or match["one"].lstrip("一每")
    return _PERS["任期" if word.endswith("任期") else word]


def _op(match: re.Match[str]) -> Op:
    word = match["op"] or ""
    if word and re.fullmatch(_AT_MOST, word):
        return "<="
    return ">=" if word or (match["over"] and match["over"] != "左右") else "="


_CHANGED = re.compile("(?:减|增|改|调整|压缩|提高|增加|减少|缩短)(?:为|到|至)")
"""What follows a frequency that is no longer to hold: 由每年2次减为每年1次."""


def frequencies(plain: str, start: int, end: int) -> Iterator[Often]:
    """All frequencies between two places, in order."""
    named = titles(plain, start, end)
    at = start
    while (match := _START.search(plain, at, end)) is not None:
        at = match.end()
        if any(low <= match.start() < high for low, high in named) or not _is_frequency(plain, match, start):
            continue
        often = _counted(plain, match, end) or Often(*match.span(), Decimal(1), "=", _per(match))
        at = max(at, often.end)
        if not _CHANGED.match(plain, often.end):
            yield often


def _is_frequency(plain: str, match: re.Match[str], start: int) -> bool:
    """Whether the words tell how often a duty recurs, not how much money is due or how fast something grows."""
    after = plain[match.end() : match.end() + 20]
    if match["by"] and (match["by"] in ("年度", "年", "日") or after.startswith("龄")):
        return False
    if _SUM.match(after) or plain[max(start, match.start() - 2) : match.start()] in ("每户", "每亩"):
        return False
    return not (match["every"] and _GROWTH.match(after))


def _counted(plain: str, match: re.Match[str], end: int) -> Often | None:
    count = _COUNT.match(plain, match.end(), end)
    if count is None or _START.search(plain, match.end(), count.start("count")):
        return None
    value = number(count["count"])
    if value is None:
        return None
    stop = _sentence_end(plain, count.end(), end)
    spread = _SPREAD.search(plain, count.end(), stop)
    high = number(count["high"]) if count["high"] else None
    span = spread.span("spread") if spread is not None else None
    return Often(match.start(), count.end(), value, _op(count), _per(match), span, high)


def _sentence_end(plain: str, start: int, end: int) -> int:
    stops = [at for mark in "。;" if (at := plain.find(mark, start, end)) >= 0]
    return min([*stops, end, start + _SPREAD_REACH])
