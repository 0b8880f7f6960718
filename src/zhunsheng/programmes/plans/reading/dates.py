"""Due dates: the day by which the text wants something done.

A date is due only where the text says so (前, 底, 内, 完成 …). The year that a plan leaves out is the plan's own.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .model import Per
from .numerals import NUMERAL, whole
from .ranges import Ranges
from .vocabulary import one_of

YEAR = r"(?:20\d{2}|19\d{2}|二[〇零][〇零一二三四五六七八九]{2}|二[〇零]一[〇零]|二十一世纪末)年"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
_QUARTER = r"(?:第?[一二三四1-4]|首)季度"
_HALF = r"[上下]半年"
_BEFORE = r"(?:之前|以前|前|之内|以内)"
_DONE = (
    one_of("全面 基本 率先 如期 力争 全部 初步 整体 陆续 分批 要 应 必须 前 之前 以前")
    + "*"
    + one_of(
        """
    实现 完成 建成 达到 达标 投用 投入使用 到位 出台 印发 启动 报送 上报 办结 实施 建立 制定 形成 取得 基本实现 基本建成 基本形成 基本达到 力争
    """
    )
)
_PERIOD: dict[str, Per] = {
    "周": "week",
    "月": "month",
    "季": "quarter",
    "季度": "quarter",
    "半年": "half_year",
    "年": "year",
    "年度": "year",
    "学期": "half_year",
}

_RECURRING = re.compile(
    rf"每(?:个)?(?P<per>季度|季|半年|月|年度|年|周|学期)(?:的|首月|第一个月|首个月|末月|次月|终了后?|结束后?|初)*"
    rf"(?P<when>(?:{_MONTH}(?:{_DAY}|底|末|初|上旬|中旬|下旬)?|{_DAY}|{_QUARTER}|{_HALF}|年?底|年?末|{NUMERAL}个?(?:工作)?日)(?:之?[前内]|以前|以内)?)"
)
_SINGLE = re.compile(
    rf"""(?=[到至今当本明次翌同上首第年内用力争自\d二一两三四五六七八九十下])(?:(?P<to>[到至])(?P<ty>{YEAR}|{_MONTH})(?P<tmonth>{_MONTH})?(?P<tend>{_DAY}|年?底|年?末)?(?:{_BEFORE})?(?![以后起]|[-至~到])
    |(?P<year>{YEAR}|今年|当年|本年|明年|次年|翌年|同年)?(?:度)?(?P<month>{_MONTH})(?P<day>{_DAY}|底|末|初|上旬|中旬|下旬)?(?P<mend>{_BEFORE}|(?={_DONE}))
    |(?P<oyear>{YEAR}|今年|当年|本年|明年|次年|翌年)?(?:度)?(?P<omonth>{_MONTH})(?P<oday>底|末|上旬|中旬|下旬)
    |(?P<qyear>{YEAR}|今年|当年|本年|明年)?(?:度)?(?P<quarter>{_QUARTER}|{_HALF})(?P<qend>(?:末|底)?(?:{_BEFORE})?|(?={_DONE}))
    |(?P<eyear>{YEAR}|今年|当年|本年度?|明年|次年)?(?P<end>(?:年?底|年?末)(?:{_BEFORE})?)(?![子层座线])
    |(?P<iyear>{YEAR}|今年|当年|本年度?|明年)?(?<![一二两三四五六七八九十\d])(?P<within>年内|内(?=.{{0,4}}{_DONE})|年度内)
    |(?P<pyear>{YEAR})(?P<pend>{_BEFORE}|(?=要?达到)|{_DONE})
    |(?:用|力争|争取|自.{{1,12}}起)?(?P<count>[一二两三四五]|\d{{1,2}})(?P<years>年)(?:左右)?(?:的)?(?:时间|之?内)(?!未|没|无|不))""",
    re.VERBOSE,
)
_YEAR_GROUPS = ("year", "oyear", "qyear", "eyear", "iyear", "pyear")
_FULL = re.compile(
    r"(?P<y>(?:19|20)\d{2})(?:[-/.](?P<m>1[0-2]|0?[1-9])(?:[-/.](?P<d>3[01]|[12]\d|0?[1-9]))?|年(?P<m2>1[0-2]|0?[1-9])月(?:(?P<d2>3[01]|[12]\d|0?[1-9])日|底|末)?)"
)
_PAST = re.compile(r"(?:截至|截止|自|从|始于|成立于|于|由|近|过去|前|起草于)$")
_AFTER_PAST = re.compile(r"^(?:以来|起|开始|后|之后|的?《|度(?!内)|期间|版|第)")
_IN_RANGE = re.compile(r"\d[-~至到]$|\d$")
_NO_DEADLINE = re.compile("[、和及各的,。至-]")
_IS_DONE = re.compile(_DONE)
_REACHES = re.compile(r"[^,。;:、()的]{0,6}率(?:要|应|须|应当)?(?:达到|不低于|保持)")
"""A rate that a quarter or half-year is to bring: 上半年化解率达到80%."""
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")


@dataclass(frozen=True, slots=True)
class When:
    """A due date between two places; ``recurs`` is the period of a recurring one (its ``day`` is None)."""

    start: int
    end: int
    day: date | None
    recurs: Per | None = None
    guessed: bool = False
    """Whether the year is not printed but that of the plan."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a plan takes for granted about dates: its own year, the last year of its span, and its day."""

    year: int | None = None
    until: int | None = None
    signed: date | None = None
    from_prose: bool = False
    """Whether the year is only the first that the text mentions."""


