"""复核与发布: what is still missing, what publishing would ask of the units, and the steps of two persons."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.links import reverse
from zhunsheng.people.models import Member
from zhunsheng.programmes.plans import comparing
from zhunsheng.programmes.plans.actions import publishing
from zhunsheng.programmes.plans.forecast import forecast
from zhunsheng.programmes.plans.models import Edition
from zhunsheng.programmes.plans.states import EDITION

from .finding import crumbs, nothing_prepared, number_of, prepared
from .steps import steps

UNPROCESSABLE = 422
DONE = {
    "round": "已开始征求意见：各单位现在可以看到这一稿，你可以接着改。",
    "ready": "已送复核，请另一个人来发布。",
    "back": "已退回核对。",
}
Step = Callable[[Edition, Member, HttpRequest], object]


def _hand_over(edition: Edition, by: Member, request: HttpRequest) -> object:
    return publishing.hand_over(edition=edition, by=by, version=number_of(request.POST.get("version", "")))


def _take_back(edition: Edition, by: Member, request: HttpRequest) -> object:
    return publishing.take_back(edition=edition, by=by, reason=request.POST.get("reason", ""))


def _give_up(edition: Edition, by: Member, request: HttpRequest) -> object:
    reason = request.POST.get("reason_drop", "")
    if not reason.strip():
        raise Refused("reason", "放弃这一版要写明理由。")
    return publishing.give_up(edition=edition, by=by, reason=reason)


STEPS: dict[str, tuple[Step, str, str]] = {
    "round": (lambda edition, by, _: publishing.send_round(edition=edition, by=by), "desk:plan_publish", "round"),
    "ready": (_hand_over, "desk:plan_publish", "ready"),
    "back": (_take_back, "desk:plan_publish", "back"),
    "publish": (lambda edition, by, _: publishing.publish(edition=edition, by=by), "desk:plan_editions", "published"),
    "drop": (_give_up, "desk:plan_editions", "dropped"),
}
"""What each button does, and where it leads, with what to say there."""


@permitted
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The page, and each of its steps."""
    edition = prepared(request, pk)
    if edition is None:
        return nothing_prepared(pk)
    if request.method != "POST":
        return _page(request, edition)
    step = STEPS.get(request.POST.get("do", ""))
    if step is None:
        return _page(request, edition, "没有说明要做哪一步，请用页面上的按钮。")
    act, page, done = step
    try:
        act(edition, member(request), request)
    except Refused as error:
        return _page(request, prepared(request, pk) or edition, str(error))
    return HttpResponseRedirect(f"{reverse(page, args=[pk])}?done={done}")


def _page(request: HttpRequest, edition: Edition, error: str = "") -> HttpResponse:
    by = member(request)
    bar = steps(edition, "publish")
    context = {
        "edition": edition,
        "plan": edition.plan,
        "steps": bar,
        "state": EDITION[edition.state],
        "forecast": forecast(edition),
        "further": comparing.is_further(edition),
        "own": edition.prepared_by_id == by.pk,
        "error": error,
        "typed": {name: request.POST.get(name, "") for name in ("reason", "reason_drop")},
        "done": DONE.get(request.GET.get("done", "")) if request.method == "GET" else None,
    }
    status = UNPROCESSABLE if error else 200
    return desk_page(request, "desk/plans/publish.html", context, crumbs=crumbs(edition.plan), status=status)
