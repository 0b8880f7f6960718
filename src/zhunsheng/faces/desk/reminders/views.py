"""提醒: the list of one's own, and what the outbox could not deliver."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.reminders import actions
from zhunsheng.kernel.reminders.models import Level, OutboxMessage
from zhunsheng.people import administration
from zhunsheng.people.models import Role

PER_PAGE: Final = 50
UNPROCESSABLE: Final = 422
STATES: Final = (("", "没看过的"), ("seen", "看过的"), ("done", "已了结的"), ("all", "全部"))
CONDITIONS: Final = {
    "": Q(seen_at__isnull=True, done_at__isnull=True),
    "seen": Q(seen_at__isnull=False, done_at__isnull=True),
    "done": Q(done_at__isnull=False),
    "all": Q(),
}
BADGE: Final = {
    Level.NOTICE: "run",
    Level.YELLOW: "soon",
    Level.ORANGE: "near",
    Level.RED: "late",
    Level.ESCALATED: "late",
}


@permitted
def reminders(request: HttpRequest) -> HttpResponse:
    """提醒: filters in the address, newest first."""
    state, level = _chosen(request, "state", CONDITIONS), _chosen(request, "level", Level.values)
    found = actions.of(member(request)).filter(CONDITIONS[state])
    if level:
        found = found.filter(level=level)
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in (("state", state), ("level", level)) if value})
    context = {
        "shown": Paginator(found, PER_PAGE).get_page(request.GET.get("page", "1")),
        "state": state,
        "level": level,
        "states": STATES,
        "levels": [("", "各级"), *Level.choices],
        "badge": BADGE,
        "query": query.urlencode(),
    }
    return desk_page(request, "desk/reminders/list.html", context)


def _chosen(request: HttpRequest, name: str, known: Collection[str]) -> str:
    """What the address asks for; "" for what it may not ask for."""
    value = request.GET.get(name, "")
    return value if value in known else ""


def number(given: str) -> int | None:
    """The number of a record as a form gives it."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None


@permitted
def seen(request: HttpRequest) -> HttpResponse:
    """Mark as seen: those named by ``key``."""
    given = map(number, request.POST.getlist("key")[:PER_PAGE])
    actions.mark_seen(by=member(request), keys=[key for key in given if key is not None])
    return HttpResponseRedirect(reverse("desk:reminders"))


@permitted
def outbox(request: HttpRequest) -> HttpResponse:
    """没有送到的消息: what a person must look at, oldest first."""
    return _outbox(request)


def _outbox(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    shown = Paginator(_stuck(request).select_related("subscription__member__person"), PER_PAGE)
    context = {"shown": shown.get_page(request.GET.get("page", "1")), "error": error}
    return desk_page(request, "desk/reminders/outbox.html", context, status=status)


def _stuck(request: HttpRequest) -> QuerySet[OutboxMessage]:
    """Messages to the members whom the person who looks administers."""
    return actions.to_look_at(administration.members(member(request), Role.SYSTEM_ADMINISTRATOR))


@permitted
def resolve(request: HttpRequest) -> HttpResponse:
    """算已送到, 再发一次."""
    key, what = request.POST.get("key", ""), request.POST.get("what", "")
    act = {"sent": actions.count_as_sent, "again": actions.send_again}.get(what)
    pk = number(key)
    if act is None or pk is None:
        return _outbox(request, "没有说明哪一条、怎样处理，请用每行后面的按钮。", UNPROCESSABLE)
    message = _stuck(request).filter(pk=pk).first()
    if message is None:
        return _outbox(request, "这条消息已经有了结果，不用再处理。下面是还要处理的。", UNPROCESSABLE)
    try:
        act(by=member(request), key=message.pk)
    except Refused as error:
        return _outbox(request, str(error), UNPROCESSABLE)
    return HttpResponseRedirect(reverse("desk:outbox"))