def _year(word: str | None, calendar: Calendar) -> int | None:
    if not word or word[:2] in ("今年", "当年", "本年", "同年"):
        return calendar.year
    if word[:2] in ("明年", "次年", "翌年"):
        return calendar.year + 1 if calendar.year is not None else None
    digits = re.sub(r"\D", "", word)
    return int(digits) if len(digits) == 4 else whole(word.rstrip("年"))


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _day_of_month(year: int, month: int, word: str | None, *, before: bool) -> date | None:
    if not word:
        if not before:
            return _last(year, month)
        return date(year - 1, 12, 31) if month == 1 else _last(year, month - 1)
    if word in ("底", "末", "下旬"):
        return _last(year, month)
    if word in ("初", "上旬", "中旬"):
        return date(year, month, 20 if word == "中旬" else 10)
    number = whole(word[:-1])
    try:
        return date(year, month, number or 0)
    except ValueError:
        return None


def _month(word: str) -> int:
    return whole(word.rstrip("份").rstrip("月")) or 12


def _quarter_end(word: str) -> int:
    if word.endswith("半年"):
        return 6 if word.startswith("上") else 12
    digit = word.removeprefix("第").removesuffix("季度")
    return 3 * (1 if digit == "首" else whole(digit) or 4)


def _of_single(match: re.Match[str], calendar: Calendar) -> tuple[date | None, bool]:
    """The day of a match, and whether its year was guessed."""
    group = match.groupdict()
    if group["to"]:
        return _of_until(group, calendar)
    if group["count"]:
        if calendar.signed is None:
            return None, True
        return _plus_years(calendar.signed, whole(group["count"]) or 0), False
    word = next((group[name] for name in _YEAR_GROUPS if group[name]), None)
    year = _year(word, calendar)
    if year is None:
        return None, True
    return _in_year(group, year), not (word and (word[0].isdigit() or word[0] == "二"))


def _of_until(group: dict[str, str | None], calendar: Calendar) -> tuple[date | None, bool]:
    """到2025年, 到2025年6月底, 到6月30日."""
    word = group["ty"] or ""
    spoken = word.rstrip("份").endswith("月")
    year = calendar.year if spoken else _year(word, calendar)
    month = word if spoken else group["tmonth"]
    if year is None:
        return None, spoken
    if not month:
        return date(year, 12, 31), spoken
    end = group["tend"]
    return _day_of_month(year, _month(month), end if end and end[-1] in "日号" else None, before=False), spoken


