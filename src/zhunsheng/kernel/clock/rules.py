"""Time limits 法定期限 as data: the pack ``time_limits``, with what the county itself sets laid over it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from difflib import get_close_matches
from typing import Any, Final, Literal

from zhunsheng.kernel import packs
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.packs import BadPack, Pack

Unit = Literal["wd", "d", "m", "y", "h", "date", "none"]
Roll = Literal["yes", "no", "warn"]
UNITS: Final[Mapping[str, str]] = {"wd": "个工作日", "d": "日", "m": "个月", "y": "年", "h": "小时"}
SIDES: Final[Mapping[str, str]] = {"A": "行政机关", "P": "当事人", "C": "法院", "R": "复议机关"}
COUNTED: Final = ("n", "unit", "direction", "roll", "first_day", "reading", "dates")
ROLLS: Final[dict[object, Roll]] = {True: "yes", False: "no", "warn": "warn"}


class UnknownRule(Refused):
    """No such rule in the pack; ``suggestions`` are the ids that were perhaps meant."""

    def __init__(self, given: str, suggestions: list[str]) -> None:
        self.suggestions = suggestions
        hint = f"是不是要：{'、'.join(suggestions)}？" if suggestions else "编号是一个字母加两位数，例如 R03、P02。"
        super().__init__("unknown_rule", f"期限库里没有“{given}”。{hint}")


@dataclass(frozen=True, slots=True)
class Act:
    """A law or a family of rules; ``counting`` says in Chinese how it counts, ``working`` which day numbers are working days."""

    name: str
    title: str
    counting: str
    roll: Roll
    working: frozenset[int] | None = None
    working_up_to: int | None = None
    working_all: bool = False

    def works(self, n: int) -> bool | None:
        """Whether a period of ``n`` days is one of working days; ``None`` where each article says so itself."""
        if self.working_all:
            return True
        if self.working_up_to is not None:
            return n <= self.working_up_to
        return None if self.working is None else n in self.working


@dataclass(frozen=True, slots=True)
class Allowed:
    """One extension that a rule allows; ``n`` is ``None`` where the approver sets the length."""

    n: int | None
    unit: Unit
    approver: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Regional:
    """What differs in one region; ``None`` means: as everywhere."""

    region: str
    n: int | None = None
    unit: Unit | None = None
    roll: Roll | None = None
    article: str | None = None
    note: str | None = None
    dates: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """One version of one rule. ``n`` is ``None`` where the county must set it; ``unit`` "none" is no time limit at all.

    ``bound`` "floor" is a least time (at least 30 days of consultation), "limit" a latest day. ``valid_from`` is the
    first day of this version, ``valid_to`` the first day after it. ``dates`` are (month, day) of unit "date".
    """

    id: str
    title: str
    act: Act
    article: str
    side: str
    trigger: str
    unit: Unit
    n: int | None = None
    direction: Literal["after", "before"] = "after"
    bound: Literal["limit", "floor"] = "limit"
    roll: Roll = "yes"
    first_day: Literal["excluded", "counted"] = "excluded"
    reading: Literal["strict", "lenient"] = "strict"
    dates: tuple[tuple[int, int], ...] = ()
    extensions: tuple[Allowed, ...] = ()
    suspensions: tuple[str, ...] = ()
    verified: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    silence: str = ""
    value: str = ""
    regional: tuple[Regional, ...] = ()

    @property
    def source(self) -> str:
        """Law and article, as a reader is told it."""
        return f"{self.act.title}，{self.article}" if self.article else self.act.title

    @property
    def length(self) -> str:
        """As printed: 5个工作日, 60日, 3月1日; "" where there is none."""
        if self.dates:
            return "、".join(f"{month}月{day}日" for month, day in self.dates)
        return f"{self.n}{UNITS[self.unit]}" if self.n is not None else ""

    @property
    def digest(self) -> str:
        """Sixteen characters that change whenever anything that bears on the computation does."""
        counted = "\n".join(f"{name}={getattr(self, name)}" for name in COUNTED)
        return hashlib.sha256(counted.encode()).hexdigest()[:16]

    def holds(self, day: date) -> bool:
        """Whether this version is in force on ``day``."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)

    def within(self, region: str) -> TimeLimit:
        """The rule as it stands in ``region``: the value of the nearest region above it."""
        own = {value.region: value for value in self.regional}
        found = next((own[code] for code in chain(region) if code in own), None)
        if found is None:
            return self
        given = {f.name: getattr(found, f.name) for f in fields(found) if f.name != "region"}
        return replace(self, **{name: value for name, value in given.items() if value is not None})


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules by id, each with its versions, newest first."""

    version: str
    rules: Mapping[str, tuple[TimeLimit, ...]]
    acts: Mapping[str, Act]

    def versions(self, rule_id: str) -> tuple[TimeLimit, ...]:
        """All versions of a rule. Raises ``UnknownRule``."""
        wanted = canonical(rule_id)
        if wanted not in self.rules:
            raise UnknownRule(rule_id, suggestions(wanted, self))
        return self.rules[wanted]

    def at(self, rule_id: str, day: date, region: str = "") -> TimeLimit:
        """The version in force on ``day`` as it stands in ``region``. Raises ``Refused``."""
        versions = self.versions(rule_id)
        found = next((version for version in versions if version.holds(day)), None)
        if found is None:
            spans = "；".join(_span(version) for version in versions)
            raise Refused("not_in_force", f"{versions[0].id}“{versions[0].title}”在 {day} 不适用：{spans}。")
        return found.within(region)

    def siblings(self, rule_id: str) -> tuple[TimeLimit, ...]:
        """The newest versions of the other rules under the same number (R04 → R04-2)."""
        stem = rule_id[:3]
        return tuple(v[0] for key, v in self.rules.items() if key[:3] == stem and key != rule_id)


def canonical(rule_id: str) -> str:
    """An id as it may be typed (``r03``, ``R3``, full width) in its proper form."""
    folded = rule_id.strip().upper().translate({0xFEE0 + code: code for code in range(0x21, 0x7F)})
    match = re.fullmatch(r"([A-Z])0?(\d{1,2})(-\d)?", folded)
    return f"{match[1]}{int(match[2]):02d}{match[3] or ''}" if match else folded


def suggestions(wanted: str, book: RuleBook) -> list[str]:
    """Up to three ids that were perhaps meant: by their letters, or by words of their titles."""
    by_words = [key for key, versions in book.rules.items() if len(wanted) > 1 and wanted in versions[0].title]
    return (by_words or get_close_matches(wanted, list(book.rules), n=3, cutoff=0.5))[:3]


def chain(region: str) -> tuple[str, ...]:
    """The regions whose values hold in ``region``, nearest first, the whole country ("") last.

    A GB/T 2260 code lies in its prefecture (first four digits) and province (first two): 450103 → 450100 → 450000.
    """
    codes = [region]
    if re.fullmatch(r"\d{6}|\d{9}|\d{12}", region):
        codes += [region[:9], region[:6]] if len(region) > 6 else []
        codes += [f"{region[:4]}00", f"{region[:2]}0000"]
    return tuple(dict.fromkeys([*codes, ""]))


def book() -> RuleBook:
    """The rules in force here: the shipped pack and, over it, the county's ``time_limits_local``. Raises ``BadPack``."""
    return composed(packs.load("time_limits"), packs.load("time_limits_local"))


