"""提醒: the list of one's own, and what the outbox could not deliver."""

from __future__ import annotations

from typing import Final

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.reminders import actions
from zhunsheng.kernel.reminders.models import Level

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


def _chosen(request: HttpRequest, name: str, known: object) -> str:
    """What the address asks for; "" for what it may not ask for."""
    value = request.GET.get(name, "")
    return value if value in known else ""  # type: ignore[operator]


@permitted
def seen(request: HttpRequest) -> HttpResponse:
    """Mark as seen: those named by ``key``."""
    keys = [
        int(key) for key in request.POST.getlist("key")[:PER_PAGE] if key.isascii() and key.isdigit() and len(key) < 19
    ]
    actions.mark_seen(by=member(request), keys=keys)
    return HttpResponseRedirect(reverse("desk:reminders"))


@permitted
def outbox(request: HttpRequest) -> HttpResponse:
    """没有送到的消息: what a person must look at, oldest first."""
    return _outbox(request)


def _outbox(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    shown = Paginator(actions.to_look_at().select_related("subscription__member__person"), PER_PAGE)
    context = {"shown": shown.get_page(request.GET.get("page", "1")), "error": error}
    return desk_page(request, "desk/reminders/outbox.html", context, status=status)


@permitted
def resolve(request: HttpRequest) -> HttpResponse:
    """算已送到, 再发一次."""
    key, what = request.POST.get("key", ""), request.POST.get("what", "")
    act = {"sent": actions.count_as_sent, "again": actions.send_again}.get(what)
    if act is None or not (key.isascii() and key.isdigit() and len(key) < 19):
        return _outbox(request, "没有说明哪一条、怎样处理，请用每行后面的按钮。", UNPROCESSABLE)
    try:
        act(by=member(request), key=int(key))
    except Refused as error:
        return _outbox(request, str(error), UNPROCESSABLE)
    return HttpResponseRedirect(reverse("desk:outbox"))
