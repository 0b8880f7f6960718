"""The forms in which a demand on a quantity is printed, each with what makes the same words none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from . import quantities as q
from .demand import Demand, clause_before, demand_of, operator, quantity

_TIMES = ("分钟", "小时", "秒", "周", "个月", "日", "天")

Stream = Callable[[str, int, int, int], Iterator[Demand]]
"""Finds demands of one form between two places (last two arguments); it may look back to the first."""


def _is_granted(plain: str, start: int, place: int, end: int) -> bool:
    """Whether a sum of money is what a rule grants or takes, told before it in the sentence or right after it."""
    if q.GRANTS.search(clause_before(plain, start, place, "。;")[-40:]):
        return True
    return bool(re.match("的?(?:一次性)?(?:奖励|补助|补贴|资助)", plain[end : end + 8]))


def _is_sum_demanded(plain: str, start: int, place: int) -> bool:
    words = clause_before(plain, start, place)[-24:]
    return not q.GRANTS.search(words) and bool(q.ASKS_SUM.search(words))


def _percents(plain: str, start: int, low: int, end: int) -> Iterator[Demand]:
    last = -1
    for match in q.PERCENT.finditer(plain, low, end):
        spoken = match["value"].startswith("百分之")
        if not (match["sign"] or match["sign2"] or spoken):
            continue
        follows = match.start() - 1 == last and plain[last] in "、和及"
        if not follows and not _is_demanded(plain, start, end, match):
            continue
        demand = demand_of(
            plain, start, match, unit="sign" if match["sign"] else "sign2" if match["sign2"] else "value"
        )
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


def stated(plain: str, start: int, low: int, end: int) -> Iterator[Demand]:
    """Demands without a number: 低于全省平均水平, 全覆盖."""
    for match in q.STATED.finditer(plain, low, end):
        words = next(name for name in ("value", "with", "than") if match[name])
        yield Demand(
            *match.span(), quantity(plain, start, match.start()), operator(match), range(*match.span(words)), ""
        )
    for match in q.COVERED.finditer(plain, low, end):
        yield Demand(*match.span(), quantity(plain, start, match.start()), "=", Decimal(100), "%")


def _compared(plain: str, start: int, low: int, end: int) -> Iterator[Demand]:
    at = low
    while (match := q.COMPARED.search(plain, at, end)) is not None:
        at = match.end()
        demand = demand_of(plain, start, match) if _is_comparison(plain, start, match) else None
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


def _bare(plain: str, start: int, low: int, end: int) -> Iterator[Demand]:
    for match in q.BARE.finditer(plain, low, end):
        demand = demand_of(plain, start, match, unit="")
        if demand is not None:
            yield demand


def _further(plain: str, start: int, at: int, end: int) -> Iterator[Demand]:
    """Further quantities under the same verb or comparison: 至少配建1处……和1处……."""
    while (match := q.FOLLOWS.match(plain, at, end)) is not None and not re.search(q.COMPARE, match[0]):
        at = match.end()
        demand = demand_of(plain, start, match, begin="value")
        if demand is not None and _is_thing(plain, match):
            yield demand


def _within(plain: str, start: int, low: int, end: int) -> Iterator[Demand]:
    for match in q.WITHIN.finditer(plain, low, end):
        demand = demand_of(plain, start, match)
        if demand is not None:
            yield demand


def _bounded(plain: str, start: int, low: int, end: int) -> Iterator[Demand]:
    for match in q.BOUND.finditer(plain, low, end):
        if match["unit"] == "年" or _is_scope(plain, start, match):
            continue
        demand = demand_of(plain, start, match)
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
        demand = demand_of(plain, start, match, begin="value") if _is_made(plain, start, match) else None
        if demand is not None:
            more = list(_further(plain, start, at, end))
            yield from (demand, *more)
            at = more[-1].end if more else at


def _closed(plain: str, start: int, low: int, end: int) -> Iterator[Demand]:
    for match in q.CLOSING.finditer(plain, low, end):
        if match["unit"] not in ("年", "日", "天", "岁") and _is_made(plain, start, match):
            demand = demand_of(plain, start, match)
            if demand is not None:
                yield demand


def _opened(plain: str, start: int, low: int, end: int) -> Iterator[Demand]:
    """What the first words of an item count: 3.3个县试点……; 4.5小时内……."""
    if low != start:
        return
    match = q.WITHIN_FIRST.match(plain, start, end) or q.OPENING.match(plain, start, end)
    if match is not None and _is_thing(plain, match):
        demand = demand_of(plain, start, match)
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


STREAMS: tuple[Stream, ...] = (_percents, stated, _compared, _bare, _within, _bounded, _made, _closed, _opened)
"""The forms of demands, the surer first: what one has taken, the next leaves alone."""