def composed(base: Pack, local: Pack) -> RuleBook:
    """The pack with the county's changes laid over it. Raises ``BadPack`` with the rule's id."""
    stamps = tuple((pack.where, pack.where.stat().st_mtime_ns, pack.version) for pack in (base, local))
    cached = _COMPOSED.get("book")
    if cached is None or cached[0] != stamps:
        cached = _COMPOSED["book"] = (stamps, merged(base, local))
    return cached[1]


_COMPOSED: dict[str, tuple[tuple[Any, ...], RuleBook]] = {}


def merged(base: Pack, local: Pack) -> RuleBook:
    """One book of both packs; a county's value counts as checked by the county."""
    raw_acts = {**base.content["acts"], **local.content.get("acts", {})}
    acts = {name: _act(name, raw) for name, raw in raw_acts.items()}
    backward = local.content.get("backward", base.content["backward"])
    raw_rules: dict[str, list[dict[str, Any]]] = dict(base.content["rules"])
    for rule_id, change in local.content["rules"].items():
        raw_rules[rule_id] = _patched(rule_id, raw_rules.get(rule_id, []), change, local)
    rules = {
        rule_id: tuple(
            _rule(rule_id, raw, acts, backward, base if rule_id not in local.content["rules"] else local)
            for raw in versions
        )
        for rule_id, versions in raw_rules.items()
    }
    return RuleBook(f"{base.version}/{local.version}", rules, acts)


