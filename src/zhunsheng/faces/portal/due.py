"""算期限: any rule of the pack from any day, with its article and its arithmetic. Nothing is stored; the address holds all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict

from zhunsheng.faces.guard import permitted
from zhunsheng.faces.pages import page
from zhunsheng.kernel.clock import rules, typed
from zhunsheng.kernel.clock.calendar import load
from zhunsheng.kernel.clock.days import Calendar
from zhunsheng.kernel.clock.due import due as computed
from zhunsheng.kernel.clock.results import Due, Grant, Pause
from zhunsheng.kernel.clock.rules import SIDES, UNITS, RuleBook, TimeLimit, UnknownRule
from zhunsheng.kernel.clock.wording import demand, headline, remarks
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.now import today

from .months import months

UNPROCESSABLE: Final = 422
PAUSES: Final = 5
LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks, as typed; ``pauses`` are (from, to, reason)."""

    rule: str = ""
    date: str = ""
    time: str = ""
    region: str = ""
    extend: str = ""
    extend_n: str = ""
    pauses: tuple[tuple[str, str, str], ...] = ()


@permitted
def due(request: HttpRequest) -> HttpResponse:
    """The form; the result of what the address asks; or the rules among which the words do not choose."""
    asked = _asked(request.GET)
    if not asked.rule:
        return _form(request, asked)
    try:
        return _result(request, asked)
    except UnknownRule:
        found = _search(asked.rule)
        if len(found) == 1:
            return _answered(request, asked, found[0].id)
        return _form(request, asked, found=found, error="" if found else _unknown(asked.rule))
    except Refused as error:
        return _form(request, asked, error=str(error))


def _asked(given: QueryDict) -> Asked:
    """The address, each value cut to what anybody would type."""
    columns = [given.getlist(name) for name in ("from", "to", "why")]
    length = min(PAUSES, max(map(len, columns)))
    rows = [tuple(column[i].strip()[:LONGEST] if i < len(column) else "" for column in columns) for i in range(length)]
    plain = {name: given.get(name, "").strip()[:LONGEST] for name in Asked.__slots__ if name != "pauses"}
    return Asked(**plain, pauses=tuple((a, b, c) for a, b, c in rows if a or b))


def _answered(request: HttpRequest, asked: Asked, rule_id: str) -> HttpResponse:
    """The words meant one rule only."""
    try:
        return _result(request, replace(asked, rule=rule_id))
    except Refused as error:
        return _form(request, asked, error=str(error))


def _result(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The computed date. Raises ``Refused``."""
    rule_id = asked.rule.split(maxsplit=1)[0]
    newest = rules.book().versions(rule_id)[0]
    if not asked.date:
        return _form(request, asked, rule=newest)
    trigger = typed.moment(f"{asked.date} {asked.time if newest.unit == 'h' else ''}")
    region = typed.region(asked.region)
    day = trigger.date() if isinstance(trigger, datetime) else trigger
    calendar, rule = load(region), rules.book().at(rule_id, day, region)
    found = computed(rule_id, trigger, region, _pauses(asked), _grants(asked, rule), calendar=calendar)
    context = {
        **_common(asked, rule),
        "due": found,
        "headline": headline(found),
        "remarks": list(remarks(found.rule)),
        "months": months(found, calendar),
        "years": _years(found, calendar),
        "left": calendar.between(today(), found.day) if found.day else None,
        "today": today(),
    }
    return page(request, "portal/due_result.html", context)


def _pauses(asked: Asked) -> list[Pause]:
    """The suspensions that were typed. Raises ``Refused``."""
    return [
        Pause(_day(first or last), _day(last) if last else None, why or "中止") for first, last, why in asked.pauses
    ]


def _day(text: str) -> date:
    found = typed.moment(text)
    return found.date() if isinstance(found, datetime) else found


def _grants(asked: Asked, rule: TimeLimit) -> list[Grant]:
    """The extensions that were typed: how often, and how much each where the law leaves it open. Raises ``Refused``."""
    times, more = _number(asked.extend), _number(asked.extend_n)
    slots = rule.extensions[:times]
    if times > len(slots):
        most = f"最多延长 {len(slots)} 次" if slots else "不能延长"
        raise Refused("extension_not_allowed", f"{rule.id}“{rule.title}”{most}。请把延长次数改小。")
    if any(slot.n is None for slot in slots) and not more:
        raise Refused(
            "extension_open", f"{rule.id}延长多少由{slots[-1].approver}定，请写明批准延长几{UNITS[slots[-1].unit]}。"
        )
    return [Grant(more or slot.n or 0, slot.unit, slot.approver) for slot in slots]


def _number(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise Refused("bad_number", f"延长那里写的是“{text}”，应当写数字。")
    return int(text)


def _years(found: Due, calendar: Calendar) -> list[tuple[int, bool]]:
    """The years that the arithmetic passes through, and whether each one's notice is loaded."""
    start = found.trigger.year
    end = found.day.year if found.day else start
    return [(year, not calendar.provisional(year)) for year in range(min(start, end), max(start, end) + 1)]


def _form(
    request: HttpRequest,
    asked: Asked,
    *,
    rule: TimeLimit | None = None,
    found: Sequence[TimeLimit] = (),
    error: str = "",
) -> HttpResponse:
    """The form, with what was typed still in it."""
    context = {**_common(asked, rule), "found": found, "error": error, "groups": _groups(rules.book())}
    return page(request, "portal/due.html", context, status=UNPROCESSABLE if error else 200)


def _common(asked: Asked, rule: TimeLimit | None) -> dict[str, object]:
    newest = [versions[0] for versions in rules.book().rules.values() if versions[0].unit != "none"]
    return {"asked": asked, "rule": rule, "choices": newest, "demand": demand, "sides": SIDES, "units": UNITS}


def _groups(book: RuleBook) -> list[tuple[str, list[TimeLimit]]]:
    """The newest version of every rule, by act, in the order of the acts in the pack."""
    groups: dict[str, list[TimeLimit]] = {act.title: [] for act in book.acts.values()}
    for versions in book.rules.values():
        groups[versions[0].act.title].append(versions[0])
    return [(title, limits) for title, limits in groups.items() if limits]


def _search(words: str) -> list[TimeLimit]:
    """The rules in whose number, title, trigger or act all the words stand."""
    newest = [versions[0] for versions in rules.book().rules.values()]
    parts = words.upper().split()
    return [rule for rule in newest if all(part in _words(rule) for part in parts)]


def _words(rule: TimeLimit) -> str:
    return f"{rule.id} {rule.title} {rule.trigger} {rule.act.title}".upper()


def _unknown(words: str) -> str:
    return f"期限库里没有“{words}”。请写编号（例如 R03），或者少写几个字，例如 听证、复议、公示。"
