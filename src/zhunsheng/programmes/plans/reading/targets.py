"""Demands on a quantity: 100%, 不少于40学时, 5小时内, 低于全省平均水平, 15%—20%.

A number is a target only where the words around it demand something of it; years, document numbers, sums that
a rule grants, figures of the past and numbers inside names stay out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from . import quantities as q
from .dates import titles
from .model import Op
from .numerals import number
from .ranges import Ranges

_SIGNS: tuple[tuple[str, Op], ...] = (
    ("ge", ">="),
    ("le", "<="),
    ("gt", ">"),
    ("more", ">"),
    ("lt", "<"),
    ("less", "<"),
)
_SENTENCE = 60
"""How far the words of a quantity reach back."""
_TIMES = ("分钟", "小时", "秒", "周", "个月", "日", "天")


@dataclass(frozen=True, slots=True)
class Demand:
    """A target between two places. ``value`` is a number, a pair of numbers, or a range of places (words)."""

    start: int
    end: int
    quantity: tuple[int, int]
    op: Op
    value: Decimal | tuple[Decimal, Decimal] | range
    unit: tuple[int, int] | str


def demands(
    plain: str, start: int, end: int, year: int | None = None, taken: Sequence[tuple[int, int]] = ()
) -> list[Demand]:
    """All targets between two places, in order, none overlapping another, a title or a ``taken`` range.

    What a clause says of a year before the plan's ``year`` is a figure of the past.
    """
    clauses = list(_clauses_with_numbers(plain, start, end))
    streams = _STREAMS if clauses else (_stated,)
    quoted = [match.span() for match in q.QUOTED.finditer(plain, start, end)]
    spans = [*titles(plain, start, end), *quoted, *taken]
    found: list[Demand] = []
    kept, occupied = -1, Ranges(spans)
    for stream in streams:
        if kept != len(found):
            kept, occupied = len(found), Ranges([*spans, *((one.start, one.end) for one in found)])
        last = -1
        for demand in _run(stream, plain, start, [(start, end)] if stream is _stated else clauses):
            if demand.start < last or occupied.touches(demand.start, demand.end):
                continue
            if _is_asked(plain, demand, start, end, year):
                found.append(demand)
                last = demand.end
    return sorted(found, key=lambda demand: demand.start)


def _is_asked(plain: str, demand: Demand, start: int, end: int, year: int | None) -> bool:
    """Whether the words around a quantity ask for it, and do not tell what was or which case is meant."""
    past = _is_past(plain, start, demand.start) or _tells_of_past_year(plain, start, demand.start, year)
    return not past and not _is_condition(plain, demand, end)


_Stream = Callable[[str, int, int, int], Iterator[Demand]]
"""Finds demands of one form between two places (last two arguments); it may look back to the first."""


def _run(stream: _Stream, plain: str, start: int, parts: Iterable[tuple[int, int]]) -> Iterator[Demand]:
    return (demand for low, high in parts for demand in stream(plain, start, low, high))


def _clauses_with_numbers(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses that hold a number which could be a quantity: nothing else can hold a demand with a number."""
    if q.NUMBERED.search(plain, start, end) is None:
        return
    for clause in q.CLAUSE.finditer(plain, start, end):
        if q.NUMBERED.search(plain, *clause.span()):
            yield clause.span()


# --- what a match says


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
    told = next((sign for name, sign in _SIGNS if group.get(name)), None)
    if over in ("内", "以内", "之内", "以下"):
        return told if told in (">=", ">") else "<="
    return told or "="


def _quantity(plain: str, start: int, place: int) -> tuple[int, int]:
    """The noun that is measured: what stands before the value in its clause (or else the one before), without verbs."""
    low = max(start, place - 60)
    breaks = [low, *(match.end() for match in q.BREAK.finditer(plain, low, place))]
    own = _noun(plain, breaks[-1], place)
    if own[0] < own[1] or len(breaks) < 2:
        return own
    return _noun(plain, breaks[-2], breaks[-1] - 1)


def _noun(plain: str, low: int, high: int) -> tuple[int, int]:
    counted = [match.end() for match in q.COUNTED.finditer(plain, low, high)]
    low = counted[-1] if counted else low
    lead = q.LEAD_IN.match(plain, low, high)
    low = lead.end() if lead is not None else low
    tail = q.TRAILING.search(plain, low, high)
    return low, tail.start() if tail is not None else high