def _patched(rule_id: str, versions: list[dict[str, Any]], change: Any, pack: Pack) -> list[dict[str, Any]]:
    """The versions with the county's change: a list replaces them, single values are laid over each."""
    if isinstance(change, list):
        return change
    if not versions:
        raise BadPack(f"规则包 {pack.where} 的 rules/{rule_id}：期限库里没有这个编号，新增的要写全（用列表）。")
    return [{**raw, "verified": True, **change} for raw in versions]


def _act(name: str, raw: Mapping[str, Any]) -> Act:
    working = raw.get("working")
    return Act(
        name,
        raw["title"],
        raw["counting"],
        ROLLS[raw["roll"]],
        None if working is None else frozenset(working),
        raw.get("working_up_to"),
        raw.get("working_all", False),
    )


def _rule(rule_id: str, raw: Mapping[str, Any], acts: Mapping[str, Act], backward: Any, pack: Pack) -> TimeLimit:
    """One version, checked against the way of counting of its law. Raises ``BadPack``."""
    place = f"规则包 {pack.where} 的 rules/{rule_id}"
    act = acts.get(raw["act"])
    if act is None:
        raise BadPack(f"{place}：acts 里没有“{raw['act']}”。")
    _check(place, raw, act)
    plain = ("title", "article", "side", "trigger", "unit", "n", "direction", "bound", "first_day", "verified")
    dated = ("valid_from", "valid_to", "note", "silence", "value")
    given = {name: raw[name] for name in (*plain, *dated) if name in raw}
    return TimeLimit(
        id=rule_id,
        act=act,
        roll=ROLLS[raw["roll"]] if "roll" in raw else act.roll,
        reading=raw.get("reading", backward),
        dates=_dates(raw.get("dates", ())),
        extensions=tuple(_extensions(raw.get("extensions", ()))),
        suspensions=tuple(raw.get("suspensions", ())),
        regional=tuple(_regional(region, value) for region, value in raw.get("regional", {}).items()),
        **given,
    )


def _check(place: str, raw: Mapping[str, Any], act: Act) -> None:
    """What a schema cannot say. Raises ``BadPack``."""
    for name in ("valid_from", "valid_to"):
        if name in raw and type(raw[name]) is not date:
            raise BadPack(f"{place}：{name} 应当写成日期，例如 2024-01-01。")
    if raw["unit"] in {"d", "wd"} and "n" in raw and raw.get("working_by_act", True):
        works = act.works(raw["n"])
        if works is not None and works != (raw["unit"] == "wd"):
            raise BadPack(f"{place}：{act.title}里 {raw['n']} 日{'是' if works else '不是'}工作日，unit 写反了。")
    if raw["unit"] == "date" and "dates" not in raw:
        raise BadPack(f"{place}：固定日期要写 dates，例如 [03-01]。")
    if raw["unit"] == "none" and not raw.get("value"):
        raise BadPack(f"{place}：不是期限的，要用 value 写明是什么。")


def _dates(raw: Iterable[str]) -> tuple[tuple[int, int], ...]:
    return tuple((int(text[:2]), int(text[3:])) for text in raw)


def _extensions(raw: Iterable[Mapping[str, Any]]) -> Iterable[Allowed]:
    for one in raw:
        allowed = Allowed(one.get("n"), one["unit"], one["approver"], one.get("note", ""))
        yield from [allowed] * one.get("times", 1)


def _regional(region: str, raw: Mapping[str, Any]) -> Regional:
    return Regional(
        str(region),
        raw.get("n"),
        raw.get("unit"),
        ROLLS[raw["roll"]] if "roll" in raw else None,
        raw.get("article"),
        raw.get("note"),
        _dates(raw["dates"]) if "dates" in raw else None,
    )


def _span(version: TimeLimit) -> str:
    begins = f"{version.valid_from} 起" if version.valid_from else ""
    ends = f"到 {version.valid_to} 前" if version.valid_to else ""
    return f"{version.act.title}这一版{begins}{ends}施行" if begins or ends else "期限库没有收这一版"
