"""角色申请: asked for with an import, given or refused by the security administrator, one or several at a time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from zhunsheng.faces.desk import typed
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.paging import paged
from zhunsheng.faces.desk.units.asked import BOTH, proposals_of
from zhunsheng.faces.guard import member, permitted, roles_of
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.now import today
from zhunsheng.people import actions
from zhunsheng.people.models import Member, Role, RoleProposal

STATES = (("open", "待批"), ("approved", "批准"), ("refused", "不批"))
SHAPES = {"open": "wait", "approved": "done", "refused": "back"}


@permitted
def show(request: HttpRequest) -> HttpResponse:
    """The list; POST decides about those that are ticked, each by itself: what one rule forbids stops no other."""
    by, problems, done = member(request), [], 0
    approve = request.POST.get("do") == "approve"
    if request.method == "POST":
        chosen = {typed.number(one) for one in request.POST.getlist("proposal")}
        rows = list(proposals_of(by, *BOTH).filter(pk__in=[one for one in chosen if one]))
        if not rows:
            problems.append("还没有选申请。请先勾选。")
        for one in rows:
            try:
                _decide(one, by, approve=approve, reason=request.POST.get("reason", "").strip()[:200])
                done += 1
            except Refused as error:
                problems.append(f"{one.member.full_name} {one.get_role_display()}：{error}")
    return _page(request, by, problems, f"{'批准' if approve else '不批'} {done} 项。" if done else "")


def _decide(one: RoleProposal, by: Member, *, approve: bool, reason: str) -> None:
    if approve:
        actions.approve_proposal(proposal=one, day=today(), by=by)
    else:
        actions.refuse_proposal(proposal=one, day=today(), reason=reason, by=by)


def _page(request: HttpRequest, by: Member, problems: list[str], done: str) -> HttpResponse:
    state = request.GET.get("state", "open")
    state = state if state in dict(STATES) else "open"
    rows = proposals_of(by, *BOTH)
    context = {
        "page": paged(request, rows.filter(decision=state).order_by("-pk")),
        "state": state,
        "states": [(key, words, rows.filter(decision=key).count()) for key, words in STATES],
        "shapes": SHAPES,
        "may": Role.SECURITY_ADMINISTRATOR in roles_of(request),
        "problems": problems,
        "done": done,
        "reason": request.POST.get("reason", "") if problems else "",
    }
    return desk_page(request, "desk/units/proposals.html", context, status=422 if problems and not done else 200)
