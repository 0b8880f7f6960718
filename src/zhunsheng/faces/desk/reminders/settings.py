"""推送和订阅: where reminders are sent beside the desk, and the calendar feed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.reminders.views import number
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.reminders import actions, feeds
from zhunsheng.kernel.reminders.models import Channel, Mode, Subscription

UNPROCESSABLE: Final = 422
FIELDS: Final = ("channel", "address", "secret", "mode", "plain")


@permitted
def channels(request: HttpRequest) -> HttpResponse:
    """推送和订阅: the channels and the form for another one."""
    if request.method != "POST":
        return _page(request)
    given = {name: request.POST.get(name, "")[:500] for name in FIELDS}
    if given["channel"] not in Channel.values or given["mode"] not in Mode.values:
        errors = {"address": "请先选渠道和方式，再添加。"}
        return _page(request, given=given, errors=errors, status=UNPROCESSABLE)
    try:
        actions.subscribe(
            by=member(request),
            channel=Channel(given["channel"]),
            address=given["address"],
            mode=Mode(given["mode"]),
            secret=given["secret"],
            plain=bool(given["plain"]),
        )
    except Refused as error:
        return _page(request, given=given, errors={"address": str(error)}, status=UNPROCESSABLE)
    return HttpResponseRedirect(f"{reverse('desk:channels')}?done=added")


@permitted
def channel(request: HttpRequest) -> HttpResponse:
    """Switch a channel on or off, or change how it sends."""
    key, mode = number(request.POST.get("key", "")), request.POST.get("mode", "")
    if key is None or mode not in Mode.values:
        errors = {"channel": "没有说明改哪一个，请用每行后面的按钮。"}
        return _page(request, errors=errors, status=UNPROCESSABLE)
    try:
        actions.alter_subscription(by=member(request), key=key, is_on=request.POST.get("is_on") == "1", mode=Mode(mode))
    except Refused as error:
        return _page(request, errors={"channel": str(error)}, status=UNPROCESSABLE)
    return HttpResponseRedirect(f"{reverse('desk:channels')}?done=changed")


@permitted
def feed(request: HttpRequest) -> HttpResponse:
    """Create the feed's address, shown this once; or revoke it."""
    me = member(request)
    if request.POST.get("what") != "revoke":
        return _page(request, address=request.build_absolute_uri(_path(feeds.create_address(by=me))))
    try:
        feeds.revoke_address(by=me)
    except Refused as error:
        return _page(request, errors={"feed": str(error)}, status=UNPROCESSABLE)
    return HttpResponseRedirect(f"{reverse('desk:channels')}?done=revoked")


def _path(token: str) -> str:
    return reverse("portal:calendar", kwargs={"token": token})


def _page(
    request: HttpRequest,
    *,
    given: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    address: str = "",
    status: int = 200,
) -> HttpResponse:
    me = member(request)
    context = {
        "wishes": Subscription.objects.filter(member=me).order_by("pk"),
        "given": given or dict.fromkeys(FIELDS, ""),
        "errors": errors or {},
        "channels": Channel.choices,
        "modes": Mode.choices,
        "feed": feeds.address_of(me),
        "address": address,
        "mail": bool(settings.SMTP_URL),
        "done": request.GET.get("done", ""),
    }
    crumbs = (("提醒", reverse("desk:reminders")),)
    return desk_page(request, "desk/reminders/channels.html", context, crumbs=crumbs, status=status)
