"""One step for many duties: first the preview of what would happen to each, then all of it at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.tracking.common import number
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.links import reverse
from zhunsheng.programmes.plans.actions.bulk import ACTIONS, carry_out, preview
from zhunsheng.programmes.plans.states import DUTY

UNPROCESSABLE = 422
NEVER = -1
"""The version of what was confirmed without a preview: none has it."""


@permitted
def show(request: HttpRequest) -> HttpResponse:
    """The preview; with ``sure`` in the form it is carried out, on what the preview showed."""
    chosen = dict(filter(None, map(_seen, request.POST.getlist("duty"))))
    action, reason = request.POST.get("action", ""), request.POST.get("reason", "").strip()
    error = ""
    if "sure" in request.POST:
        seen = {duty: NEVER if version is None else version for duty, version in chosen.items()}
        try:
            carry_out(duties=seen, action=action, by=member(request), reason=reason)
        except Refused as refusal:
            error = str(refusal)
        else:
            return HttpResponseRedirect(_back(request))
    try:
        foreseen = preview(duties=chosen, action=action, by=member(request), reason=reason or "（待写）")
    except Refused as refusal:
        foreseen, error = [], error or str(refusal)
    context = {
        "foreseen": foreseen,
        "able": [one for one in foreseen if not one.refusal],
        "action": action,
        "label": ACTIONS.get(action, "办理"),
        "needs_reason": action in {"pause", "cancel"},
        "reason": reason,
        "error": error,
        "states": DUTY,
        "back": _back(request),
    }
    status = UNPROCESSABLE if error else 200
    return desk_page(request, "desk/tracking/bulk.html", context, status=status)


def _seen(words: str) -> tuple[int, int | None] | None:
    """A duty and its version out of "17:3", as the preview names them; a list names the duty alone."""
    duty, _, version = words.partition(":")
    key = number(duty)
    return None if key is None else (key, number(version))


def _back(request: HttpRequest) -> str:
    """Where the list was; never on another host."""
    wish = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wish, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wish if wish and safe else reverse("desk:home")
