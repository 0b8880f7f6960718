"""One matter: facts, demands, where it comes from, answers with evidence, history, and what can be done now."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from zhunsheng.faces.desk.matters.common import clocks, crumbs, labels, matter_or_404, seat
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import permitted
from zhunsheng.kernel.evidence.queries import of
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.matter.flow import DECISION, FLOW, may_decide, may_draft, may_withdraw
from zhunsheng.kernel.matter.models import Matter, Proposal
from zhunsheng.kernel.matter.proposals import open_to
from zhunsheng.kernel.matter.rights import Seated
from zhunsheng.kernel.refs import cards

GRAVE = frozenset({"cancel", "recall"})
MAIN = ("issue", "sign", "answer", "close")


@dataclass(frozen=True, slots=True)
class Button:
    """What can be done now; ``missing`` says why not yet."""

    label: str
    href: str
    missing: str = ""
    look: str = ""


@permitted
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a matter."""
    who = seat(request)
    matter = matter_or_404(who, pk)
    answers = list(matter.answers.all())
    origins = [origin.ref for origin in matter.origins.all()]
    pieces = of([answer.ref for answer in answers])
    proposals = list(matter.proposals.all())
    context = {
        "matter": matter,
        "kind": labels().get(matter.kind, matter.kind),
        "shape": FLOW.states[matter.state].shape,
        "badge": clocks()(matter),
        "answers": [(answer, pieces[answer.ref]) for answer in reversed(answers)],
        "origins": [(origin, cards([origin], who).get(origin)) for origin in origins],
        "proposals": [(one, DECISION.states[one.state].shape, _deciding(matter, one, who)) for one in proposals],
        "steps": list(matter.steps.all())[::-1],
        "buttons": buttons(matter, who),
        "proposing": _proposing(matter, who),
    }
    return desk_page(request, "desk/matters/matter.html", context, crumbs=crumbs())


def buttons(matter: Matter, who: Seated) -> list[Button]:
    """The steps of the flow that are the person's; at most one is the main one."""
    found = [
        Button(
            label=step.label,
            href=reverse("desk:matter_act", args=[matter.pk, step.action]),
            missing="、".join(step.missing(matter, who)),
            look="grave" if step.action in GRAVE else "main1" if step.action in MAIN else "",
        )
        for step in FLOW.open_to(matter, who)
    ]
    if matter.state == "draft" and may_draft(matter, who):
        found.insert(0, Button("改稿", reverse("desk:matter_revise", args=[matter.pk])))
    return found


def _proposing(matter: Matter, who: Seated) -> list[Button]:
    """Extension and escalation."""
    return [
        Button(f"提请{label}", reverse("desk:matter_propose", args=[matter.pk, what]), missing)
        for what, label, missing in open_to(matter, who)
    ]


def _deciding(matter: Matter, proposal: Proposal, who: Seated) -> str:
    """Where the person decides on a proposal; "" where it is not theirs."""
    proposal.matter = matter
    theirs = proposal.state == "open" and (may_decide(proposal, who) or may_withdraw(proposal, who))
    return reverse("desk:matter_decide", args=[matter.pk, proposal.pk]) if theirs else ""
