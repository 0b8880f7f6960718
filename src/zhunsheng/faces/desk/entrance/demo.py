"""What only the demo has: to sign in as somebody without a password, and to move its clock. Elsewhere there is no such page."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk.entrance.entering import enter, safe
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.people import simulation

DAYS = {"day": 1, "week": 7}


@permitted
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Enter as one of the members whom the sign-in page of the demo offers."""
    if not simulation.on():
        raise Http404
    username = request.POST.get("username", "")
    found = next((player for _, player in simulation.players() if player.username == username), None)
    if found is None:
        raise Http404
    return enter(request, found, way="demo", wish=request.POST.get("next", ""))


@permitted
def demo_clock(request: HttpRequest) -> HttpResponse:
    """Move the demo's today: a day, a week, to a day, back to the real one."""
    if not simulation.on():
        raise Http404
    try:
        _move(request)
    except Refused as error:
        return desk_page(request, "desk/refused.html", {"message": str(error), "back": _back(request)}, status=422)
    return HttpResponseRedirect(_back(request))


def _move(request: HttpRequest) -> None:
    by, step = member(request), request.POST.get("move", "")
    if step == "back":
        simulation.reset(by=by)
    elif step in DAYS:
        simulation.move(by=by, days=DAYS[step])
    else:
        simulation.move_to(by=by, day=_day(request.POST.get("day", "")))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Refused("day", f"“{text}”不是日期，请写成 2026-11-23 的样子。") from error


def _back(request: HttpRequest) -> str:
    return safe(request, request.POST.get("next", ""))
