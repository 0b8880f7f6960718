"""Who answers for what: the marks by which a plan names its units, and the roles that they give.

Three printed forms carry units: a label with a colon (责任单位：…), alone in a line, after a sentence or inside
any bracket; a bracket whose words give the roles (甲牵头，乙、丙配合); and a bare bracket of names that closes a
sentence. Prose that merely mentions a unit gives none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .brackets import Brackets
from .fold import LINE, Script
from .labels import OPENING, ROLE, Labels
from .role_words import is_definition, role_of, without_verb
from .roles import Meaning, Named, Names, read_names
from .units import is_bare_kind, looks_like_name


@dataclass(slots=True)
class Attribution:
    """One place of the text that names units, from its label or bracket to its end."""

    start: int
    end: int
    names: list[Named] = field(default_factory=list)
    open_ended: bool = False
    whole_line: bool = False
    meanings: list[Meaning] = field(default_factory=list)


def label_text(script: Script, match: re.Match[str]) -> str:
    """The words of a label as printed."""
    return script.printed(match.start("role"), match.end("role"))


class _Stretch:
    """The text between two places, with what is asked of it again and again found once."""

    def __init__(self, script: Script, start: int, end: int) -> None:
        self.script, self.end = script, end
        self.labels = Labels(script.plain, start, end)
        self.brackets = Brackets(script.plain, start, end)
        self._ends: dict[int, int] = {}

    def list_end(self, start: int, limit: int) -> int:
        """Where the list after a label outside brackets ends: at the next label at the latest."""
        if start not in self._ends:
            self._ends[start] = self._list_end(start, limit)
        return min(self._ends[start], limit)

    def _list_end(self, start: int, limit: int) -> int:
        label = self.labels.next(start, limit)
        return min(label, _list_end(self.script, start, min(limit, label + _SLACK)))


_SLACK = 120
"""How many characters behind the end of a list are looked at to see whether it goes on."""
_ENTRY = re.compile("[^、,;。]*")


def _list_end(script: Script, start: int, limit: int) -> int:
    """Where a list that no bracket closes ends: at the end of its line, unless the list plainly goes on."""
    plain, at = script.plain, start
    while at < limit:
        line = script.next_line(at, limit)
        stop = _sentence_end(plain, at, line)
        if stop < line or line >= limit:
            return stop
        if not _goes_on(script, start, line, limit):
            return line
        at = line
    return limit


def _goes_on(script: Script, start: int, line: int, limit: int) -> bool:
    plain = script.plain
    if line == start:
        return True
    after = script.next_line(line, limit)
    words = plain[line:after].rstrip("。;,、")
    if plain[line - 1] in "、,(" or plain[line] in "、,)":
        return True
    if plain[line - 1] in "。;":
        return False
    if _name_breaks(plain, start, line, words):
        return True
    entries = re.split("[、,;]", words)
    return len(words) < 80 and all(looks_like_name(without_verb(entry)) for entry in entries if entry)


def _name_breaks(plain: str, start: int, line: int, words: str) -> bool:
    """Whether the line ends inside a name that the next line completes."""
    begun = re.split("[、,;:。]", plain[max(start, line - 40) : line])[-1]
    rest = re.split("[、,;。(]", words, maxsplit=1)[0]
    return (
        bool(begun) and len(rest) <= 12 and not looks_like_name(begun) and looks_like_name(without_verb(begun + rest))
    )


def _sentence_end(plain: str, start: int, end: int) -> int:
    """The first 。 after which no more names follow (a list may itself be parted by 。)."""
    at = start
    while (stop := plain.find("。", at, end)) >= 0:
        entry = _ENTRY.match(plain, stop + 1, min(end, stop + _SLACK))
        if entry is None or not entry[0] or not looks_like_name(without_verb(entry[0])):
            return stop
        at = stop + 1
    return end


def _labelled(around: _Stretch, start: int, end: int, *, bracket: bool) -> Attribution | None:
    """A run of labels and lists between two places (inside a bracket, or to the end of the list)."""
    plain = around.script.plain
    result = Attribution(start, end)
    at = start
    while at < end:
        match = ROLE.search(plain, at, end)
        if match is None:
            break
        if match["colon"] is None and not (
            bracket and (match.start() == start or plain[match.start() - 1] in ",;。、")
        ):
            at = match.end()
            continue
        find_end = around.labels.next if bracket else around.list_end
        stop = find_end(match.end(), end)
        _take(around.script, result, match, stop)
        at = stop
    if not result.names:
        return None
    result.end = end if bracket else at
    return result


def _take(script: Script, result: Attribution, match: re.Match[str], stop: int) -> None:
    label, role = label_text(script, match), role_of(match["role"])
    names = read_names(script, match.end(), stop, role, label, told=role == "lead")
    collect(result, names)


def collect(result: Attribution, names: Names) -> None:
    """Add the names of a list to a place."""
    result.names += names.found
    result.meanings += names.meanings
    result.open_ended = result.open_ended or names.open_ended


def _bracketed(around: _Stretch, place: int) -> Attribution | None:
    script, limit = around.script, around.end
    plain, inner = script.plain, place + 1
    close = around.brackets.closing(place)
    end = close if close is not None else _list_end(script, inner, around.brackets.next_open(place, limit))
    outer = end + 1 if close is not None else end
    if ROLE.search(plain, inner, end) is not None:
        found = _labelled(around, inner, end, bracket=True)
        if found is not None:
            return replace(found, start=place, end=outer)
    if not inner < end or end - inner > 400 or plain[inner] in "([<":
        return None
    names = read_names(script, inner, end, "responsible", "", told=False)
    if not names.found or not are_names(script, names, plain[inner:end]):
        return None
    bare = all(not name.label for name in names.found)
    if bare and not _closes_sentence(script, place, outer, limit):
        return None
    result = Attribution(place, outer)
    collect(result, names)
    return result


def _after_bracketed_label(around: _Stretch, place: int) -> Attribution | None:
    """A list whose label stands in a bracket of its own: 【责任单位】县司法局、县财政局."""
    plain, close = around.script.plain, around.brackets.closing(place)
    label = ROLE.fullmatch(plain, place + 1, close) if close is not None else None
    if label is None or close is None:
        return None
    stop = min(around.list_end(close + 1, around.end), around.brackets.next_open(close + 1, around.end))
    result = Attribution(place, stop, whole_line=around.script.starts_line(place))
    names = read_names(
        around.script, close + 1, stop, role_of(label["role"]), label_text(around.script, label), told=False
    )
    collect(result, names)
    return result if result.names else None


def are_names(script: Script, names: Names, words: str) -> bool:
    """Whether what was read as a list of names is one, and not a remark."""
    found = [script.plain[name.start : name.end] for name in names.found]
    if is_definition("(" + words) or "《" in words or re.search(r"%|第[一二三四五六七八九十\d]+[条号]", words):
        return False
    if not found or all(is_bare_kind(name) for name in found) or (len(found) == 1 and len(found[0]) < 3):
        return False
    named = sum(1 for name in found if looks_like_name(name))
    covered = sum(len(name) for name in found)
    told = any(name.label for name in names.found)
    if told:
        return looks_like_name(found[0]) and named * 2 >= len(found)
    return named == len(found) and covered * 2 >= len(words)


def _closes_sentence(script: Script, place: int, outer: int, limit: int) -> bool:
    plain = script.plain
    if (
        place
        and plain[place - 1] not in '。;,!"》)]'
        and not (outer >= limit or script.gaps[outer] >= LINE or plain[outer] in "。;")
    ):
        return False
    return outer >= limit or script.gaps[outer] >= LINE or plain[outer] in "。;" or plain[place - 1] in "。;,"


def attributions(script: Script, start: int, end: int) -> Iterator[Attribution]:
    """All places between two places of the text that name units, in order."""
    around, at, barren = _Stretch(script, start, end), start, start
    while (match := OPENING.search(script.plain, at, end)) is not None:
        place, found = match.start(), None
        if match[0] in "([<":
            found, at = _bracketed(around, place) or _after_bracketed_label(around, place), place + 1
        else:
            at = match.end()
            if place >= barren:
                # A run of labels that names nobody is not read again from each of its labels.
                barren = _open_limit(around, place)
                found = _open(around, place, barren)
        if found is not None:
            yield found
            at = max(found.end, place + 1)


def _open(around: _Stretch, place: int, end: int) -> Attribution | None:
    found = _labelled(around, place, end, bracket=False)
    if found is None:
        return None
    found.whole_line = around.script.starts_line(place)
    return found


def _open_limit(around: _Stretch, place: int) -> int:
    """A label outside brackets speaks for its own line and for label lines right after it."""
    plain, end, limit = around.script.plain, place, around.end
    while end < limit:
        match = ROLE.match(plain, end)
        if match is None or match["colon"] is None:
            break
        end = max(around.list_end(match.end(), limit), match.end())
        while end < limit and plain[end] in ";。,、" and ROLE.match(plain, end + 1):
            end += 1
    return end