def _in_year(group: dict[str, str | None], year: int) -> date | None:
    if group["month"]:
        before = group["mend"] in ("前", "以前", "之前")
        return _day_of_month(year, _month(group["month"]), group["day"], before=before)
    if group["omonth"]:
        return _day_of_month(year, _month(group["omonth"]), group["oday"], before=False)
    if group["quarter"]:
        return _last(year, _quarter_end(group["quarter"]))
    return date(year, 12, 31)


def _plus_years(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def titles(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where names of documents stand (《…》): nothing in them is a demand."""
    return [match.span() for match in _TITLE.finditer(plain, start, end)]


def due_dates(plain: str, start: int, end: int, calendar: Calendar) -> Iterator[When]:
    """All due dates between two places, in order, none twice."""
    named = titles(plain, start, end)
    titled = Ranges(named)
    recurring = [
        When(*match.span(), None, _PERIOD[match["per"]])
        for match in _RECURRING.finditer(plain, start, end)
        if not titled.holds(match.start())
    ]
    taken = Ranges([*named, *((when.start, when.end) for when in recurring)])
    singles = [when for when in _singles(plain, start, end, calendar) if not taken.holds(when.start)]
    yield from sorted([*recurring, *singles], key=lambda when: when.start)


def _singles(plain: str, start: int, end: int, calendar: Calendar) -> Iterator[When]:
    for match in _SINGLE.finditer(plain, start, end):
        if _is_due(plain, match, start, end):
            day, guessed = _of_single(match, calendar)
            yield When(match.start(), match.end(), day, None, guessed)


def _is_due(plain: str, match: re.Match[str], start: int, end: int) -> bool:
    before = plain[max(start, match.start() - 4) : match.start()]
    after = plain[match.end() : min(end, match.end() + 4)]
    if (_PAST.search(before) and not before.endswith(("于", "前"))) or _IN_RANGE.search(before):
        return False
    if before.endswith(("每", "每年", "执行", "延长", "享受", "期限", "有效期", "保留", "免征")) or after.startswith(
        ("可继续", "享受", "可按", "持续", "长期")
    ):
        return False
    if match["quarter"] and not match["qend"] and not _IS_DONE.match(after):
        opens = not before or before[-1] in ",。;:" or match["qyear"] or _REACHES.match(plain, match.end(), end)
        return bool(opens) and not _NO_DEADLINE.match(after)
    if match["end"] and not match["eyear"] and match["end"] in ("底", "末"):
        return False
    if match["within"] == "内" and not match["iyear"]:
        return False
    return not _AFTER_PAST.match(after)


def column_dates(plain: str, start: int, end: int, calendar: Calendar) -> list[When]:
    """Due dates of a cell or label that holds nothing else (完成时限：2025年12月): bare dates count too."""
    found = list(due_dates(plain, start, end, calendar))
    if found:
        return found
    last = start
    for match in _FULL.finditer(plain, start, end):
        year, month = int(match["y"]), int(match["m"] or match["m2"])
        printed = match["d"] or match["d2"]
        day = _day_of_month(year, month, f"{printed}日" if printed else None, before=False)
        # two days side by side are two dates, the ends of a stretch of time are one
        found = [*(found if plain[last : match.start()] in ("、", "和", ",") else []), When(*match.span(), day)]
        last = match.end()
    return found or _bare(plain, start, end, calendar)


_BARE = re.compile(
    rf"(?P<year>{YEAR})?(?:度)?(?:(?P<month>{_MONTH})(?P<day>{_DAY}|底|末|上旬|中旬|下旬)?|(?P<quarter>{_QUARTER}|{_HALF})|(?P<all>年底|年内|底))?"
)


def _bare(plain: str, start: int, end: int, calendar: Calendar) -> list[When]:
    found: list[When] = []
    for match in _BARE.finditer(plain, start, end):
        year = _year(match["year"], calendar)
        if not any(match[name] for name in ("year", "month", "quarter", "all")) or match[0] == "底" or year is None:
            continue
        day = date(year, 12, 31)
        if match["month"]:
            day = _day_of_month(year, _month(match["month"]), match["day"], before=False) or day
        elif match["quarter"]:
            day = _last(year, _quarter_end(match["quarter"]))
        found = [When(match.start(), match.end(), day, None, match["year"] is None)]
    return found