def _demand(plain: str, start: int, match: re.Match[str], *, unit: str = "unit", begin: str = "") -> Demand | None:
    """What a match demands; ``begin`` names the group where its words begin, if not at its start."""
    low = _numeral(match["value"])
    if low is None:
        return None
    high = _numeral(match["high"]) if match.groupdict().get("high") else None
    first = match.start(begin) if begin else match.start()
    op: Op = "between" if high is not None else _op(match)
    value = (low, high) if high is not None else low
    return Demand(first, match.end(), _quantity(plain, start, first), op, value, match.span(unit))


def _clause(plain: str, start: int, place: int, marks: str = ",。;") -> str:
    """The words before a place, back to one of the marks."""
    low = max(start, place - _SENTENCE)
    return plain[max(low, *(plain.rfind(mark, low, place) + 1 for mark in marks)) : place]


# --- what is no demand


def _is_past(plain: str, start: int, place: int) -> bool:
    """Whether the sentence tells what was, and nothing after that what shall be."""
    words = _clause(plain, start, place, "。;")
    past = [match.end() for match in q.PAST.finditer(words)]
    return bool(past) and not re.search(r"到|至|力争|确保|今年|年底|目标|要|达到(?!了)", words[past[-1] :])


def _tells_of_past_year(plain: str, start: int, place: int, year: int | None) -> bool:
    if year is None:
        return False
    words = _clause(plain, start, place)
    words = words if q.BIG_YEAR.search(words) else _clause(plain, start, place, "。")
    years = re.findall(r"(?<!比)(?<!较)((?:19|20)\d{2})年(?!以来|的|底|前|基础)", words)
    return bool(years) and int(years[-1]) < year


def _is_condition(plain: str, demand: Demand, end: int) -> bool:
    """Whether the quantity only picks out a case: 低于80%的单位, 超过8小时的."""
    if plain[demand.end : min(end, demand.end + 1)] != "的":
        return False
    words = plain[demand.start : demand.end]
    return bool(re.match(r"超过|高于|大于|低于|小于|少于|多于|\d[^至到]*以[上下]$", words))


def _is_granted(plain: str, start: int, place: int, end: int) -> bool:
    """Whether a sum of money is what a rule grants or takes, told before it in the sentence or right after it."""
    if q.GRANTS.search(_clause(plain, start, place, "。;")[-40:]):
        return True
    return bool(re.match("的?(?:一次性)?(?:奖励|补助|补贴|资助)", plain[end : end + 8]))


def _is_sum_demanded(plain: str, start: int, place: int) -> bool:
    words = _clause(plain, start, place)[-24:]
    return not q.GRANTS.search(words) and bool(q.ASKS_SUM.search(words))


# --- the forms of demands


def _percents(plain: str, start: int, low: int, end: int) -> Iterator[Demand]:
    last = -1
    for match in q.PERCENT.finditer(plain, low, end):
        spoken = match["value"].startswith("百分之")
        if not (match["sign"] or match["sign2"] or spoken):
            continue
        follows = match.start() - 1 == last and plain[last] in "、和及"
        if not follows and not _is_demanded(plain, start, end, match):
            continue
        demand = _demand(plain, start, match, unit="sign" if match["sign"] else "sign2" if match["sign2"] else "value")
        if demand is not None:
            last = match.end()
            yield Demand(demand.start, demand.end, demand.quantity, demand.op, demand.value, "%") if spoken else demand


def _is_demanded(plain: str, start: int, end: int, match: re.Match[str]) -> bool:
    before = plain[max(start, match.start() - 12) : match.start()]
    if (q.GRANTED.search(before) and not match["ge"]) or re.search(r"(?:已|截至.*|比上年|比去年|由|从)$", before):
        return False
    if any(match[name] for name in ("ge", "le", "gt", "lt", "eq", "over", "high")):
        return True
    if before.endswith("费率"):
        return False
    if q.RATE.search(before) or q.CHANGE.search(before) or _is_all(plain, start, match.start("value")):
        return True
    return bool(re.match(r"的?(?:比例|覆盖|达标|完成|落实|执行|办结)", plain[match.end() : end]))


def _is_all(plain: str, start: int, place: int) -> bool:
    """Whether 100% stands here; the number of an item (4.100%的项目) is no part of it."""
    return bool(q.ALL.match(plain, place)) and (place == start or plain[place - 1] not in ".0123456789")


def _stated(plain: str, start: int, low: int, end: int) -> Iterator[Demand]:
    for match in q.STATED.finditer(plain, low, end):
        words = next(name for name in ("value", "with", "than") if match[name])
        yield Demand(*match.span(), _quantity(plain, start, match.start()), _op(match), range(*match.span(words)), "")
    for match in q.COVERED.finditer(plain, low, end):
        yield Demand(*match.span(), _quantity(plain, start, match.start()), "=", Decimal(100), "%")


