"""期限变动: the people whose dates moved with the calendar are told once for each change of it, in one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.clock.models import ClockMove
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.matter.flow import WITH_UNIT
from zhunsheng.kernel.matter.models import Matter
from zhunsheng.kernel.matter.moving import ANSWERING
from zhunsheng.kernel.refs import Ref
from zhunsheng.kernel.reminders import actions
from zhunsheng.kernel.reminders.models import Level
from zhunsheng.kernel.reminders.sources import Wanted
from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import MemberRole
from zhunsheng.people.recipients import OFFICE, Recipients

KIND: Final = "date_moved"
TOLD_FOR: Final = timedelta(days=30)
"""How long it is worth telling."""
LONGEST: Final = 440
"""Characters of the list; what has no room is on the page of moved dates."""
MATTER: Final = "matter.matter"


def reminders(day: date) -> Iterator[Wanted]:
    """For each change of the calendar and each person concerned, one line that lists what moved; six queries.

    Concerned are liaison officers and head of the unit, and those of the office who gave the matter to it.
    """
    told = _told(day)
    for several in told.values():
        several.sort(key=lambda one: (one.new, one.pk))
    for (batch, member), several in told.items():
        yield Wanted(
            key=batch,
            subject=Ref("clock.moves", batch, several[0].why),
            recipient=member,
            level=Level.NOTICE,
            text=_said(several),
            url=_address(several),
            due=several[0].new,
        )


def _told(day: date) -> dict[tuple[str, int], list[ClockMove]]:
    """What moved lately, by change and by person."""
    moves = list(ClockMove.objects.filter(at__date__gt=day - TOLD_FOR, at__date__lte=day).order_by("pk"))
    if not moves:
        return {}
    keys = {int(move.subject_key) for move in moves if move.subject_kind == MATTER}
    issuers = dict(Matter.objects.filter(pk__in=keys, state__in=WITH_UNIT).values_list("pk", "issuer_id"))
    moves = [move for move in moves if move.subject_kind != MATTER or int(move.subject_key) in issuers]
    units = Recipients({move.unit_id for move in moves if move.unit_id}, day)
    offices = _offices(set(issuers.values()), day)
    told = defaultdict[tuple[str, int], list[ClockMove]](list)
    for move in moves:
        issuer = issuers.get(int(move.subject_key)) if move.subject_kind == MATTER else None
        unit = units.of(move.unit_id, ("owner", "head")) if move.unit_id else []
        for member in dict.fromkeys([*unit, *offices.get(issuer, ())]):
            told[f"{move.batch}", member].append(move)
    return told


def _offices(issuers: Collection[int], day: date) -> Mapping[int | None, list[int]]:
    """Who drafts and signs for the units that gave something."""
    found = defaultdict[int | None, list[int]](list)
    held = MemberRole.objects.filter(in_force(day), role__in=OFFICE, member__is_active=True, member__unit__in=issuers)
    for unit, member in held.values_list("member__unit_id", "member_id").order_by("pk"):
        found[unit].append(member)
    return found


def _said(moves: list[ClockMove]) -> str:
    """因“国办发明电〔2026〕9号载入”，2 个日期变了：法督〔2026〕1号… 办结期限 2027-02-10 改为 2027-02-18；…"""
    head = f"因“{moves[0].why}”，{len(moves)} 个日期变了："
    lines: list[str] = []
    for move in moves:
        line = f"{move.subject_label} {move.what} {move.old} 改为 {move.new}"
        if lines and sum(map(len, lines)) + len(line) > LONGEST - len(head):
            return f"{head}{'；'.join(lines)}；等"
        lines.append(line[:300])
    return f"{head}{'；'.join(lines)}"


def _address(moves: list[ClockMove]) -> str:
    """The matter; where several dates moved, their list."""
    if len({(move.subject_kind, move.subject_key) for move in moves}) == 1 and moves[0].subject_kind == MATTER:
        return reverse("desk:matter", args=[moves[0].subject_key])
    return f"{reverse('desk:calendar_moves')}?{urlencode({'q': moves[0].why[:50]})}"


def settled(ref: Ref, data: Mapping[str, Any]) -> None:
    """Reminders of the dates that matters had before are done (event ``calendar.moved``)."""
    del ref
    moves: Iterable[ClockMove] = data["moves"]
    olds = {move.subject_key: move.old for move in moves if move.subject_kind == MATTER and move.what == ANSWERING}
    actions.settle_dates(by=SYSTEM, kind=MATTER, olds=olds)
