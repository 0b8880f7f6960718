"""What a group phrase 泛指 says, by the rules of the pack ``groups``: which kinds of units, where. No database here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from opencc import OpenCC

from zhunsheng.kernel import packs
from zhunsheng.people.models import UnitKind

if TYPE_CHECKING:
    from zhunsheng.people.models import Division, Unit

_BRACKETS: Final = str.maketrans({"〔": "(", "〕": ")", "[": "(", "]": ")", "<": "(", ">": ")", "〈": "(", "〉": ")"})
_REMARK: Final = re.compile(r"\((?:含|包括|下同|以下|不含)[^()]*\)")
_PARTY: Final = re.compile(r"党(?:工)?委[、和](?=人民政府|政府|办事处)")
_PARTING: Final = re.compile(r"[、,，/;；]|以及|和|及|(?<!涉)与")
_AREA: Final = re.compile(r"^(?:全|本|我)(?=[县市区旗州盟])")
_LEVEL_WORDS: Final = {"区": "城?区", "市": "市", "县": "县", "旗": "旗", "州": "州", "盟": "盟"}


@dataclass(frozen=True, slots=True)
class Rule:
    """Units of these kinds, at this place, with names like this."""

    id: str
    kinds: frozenset[UnitKind]
    below: bool
    named: str = ""

    def takes(self, unit: Unit, division: Division) -> bool:
        """Whether a unit at or below ``division`` is meant."""
        if unit.kind not in self.kinds or not (self.below or unit.division_id == division.pk):
            return False
        return not self.named or any(re.search(self.named, name) for name in (unit.name, unit.short_name))


@dataclass(frozen=True, slots=True)
class Meaning:
    """The rules that a phrase names. ``certain`` is false where they only say among whom a person must choose."""

    rules: tuple[Rule, ...]
    certain: bool


OPEN: Final = Meaning((), certain=False)


def key(phrase: str) -> str:
    """One spelling: half-width, simplified, without white space, brackets of one kind."""
    text = "".join(unicodedata.normalize("NFKC", phrase).split()).translate(_BRACKETS)
    return text if text.isascii() else _simplifier().convert(text)


def meaning(phrase: str, division: Division) -> Meaning:
    """What ``phrase`` means in a plan of ``division``. ``OPEN`` where the rules say nothing about it."""
    pack = packs.load("groups").content
    text = key(phrase)
    found = [word for word in pack["open_words"] if word in text]
    if not set(found) <= set(pack["choose_words"]):
        return OPEN
    for word in found:
        text = text.replace(word, "")
    named = _rules_of(text, division, pack)
    return Meaning(named, certain=not found) if named else OPEN


def _rules_of(text: str, division: Division, pack: dict[str, Any]) -> tuple[Rule, ...]:
    """The rule of every part of the phrase, each once; none if one part has no rule."""
    own = own_words(division)
    first, prefix = True, ""
    found: dict[str, Rule] = {}
    for part in _parts(text, division):
        rule = _rule_of(part, own, division, pack) or (prefix and _rule_of(prefix + part, own, division, pack))
        if not rule:
            return ()
        found[rule.id] = rule
        if first:
            first, prefix = False, _prefix(part, own)
    return tuple(found.values())


def _parts(text: str, division: Division) -> list[str]:
    """The members of the phrase: 各乡(镇)政府、街道 gives 乡, 镇政府, 街道."""
    text = _PARTY.sub("党委", _REMARK.sub("", text)).replace("(", "、").replace(")", "").replace("各", "")
    parts = [_AREA.sub("", part) for part in _PARTING.split(text)]
    return [_without_place(part, division) for part in parts if part]


def _without_place(part: str, division: Division) -> str:
    """A part without the words that say what goes without saying: 全县乡镇, 云溪县街道."""
    for place in (division.name, division.name[-1:]):
        rest = part.removeprefix(place)
        if rest != part and re.match(r"(?:乡|镇|街|村|社区|苏木)(?!直|级)", rest):
            return rest
    return part


def _prefix(part: str, own: str) -> str:
    """What later members share with the first: 县直部门、单位 means 县直单位 too."""
    shared = re.match(rf"{own}(?:人民政府|政府|直属|直|级)", part)
    return shared[0] if shared else ""


def own_words(division: Division) -> str:
    """How a plan of ``division`` speaks of its own level, as a pattern: 云溪县 or 县, of a district 区 or 城区."""
    level = _LEVEL_WORDS.get(division.name[-1:], re.escape(division.name[-1:]))
    return f"(?:{re.escape(division.name)}|{re.escape(division.name[:-1])}|本级|{level})"


def _rule_of(part: str, own: str, division: Division, pack: dict[str, Any]) -> Rule | None:
    """The first rule of the pack that the whole part satisfies and that a plan of this level may speak of."""
    for row in pack["rules"]:
        if division.kind in row["from"] and _pattern(row["pattern"], own).fullmatch(part):
            return Rule(
                id=row["id"],
                kinds=frozenset(map(UnitKind, row["kinds"])),
                below=row["place"] == "below",
                named=row.get("named", ""),
            )
    return None


@lru_cache(maxsize=512)
def _pattern(written: str, own: str) -> re.Pattern[str]:
    return re.compile(written.replace("{own}", own))


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")
