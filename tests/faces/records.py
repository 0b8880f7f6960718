"""Records of the home county for pages of matters and evidence (``world.OBJECTS``). Each is made once and used again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from zhunsheng.kernel.evidence.actions import store
from zhunsheng.kernel.evidence.models import Evidence
from zhunsheng.kernel.matter import actions, proposals
from zhunsheng.kernel.matter.models import Matter, Proposal
from zhunsheng.kernel.now import today
from zhunsheng.people.models import Member, Role

if TYPE_CHECKING:
    from tests.faces.world import World


def a_piece(world: World, member: Member) -> dict[str, object]:
    """Evidence of the office."""
    return {"pk": _piece(world).pk}


def a_matter(world: World, member: Member) -> dict[str, object]:
    """A paper from outside that was returned, so that everything may be proposed about it."""
    return {"pk": _matter(world).pk}


def a_step(world: World, member: Member) -> dict[str, object]:
    """Calling it off."""
    return {**a_matter(world, member), "action": "cancel"}


def an_extension(world: World, member: Member) -> dict[str, object]:
    """More time for it."""
    return {**a_matter(world, member), "what": "extend"}


def a_proposal(world: World, member: Member) -> dict[str, object]:
    """A notice that was approved."""
    matter = _matter(world)
    found = Proposal.objects.filter(matter=matter).first()
    if found is None:
        clerk, head = world.home.members[Role.OFFICE_CLERK], world.home.members[Role.OFFICE_HEAD]
        made = proposals.propose(matter=matter, what="notice", reason="退回以后未办", by=clerk)
        found = proposals.decide(proposal=made, decision="approve", by=head)
    return {"pk": matter.pk, "proposal": found.pk}


def _piece(world: World) -> Evidence:
    members = world.home.members
    unit = members[Role.LIAISON_OFFICER].unit
    found = Evidence.objects.filter(unit=unit).first()
    return found or store(
        data="已办".encode(), name="说明.txt", unit_id=unit.pk, not_secret=True, by=members[Role.LIAISON_OFFICER]
    ).evidence  # fmt: skip


def _matter(world: World) -> Matter:
    members, office = world.home.members, world.home.office
    found = Matter.objects.filter(issuer=office).first()
    if found is not None:
        return found
    clerk, head, liaison = (members[role] for role in (Role.OFFICE_CLERK, Role.OFFICE_HEAD, Role.LIAISON_OFFICER))
    matter = actions.open(
        kind="judicial_advice", origins=[], unit_id=office.pk, issuer_id=office.pk, title="关于报送台账", demands="补报。",
        due=today() + timedelta(days=30), outside=("云溪县人民法院", "云法建〔2026〕1号"), by=clerk,
    )  # fmt: skip
    matter = actions.sign(matter=actions.issue(matter=matter, by=head), by=liaison)
    answer = actions.answer(matter=matter, text="已办", evidence=[_piece(world)], by=liaison)
    return actions.send_back(matter=answer.matter, opinion="缺回执", by=clerk)


OBJECTS = {
    "desk:matter": a_matter,
    "desk:matter_paper": a_matter,
    "desk:matter_revise": a_matter,
    "desk:matter_act": a_step,
    "desk:matter_propose": an_extension,
    "desk:matter_decide": a_proposal,
    "desk:proposal_paper": a_proposal,
    "desk:evidence_file": a_piece,
    "desk:evidence_delete": a_piece,
}
