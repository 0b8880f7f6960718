"""日历订阅: a person's due dates as an iCalendar file under a secret address."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import QuerySet
from icalendar import Alarm, Calendar
from icalendar import Event as Entry

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import now
from zhunsheng.kernel.reminders.models import FeedToken
from zhunsheng.kernel.reminders.own import number_of

DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Event:
    """A whole day in somebody's calendar.

    ``uid`` names it for ever ("plans.task-17"); ``changed_at`` is when it was last changed; ``sequence`` grows with each
    change of the day. ``warn_days`` before it an alarm sounds, none where empty. ``cancelled``: it is off.
    """

    uid: str
    day: date
    summary: str
    changed_at: datetime
    description: str = ""
    url: str = ""
    sequence: int = 0
    warn_days: tuple[int, ...] = (3,)
    cancelled: bool = False


Source = Callable[[int, date], Iterable[Event]]
"""Events of a member (by number), as of a day; by a fixed number of queries."""
_SOURCES: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Let ``source`` bring events into everybody's feed."""
    if _SOURCES.setdefault(name, source) is not source:
        raise ValueError(f"two sources of {name}")


def unregister(name: str) -> None:
    """Forget a source (a test's own)."""
    _SOURCES.pop(name, None)


def events(member: int, day: date) -> list[Event]:
    """All events of a member, earliest first."""
    found = [event for source in _SOURCES.values() for event in source(member, day)]
    return sorted(found, key=lambda event: (event.day, event.uid))


def calendar_of(several: Iterable[Event]) -> bytes:
    """The iCalendar file (RFC 5545). The same events give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//zhunsheng//calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "准绳：我的期限")
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("x-published-ttl", "PT6H")
    for event in several:
        calendar.add_component(_entry(event))
    return bytes(calendar.to_ical())


def _entry(event: Event) -> Entry:
    entry = Entry()
    entry.add("uid", f"{event.uid}@zhunsheng")
    entry.add("dtstamp", event.changed_at)
    entry.add("last-modified", event.changed_at)
    entry.add("sequence", event.sequence)
    entry.add("dtstart", event.day)
    if event.day < date.max:
        entry.add("dtend", event.day + DAY)
    entry.add("summary", event.summary)
    entry.add("transp", "TRANSPARENT")
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    if event.description:
        entry.add("description", event.description)
    if event.url and settings.SITE_URL:
        entry.add("url", f"{settings.SITE_URL}{event.url}")
    if not event.cancelled:
        for days in event.warn_days:
            entry.add_component(_alarm(event, days))
    return entry


def _alarm(event: Event, days: int) -> Alarm:
    """At nine in the morning, so many days before."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event.summary)
    alarm.add("trigger", timedelta(hours=9) - timedelta(days=days))
    return alarm


def create_address(*, by: Actor) -> str:
    """A new secret for the actor's feed, shown this once; the one before stops to hold."""
    secret = secrets.token_urlsafe(32)
    with change(by, "生成日历订阅地址"):
        _live(by).update(revoked_at=now())
        FeedToken.objects.create(member_id=number_of(by), digest=digest(secret))
    return secret


def revoke_address(*, by: Actor) -> None:
    """The actor's feed stops. Raises ``Refused`` where there is none."""
    with change(by, "停用日历订阅地址"):
        if not _live(by).update(revoked_at=now()):
            raise Refused("feed_none", "没有在用的订阅地址，不用停。")


def address_of(actor: Actor) -> FeedToken | None:
    """The actor's feed in force; its secret is known to nobody any more."""
    return _live(actor).first()


def _live(actor: Actor) -> QuerySet[FeedToken]:
    return FeedToken.objects.filter(member_id=number_of(actor), revoked_at__isnull=True)


def holder_of(secret: str) -> int | None:
    """The number of the member whose feed has this secret, ``None`` for unknown and revoked ones.

    Whether the member's account lets them in today is for the caller to ask: the kernel knows no accounts.
    """
    found = FeedToken.objects.filter(digest=digest(secret), revoked_at__isnull=True)
    return found.values_list("member_id", flat=True).first()


def digest(secret: str) -> str:
    """What is kept of a secret. It has 256 bits, so that a quick digest cannot be searched."""
    return hashlib.sha256(secret.encode()).hexdigest()
