"""Steps of the flow as forms: sign, answer with uploads, close, return, recall, cancel, issue."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk.matters.common import address, crumbs, labels, matter_or_404, seat, typed_day, typed_number
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.refusals import status_of
from zhunsheng.faces.guard import permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.evidence.actions import Period, store
from zhunsheng.kernel.evidence.models import Evidence
from zhunsheng.kernel.evidence.queries import reusable
from zhunsheng.kernel.matter import actions
from zhunsheng.kernel.matter.flow import FLOW
from zhunsheng.kernel.matter.models import Matter
from zhunsheng.kernel.matter.rights import Seated

WORDS = {
    "issue": "发出以后不能再改；签收之前可以撤回。文号在签发时取，取了就占用。",
    "sign": "签收表示本单位已经收到并开始办理。",
    "answer": "写明做了什么、结果怎样，附上证明材料。交办单位核查以后销号或者退回。",
    "close": "销号以后这件事就结束了。它针对的任务要另外上报、确认，不会跟着办结。",
    "return": "承办单位会收到退回意见，按意见重办后再报。",
    "recall": "撤回以后这件事回到拟稿，文号保留，改好可以再签发。",
    "cancel": "撤销以后不能恢复，文号不再使用。",
}
OPINIONS = {"close": "核查意见", "return": "退回意见", "recall": "撤回理由", "cancel": "撤销理由"}


@dataclass(slots=True)
class Filled:
    """What was typed: kept when the form comes back."""

    text: str = ""
    first: str = ""
    last: str = ""
    not_secret: bool = False
    chosen: list[int] = field(default_factory=list)
    seen: int | None = None


@permitted
def act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """The form of a step, and the step."""
    who = seat(request)
    matter = matter_or_404(who, pk)
    if action not in WORDS:
        raise Http404
    filled = _filled(request, matter)
    error, status = "", 200
    if request.method == "POST":
        try:
            _take(action, matter, filled, who, request)
        except Refused as refused:
            error, status = str(refused), status_of(refused)
        else:
            return HttpResponseRedirect(address(matter))
    elif action not in {step.action for step in FLOW.open_to(matter, who)}:
        return HttpResponseRedirect(address(matter))
    step = next(one for one in FLOW.transitions if one.action == action)
    context = {
        "matter": matter,
        "action": action,
        "label": step.label,
        "words": WORDS[action],
        "opinion": OPINIONS.get(action, ""),
        "kind": labels().get(matter.kind, matter.kind),
        "filled": filled,
        "error": error,
        "pieces": list(reusable(who)[:50]) if action == "answer" else [],
    }
    return desk_page(request, "desk/matters/act.html", context, crumbs=crumbs(matter), status=status)


def _filled(request: HttpRequest, matter: Matter) -> Filled:
    """What the form brought; a fresh one carries the version that is looked at."""
    if request.method != "POST":
        return Filled(seen=matter.version)
    post = request.POST
    chosen = [number for text in post.getlist("piece") if (number := typed_number(text)) is not None]
    return Filled(
        text=post.get("text", ""), first=post.get("first", ""), last=post.get("last", ""),
        not_secret=post.get("not_secret") == "1", chosen=chosen, seen=typed_number(post.get("seen")),
    )  # fmt: skip


def _take(action: str, matter: Matter, filled: Filled, who: Seated, request: HttpRequest) -> None:
    """Take the step. Raises ``Refused``."""
    seen = filled.seen
    if action == "issue":
        actions.issue(matter=matter, by=who, seen=seen)
    elif action == "sign":
        actions.sign(matter=matter, by=who, seen=seen)
    elif action == "close":
        actions.close(matter=matter, opinion=filled.text, by=who, seen=seen)
    elif action == "return":
        actions.send_back(matter=matter, opinion=filled.text, by=who, seen=seen)
    elif action == "recall":
        actions.recall(matter=matter, reason=filled.text, by=who, seen=seen)
    elif action == "cancel":
        actions.cancel(matter=matter, reason=filled.text, by=who, seen=seen)
    else:
        FLOW.check(matter, "answer", who)
        pieces = _pieces(matter, filled, who, request)
        actions.answer(matter=matter, text=filled.text, evidence=pieces, by=who, seen=seen)


def _pieces(matter: Matter, filled: Filled, who: Seated, request: HttpRequest) -> list[Evidence]:
    """What was chosen and what was uploaded; uploads are kept, and ticked, even if the answer is refused."""
    period = _period(filled)
    for upload in request.FILES.getlist("files"):
        name = upload.name or ""
        stored = store(
            data=upload.read(), name=name, unit_id=matter.unit_id, period=period, not_secret=filled.not_secret, by=who
        )
        if stored.evidence.pk not in filled.chosen:
            filled.chosen.append(stored.evidence.pk)
    return list(reusable(who).filter(pk__in=filled.chosen))


def _period(filled: Filled) -> Period | None:
    """The days that the uploads speak for. Raises ``Refused``."""
    first, last = typed_day(filled.first), typed_day(filled.last)
    if (first is None) != (last is None):
        raise Refused("period", "证明期间要么两头都填，要么都不填。")
    return Period(first, last) if isinstance(first, date) and isinstance(last, date) else None
