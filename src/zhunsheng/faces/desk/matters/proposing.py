"""Extension, talk, notice, transfer: proposed by one person, decided by another."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk.matters.common import address, crumbs, matter_or_404, seat, typed_day, typed_number
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.matter import proposals
from zhunsheng.kernel.matter.flow import DECISION
from zhunsheng.kernel.matter.models import Proposal
from zhunsheng.kernel.matter.rights import Seated

WHAT = dict(Proposal.WHAT)


@permitted
def propose(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """The form of a proposal."""
    who = seat(request)
    matter = matter_or_404(who, pk)
    if what not in WHAT:
        raise Http404
    post, error = request.POST, ""
    if request.method == "POST":
        try:
            proposals.propose(
                matter=matter, what=what, reason=post.get("reason", ""), where=post.get("where", ""),
                new_due=typed_day(post.get("new_due", "")) if what == "extend" else None, by=who,
                seen=typed_number(post.get("seen")),
            )  # fmt: skip
        except Refused as refused:
            error = str(refused)
        else:
            return HttpResponseRedirect(address(matter))
    elif what not in {one for one, _, missing in proposals.open_to(matter, who) if not missing}:
        return HttpResponseRedirect(address(matter))
    context = {
        "matter": matter,
        "what": what,
        "label": WHAT[what],
        "reason": post.get("reason", ""),
        "where": post.get("where", ""),
        "new_due": post.get("new_due", ""),
        "seen": typed_number(post.get("seen")) or matter.version,
        "error": error,
    }
    status = 422 if error else 200
    return desk_page(request, "desk/matters/propose.html", context, crumbs=crumbs(matter), status=status)


@permitted
def decide(request: HttpRequest, pk: int, proposal: int) -> HttpResponse:
    """A proposal, and the decision on it."""
    who = seat(request)
    matter = matter_or_404(who, pk)
    found = matter.proposals.filter(pk=proposal).first()
    if found is None:
        raise Http404
    found.matter = matter
    offered = DECISION.open_to(found, who)
    error = ""
    if request.method == "POST":
        try:
            _decide(found, request, who)
        except Refused as refused:
            error = str(refused)
        else:
            return HttpResponseRedirect(address(matter))
    elif not offered:
        return HttpResponseRedirect(address(matter))
    context = {"matter": matter, "proposal": found, "offered": offered, "opinion": request.POST.get("opinion", "")}
    status = 422 if error else 200
    return desk_page(
        request, "desk/matters/decide.html", {**context, "error": error}, crumbs=crumbs(matter), status=status
    )


def _decide(found: Proposal, request: HttpRequest, by: Seated) -> None:
    """The decision of the button that was pressed. Raises ``Refused``."""
    pressed = request.POST.get("decision", "")
    opinion = request.POST.get("opinion", "")
    if pressed == "approve":
        proposals.decide(proposal=found, decision="approve", opinion=opinion, by=by)
    elif pressed == "reject":
        proposals.decide(proposal=found, decision="reject", opinion=opinion, by=by)
    elif pressed == "withdraw":
        proposals.decide(proposal=found, decision="withdraw", opinion=opinion, by=by)
    else:
        raise Refused("decision", "还没有选怎样决定。请按下面的按钮之一。")
