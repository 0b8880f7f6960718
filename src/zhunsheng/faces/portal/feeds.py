"""日历订阅: the feed under a secret address. Whoever has the address has the dates; so guessing is made slow."""

from __future__ import annotations

import hashlib
from typing import Final

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse

from zhunsheng.faces.addresses import client_address
from zhunsheng.faces.guard import permitted
from zhunsheng.kernel.now import today
from zhunsheng.kernel.reminders import feeds
from zhunsheng.people.backends import usable_member

MISSES: Final = 20
"""Wrong addresses within a minute from one place; a secret has 256 bits, this only keeps the noise down."""
FETCHES: Final = 30
"""Times within a minute that one feed is given out by one process."""
MINUTE: Final = 60


@permitted
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The iCalendar file; 404 for one unknown, revoked, or of somebody who could not sign in; 429 for too many."""
    place = f"feed-miss-{hashlib.sha256(client_address(request).encode()).hexdigest()}"
    if cache.get(place, 0) >= MISSES:
        return _too_many()
    member = feeds.holder_of(token)
    if member is None or usable_member(member) is None:
        _count(place)
        raise Http404
    if _count(f"feed-{feeds.digest(token)}") > FETCHES:
        return _too_many()
    day = today()
    response = HttpResponse(feeds.calendar_of(feeds.events(member, day)), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="zhunsheng.ics"'
    response["Cache-Control"] = "private, max-age=900"
    response["X-Robots-Tag"] = "noindex"
    return response


def _count(key: str) -> int:
    """How often within the minute, this time included."""
    cache.add(key, 0, MINUTE)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two
        return 1


def _too_many() -> HttpResponse:
    response = HttpResponse("取得太频繁了，请过一分钟再来。", status=429, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(MINUTE)
    return response
