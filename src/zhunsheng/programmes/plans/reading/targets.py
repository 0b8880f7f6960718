"""Demands on a quantity: 100%, 不少于40学时, 5小时内, 低于全省平均水平, 15%—20%.

A number is a target only where the words around it demand something of it; years, document numbers, sums that
a rule grants, figures of the past and numbers inside names stay out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .dates import titles
from .model import Op
from .numerals import number
from .quantities import (
    AGE,
    ALL,
    AVERAGE,
    BIG_YEAR,
    BOUND,
    BREAK,
    CHANGE,
    CLOSING,
    COMPARED,
    COVERED,
    FOLLOWS,
    FOLLOWS_ON,
    GRANTED,
    GRANTS,
    LEAD_IN,
    MADE,
    PAST,
    PERCENT,
    RATE,
    TRAILING,
    WITHIN,
)


@dataclass(frozen=True, slots=True)
class Demand:
    """A target between two places. ``value`` is a number, a pair of numbers, or a range of places (words)."""

    start: int
    end: int
    quantity: tuple[int, int]
    op: Op
    value: Decimal | tuple[Decimal, Decimal] | range
    unit: tuple[int, int] | str


def _numeral(word: str) -> Decimal | None:
    whole, _, rest = word.replace(",", "").removeprefix("百分之").partition("点")
    value = number(whole)
    if value is None or not rest:
        return value
    digits = [number(digit) for digit in rest]
    return sum((digit * Decimal(10) ** -place for place, digit in enumerate(digits, 1) if digit is not None), value)


def _op(match: re.Match[str]) -> Op:
    group = match.groupdict()
    over = group.get("over") or ""
    if over in ("以上", "及以上"):
        return ">="
    signs: tuple[tuple[str, Op], ...] = (("ge", ">="), ("le", "<="), ("gt", ">"), ("lt", "<"))
    told = next((sign for name, sign in signs if group.get(name)), None)
    if over in ("内", "以内", "之内", "以下"):
        return "<=" if told is None or told in ("<=", "<") else told
    return told or "="


def _value(match: re.Match[str]) -> Decimal | tuple[Decimal, Decimal] | None:
    low = _numeral(match["value"])
    high = _numeral(match["high"]) if match.groupdict().get("high") else None
    return (low, high) if low is not None and high is not None else low


def _quantity(plain: str, start: int, place: int) -> tuple[int, int]:
    """The noun that is measured: what stands before the value in its clause, without the verbs around it."""
    low = max(start, place - 40)
    breaks = [match.end() for match in BREAK.finditer(plain, low, place)]
    low = breaks[-1] if breaks else low
    digits = [match.end() for match in re.finditer(r"\d[^、]*、", plain[low:place])]
    low += digits[-1] if digits else 0
    lead = LEAD_IN.match(plain[low:place])
    low += lead.end() if lead is not None else 0
    tail = TRAILING.search(plain[low:place])
    return low, low + tail.start() if tail is not None and tail.start() > 0 else place


def _demand(
    plain: str, start: int, match: re.Match[str], unit: tuple[int, int] | str, *, begin: int | None = None
) -> Demand | None:
    value = _value(match)
    if value is None or _is_past(plain, start, match.start()):
        return None
    begin = match.start() if begin is None else begin
    op: Op = "between" if isinstance(value, tuple) else _op(match)
    return Demand(begin, match.end(), _quantity(plain, start, begin), op, value, unit)


def _is_past(plain: str, start: int, place: int) -> bool:
    """Whether the clause tells what was, not what shall be."""
    low = max(start, plain.rfind("。", start, place), plain.rfind(";", start, place), place - 60)
    words = plain[low:place]
    past = [match.end() for match in PAST.finditer(words)]
    if not past:
        return False
    return not re.search(r"(?:到|至|力争|确保|今年|年底|目标|要|达到(?!了))", words[past[-1] :])


def _tells_of_past_year(plain: str, start: int, place: int, year: int | None) -> bool:
    low = max(start, plain.rfind("。", start, place), plain.rfind(";", start, place), plain.rfind(",", start, place))
    low = low if BIG_YEAR.search(plain, low, place) else max(start, plain.rfind("。", start, place))
    years = re.findall(r"(?<!比)(?<!较)((?:19|20)\d{2})年(?!以来|的|底|前|基础)", plain[low:place])
    return bool(years) and year is not None and int(years[-1]) < year


def _is_condition(plain: str, demand: Demand, end: int) -> bool:
    """Whether the quantity only picks out a case: 低于80%的单位, 超过8小时的."""
    if plain[demand.end : min(end, demand.end + 1)] != "的":
        return False
    words = plain[demand.start : demand.end]
    return bool(re.match("超过|高于|大于|低于|小于|少于|多于", words)) or bool(re.match(r"\d[^至到]*以[上下]$", words))


def _percents(plain: str, start: int, end: int) -> Iterator[Demand]:
    for match in PERCENT.finditer(plain, start, end):
        spoken = match["value"].startswith("百分之")
        if not (match["sign"] or match["sign2"] or spoken) or not _is_demanded(plain, start, end, match):
            continue
        unit: tuple[int, int] | str = "%" if spoken else match.span("sign" if match["sign"] else "sign2")
        demand = _demand(plain, start, match, unit)
        if demand is not None:
            yield demand


def _is_demanded(plain: str, start: int, end: int, match: re.Match[str]) -> bool:
    before = plain[max(start, match.start() - 12) : match.start()]
    if (GRANTED.search(before) and not match["ge"]) or re.search(r"(?:已|截至.*|比上年|比去年|由|从)$", before):
        return False
    if any(match[name] for name in ("ge", "le", "gt", "lt", "eq", "over")):
        return True
    if RATE.search(before) or CHANGE.search(before) or ALL.match(plain, match.start("value")):
        return True
    return match["high"] is not None or bool(
        re.match(r"(?:的)?(?:比例|覆盖|达标|完成|落实|执行|办结)", plain[match.end() : end])
    )


def _compared(plain: str, start: int, end: int) -> Iterator[Demand]:
    for match in COMPARED.finditer(plain, start, end):
        if match["unit"].endswith("元") and _is_granted(plain, start, match.start(), match.end()):
            continue
        if match["unit"] == "年" and (match["eq"] or BIG_YEAR.match(plain, match.start("value"))):
            continue
        demand = _demand(plain, start, match, match.span("unit"))
        if demand is not None:
            yield demand
        yield from _further(plain, start, match.end(), end)


def _further(plain: str, start: int, at: int, end: int) -> Iterator[Demand]:
    """A further thing under the same comparison: 至少配建1处……和1处……."""
    match = FOLLOWS_ON.match(plain, at, end)
    if match is None or COMPARED.search(plain, match.start(), match.end()):
        return
    demand = _demand(plain, start, match, match.span("unit"), begin=match.start("value"))
    if demand is not None:
        yield demand


def _within(plain: str, start: int, end: int) -> Iterator[Demand]:
    for match in WITHIN.finditer(plain, start, end):
        demand = _demand(plain, start, match, match.span("unit"))
        if demand is not None:
            yield demand


def _bounded(plain: str, start: int, end: int) -> Iterator[Demand]:
    for match in BOUND.finditer(plain, start, end):
        if match.start() == start or (
            plain[match.start() - 1] in ",。;:、对的满" and "\u4e00" <= plain[match.end() : match.end() + 1] <= "\u9fff"
        ):
            continue
        if (
            match["unit"] == "年"
            or AGE.match(plain[match.start("over") :])
            or AGE.match(plain[match.start("unit") :])
            or re.search(r"满$", plain[start : match.start()])
        ):
            continue
        demand = _demand(plain, start, match, match.span("unit"))
        if demand is not None:
            yield demand


def _made(plain: str, start: int, end: int) -> Iterator[Demand]:
    at = start
    while (match := MADE.search(plain, at, end)) is not None:
        at = match.end()
        while match is not None:
            demand = _made_one(plain, start, match)
            if demand is not None:
                yield demand
            match = FOLLOWS.match(plain, at, end)
            at = match.end() if match is not None else at


def _closed(plain: str, start: int, end: int) -> Iterator[Demand]:
    for match in CLOSING.finditer(plain, start, end):
        if match["unit"] in ("年", "日", "天", "岁"):
            continue
        demand = _made_one(plain, start, match)
        if demand is not None:
            yield demand


def _is_granted(plain: str, start: int, place: int, end: int) -> bool:
    """Whether a sum of money is what a rule grants or takes, told before it in the sentence or right after it."""
    low = max(start, place - 40, *(plain.rfind(mark, start, place) for mark in "。;"))
    return bool(GRANTS.search(plain[low:place])) or bool(
        re.match("的?(?:一次性)?(?:奖励|补助|补贴|资助)", plain[end : end + 8])
    )


def _is_sum_demanded(plain: str, start: int, place: int) -> bool:
    low = max(start, place - 24, *(plain.rfind(mark, start, place) for mark in "。;,"))
    words = plain[low:place]
    return not GRANTS.search(words) and bool(
        re.search(
            "完成|新增|投资|引进|达到|实现|到位|筹集|争取|销售|产值|贷款|收入|总额|规模|增加值|成交|营收|盘活|发放",
            words,
        )
    )


def _made_one(plain: str, start: int, match: re.Match[str]) -> Demand | None:
    before = plain[max(start, match.start() - 6) : match.start()]
    times = match["unit"] in ("分钟", "小时", "秒", "周", "个月") or match["unit"].endswith(("日", "天"))
    if (
        times
        and not re.match("压|缩|降|减", match[0])
        and not re.search(r"(?:压|缩|降|减).{0,5}$", plain[max(start, match.start("value") - 8) : match.start("value")])
    ):
        return None
    if re.search(r"(?:已|上年|去年|年)$", before) or (
        match["unit"] in ("日", "年", "次", "级", "分", "层") and not match["over"]
    ):
        return None
    if match["unit"].endswith("元") and not _is_sum_demanded(plain, start, match.start("value")):
        return None
    if re.match("(?:大|方面|条线|部委|地区|试点)", plain[match.end() :]) and match["unit"] in ("个", "项"):
        return None
    return _demand(plain, start, match, match.span("unit"), begin=match.start("value"))


def _words(plain: str, start: int, end: int) -> Iterator[Demand]:
    for match in AVERAGE.finditer(plain, start, end):
        yield Demand(*match.span(), _quantity(plain, start, match.start()), _op(match), range(*match.span("value")), "")
    for match in COVERED.finditer(plain, start, end):
        yield Demand(*match.span(), _quantity(plain, start, match.start()), "=", Decimal(100), "%")


def demands(
    plain: str, start: int, end: int, year: int | None = None, taken: Sequence[tuple[int, int]] = ()
) -> list[Demand]:
    """All targets between two places, in order, none overlapping another, a title or a ``taken`` range.

    What a clause says of a year before the plan's ``year`` is a figure of the past.
    """
    spans = [*titles(plain, start, end), *taken]
    found: list[Demand] = []
    for stream in (_percents, _words, _compared, _within, _bounded, _made, _closed):
        for demand in stream(plain, start, end):
            if _tells_of_past_year(plain, start, demand.start, year) or _is_condition(plain, demand, end):
                continue
            if not any(demand.start < high and low < demand.end for low, high in spans):
                found.append(demand)
                spans.append((demand.start, demand.end))
    return sorted(found, key=lambda demand: demand.start)
