"""会话: how long one lasts, and what must be done before anything else. Applied to every address on the server."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.addresses import client_address
from zhunsheng.faces.desk.accesslog import noted
from zhunsheng.faces.guard import entry_of, member, roles_of
from zhunsheng.kernel.journal.access import AccessKind
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import unmoved
from zhunsheng.kernel.trouble import trouble
from zhunsheng.people import policy, second_factor
from zhunsheng.people.accounts import why_change
from zhunsheng.people.models import ADMINISTRATORS

LOG: Final = logging.getLogger(__name__)
SINCE: Final = "since"
SEEN: Final = "seen"
STAMP: Final = "zhunsheng.seen"
"""In ``request.META``: when the session was used now, to be noted with the answer."""
WAY: Final = "way"
PASSWORD: Final = "password"  # noqa: S105 - a way of signing in
STRONG: Final = "strong"
"""Marks a session begun with a second step, so that it is not asked for on every page."""
ALWAYS: Final = frozenset({"desk:password", "desk:sign_out"})
ENROLMENT: Final = frozenset({"desk:second_factor", "desk:second_factor_confirm"})
EVERY: Final = 60
"""Seconds between two notes of when a session was last used: a write for each page would be too much."""


def begun(request: HttpRequest, **_: object) -> None:
    """Signal ``user_logged_in``: the session's times start."""
    stamp = int(unmoved().timestamp())
    request.session[SINCE] = request.session[SEEN] = stamp


class Sessions(SessionMiddleware):
    """Django's; but what was done or read is answered even where the note that the session is in use finds no room."""

    def process_request(self, request: HttpRequest) -> None:
        """The session that the cookie names; none for what cannot be a key (PostgreSQL would stumble over NUL)."""
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if not (key.isascii() and key.isalnum()):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The answer, with the session stored."""
        nothing_else, stamp = not request.session.modified, request.META.get(STAMP)
        if stamp and SEEN in request.session:
            request.session[SEEN] = stamp
        try:
            return super().process_response(request, response)
        except (DatabaseError, SessionInterrupted) as error:
            fault = _behind(error)
            if trouble(fault) is None:
                raise
            if not nothing_else:
                raise fault from error
            LOG.warning("session not stored: %s", fault)
            return response


def _behind(error: BaseException) -> BaseException:
    """The database's error; Django takes every one for a session that somebody has ended meanwhile (``SessionInterrupted``)."""
    while not isinstance(error, DatabaseError) and error.__context__ is not None:
        error = error.__context__
    return error


class Gate:
    """Middleware: ends sessions that are over, and leaves only one way open to who must change the password."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing; ``process_view`` knows the address."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: Any) -> HttpResponse | None:
        """``None`` to go on. Pages for everyone are left alone, and cost no query."""
        entry = entry_of(request)
        if entry is None or entry.who == "everyone" or not request.user.is_authenticated:
            return None
        ended = _ended(request)
        if ended is None:
            _ensure_place(request)
        return ended or _first(request)


def _ended(request: HttpRequest) -> HttpResponse | None:
    """The sign-in page, saying why, for a session that was idle or has lasted too long."""
    rules, stamp = policy.current(), int(unmoved().timestamp())
    # Last used in the future: the clock has been set back since, and nobody knows for how long it has lain idle.
    idle = abs(stamp - request.session.get(SEEN, 0)) > rules.idle_minutes * 60
    if idle or stamp - request.session.get(SINCE, 0) > rules.absolute_hours * 3600:
        noted(AccessKind.SIGN_OUT, request, detail="久未操作" if idle else "登录过久")
        logout(request)
        return HttpResponseRedirect(f"{reverse('desk:sign_in')}?ended={'idle' if idle else 'long'}")
    if abs(stamp - request.session[SEEN]) >= EVERY:
        request.META[STAMP] = stamp
    return None


def _ensure_place(request: HttpRequest) -> None:
    """Refuse an administrator who comes from an address that the policy does not name."""
    allowed = policy.current().administrator_networks
    if allowed and roles_of(request) & set(ADMINISTRATORS) and not policy.admits(allowed, client_address(request)):
        raise PermissionDenied("这个地址不在管理员可以登录的网段里，请到规定的机器上办理。")


def _first(request: HttpRequest) -> HttpResponse | None:
    """Where somebody must go first: a password that is new or too old, a second factor that the policy demands."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    if request.session.get(WAY) != PASSWORD or name in ALWAYS:
        return None
    if why_change(member(request)):
        return HttpResponseRedirect(reverse("desk:password"))
    if name not in ENROLMENT and policy.current().second_factor and not _strong(request):
        return HttpResponseRedirect(reverse("desk:second_factor"))
    return None


def _strong(request: HttpRequest) -> bool:
    """Whether the second step was taken at sign-in, or has been set up since."""
    if not request.session.get(STRONG) and second_factor.enabled(member(request)):
        request.session[STRONG] = True
    return bool(request.session.get(STRONG))
