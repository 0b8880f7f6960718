"""A block of the home county for the pages of the journal (``world.OBJECTS``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhunsheng.kernel.journal.models import Block
from zhunsheng.people import actions
from zhunsheng.people.models import Member, Role

if TYPE_CHECKING:
    from tests.faces.world import World


def a_block(world: World, member: Member) -> dict[str, object]:
    """Made by somebody of the home county."""
    by = world.home.members[Role.SYSTEM_ADMINISTRATOR]
    found = Block.objects.filter(actor_id=by.pk).order_by("number").first()
    if found is None:
        person = world.home.members[Role.REVIEWER].person
        actions.amend_person(person=person, name=person.name, office_phone="0500-5550199", by=by)
        found = Block.objects.get(actor_id=by.pk)
    return {"number": found.number}


OBJECTS: Final = {"desk:journal_block": a_block}