def _compared(plain: str, start: int, low: int, end: int) -> Iterator[Demand]:
    at = low
    while (match := q.COMPARED.search(plain, at, end)) is not None:
        at = match.end()
        demand = _demand(plain, start, match) if _is_comparison(plain, start, match) else None
        if demand is not None:
            more = list(_further(plain, start, at, end))
            yield from (demand, *more)
            at = more[-1].end if more else at


def _is_comparison(plain: str, start: int, match: re.Match[str]) -> bool:
    if match["unit"].endswith("元"):
        return not _is_granted(plain, start, match.start(), match.end())
    if match["unit"] == "年":
        return not (match["eq"] or q.BIG_YEAR.match(plain, match.start("value")))
    return match["unit"] != "级" or match["value"].isdigit()


def _further(plain: str, start: int, at: int, end: int) -> Iterator[Demand]:
    """Further quantities under the same verb or comparison: 至少配建1处……和1处……."""
    while (match := q.FOLLOWS.match(plain, at, end)) is not None and not re.search(q.COMPARE, match[0]):
        at = match.end()
        demand = _demand(plain, start, match, begin="value")
        if demand is not None and _is_thing(plain, match):
            yield demand


def _within(plain: str, start: int, low: int, end: int) -> Iterator[Demand]:
    for match in q.WITHIN.finditer(plain, low, end):
        demand = _demand(plain, start, match)
        if demand is not None:
            yield demand


def _bounded(plain: str, start: int, low: int, end: int) -> Iterator[Demand]:
    for match in q.BOUND.finditer(plain, low, end):
        if match["unit"] == "年" or _is_scope(plain, start, match):
            continue
        demand = _demand(plain, start, match)
        if demand is not None:
            yield demand


def _is_scope(plain: str, start: int, match: re.Match[str]) -> bool:
    """Whether a bound only says which things are meant: 5000平方米以上工地, 60周岁以上老人, 对30人以下的企业."""
    after = plain[match.end() : match.end() + 1]
    before = plain[max(start, match.start() - 6) : match.start()]
    if match.start() == start or before[-1:] in "满岁对":
        return True
    goes_on = "\u4e00" <= after <= "\u9fff" or after == "("
    return goes_on and not q.MAKES_AT_END.search(before)


def _made(plain: str, start: int, low: int, end: int) -> Iterator[Demand]:
    at = low
    while (match := q.MADE.search(plain, at, end)) is not None:
        at = match.end()
        demand = _demand(plain, start, match, begin="value") if _is_made(plain, start, match) else None
        if demand is not None:
            more = list(_further(plain, start, at, end))
            yield from (demand, *more)
            at = more[-1].end if more else at


def _closed(plain: str, start: int, low: int, end: int) -> Iterator[Demand]:
    for match in q.CLOSING.finditer(plain, low, end):
        if match["unit"] not in ("年", "日", "天", "岁") and _is_made(plain, start, match):
            demand = _demand(plain, start, match)
            if demand is not None:
                yield demand


def _opened(plain: str, start: int, low: int, end: int) -> Iterator[Demand]:
    """What the first words of an item count: 3.3个县试点……; 4.5小时内……."""
    if low != start:
        return
    match = q.WITHIN_FIRST.match(plain, start, end) or q.OPENING.match(plain, start, end)
    if match is not None and _is_thing(plain, match):
        demand = _demand(plain, start, match)
        if demand is not None:
            yield demand


def _is_made(plain: str, start: int, match: re.Match[str]) -> bool:
    """Whether a counted thing is one to be made or done, not a time, a rank, a grant or the points of a paper."""
    value = match.start("value")
    before = plain[max(start, match.start() - 6) : match.start()]
    if re.search(r"(?:已|上年|去年)$", before) or not _is_thing(plain, match):
        return False
    if match["unit"] in _TIMES or match["unit"].endswith(("日", "天")):
        return bool(re.search(r"(?:压|缩|降|减).{0,5}$", plain[max(start, value - 8) : value]))
    return not match["unit"].endswith("元") or _is_sum_demanded(plain, start, value)


def _is_thing(plain: str, match: re.Match[str]) -> bool:
    if match["unit"] in ("日", "年", "次", "级", "分", "层") and not match["over"]:
        return False
    return not (match["unit"] in ("个", "项", "件") and q.WHOLE.match(plain, match.end()))


_STREAMS: tuple[_Stream, ...] = (_percents, _stated, _compared, _within, _bounded, _made, _closed, _opened)
"""The forms of demands, the surer first: what one has taken, the next leaves alone."""
