"""A plan of the home county in preparation, for the pages from its upload to its publication (``world.OBJECTS``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhunsheng.kernel.documents import read_document
from zhunsheng.people.models import Member, Role
from zhunsheng.programmes.plans.actions.importing import import_plan
from zhunsheng.programmes.plans.actions.publishing import send_round
from zhunsheng.programmes.plans.actions.settling import settle_name
from zhunsheng.programmes.plans.models import Edition

if TYPE_CHECKING:
    from tests.faces.world import World

PLAN: Final = (
    "青石县2026年法治工作要点\n\n1.开展执法检查，9月底前完成。（牵头单位：县司法局；责任单位：县直有关部门）\n"
    "2.每季度组织一次培训。（责任单位：县司法局）\n3.公布权责清单。\n"
)


def a_draft(world: World, member: Member) -> Edition:
    """A plan that units are asked about, so that whoever may see plans at all sees it."""
    known = Edition.objects.filter(plan__division=world.home.division, state="consulting").first()
    if known is not None:
        return known
    clerk = world.home.members[Role.OFFICE_CLERK]
    document = read_document(PLAN.encode(), name="方案.txt")
    edition = import_plan(document=document, name="方案.txt", office=world.home.office, by=clerk).edition
    for name in edition.names.all():
        settle_name(name=name, units=[world.home.office], by=clerk, learn=False)
    return send_round(edition=edition, by=clerk)


def a_plan(world: World, member: Member) -> dict[str, object]:
    """A plan of the home county."""
    return {"pk": a_draft(world, member).plan_id}


def a_wording(world: World, member: Member) -> dict[str, object]:
    """A task of its edition in preparation."""
    edition = a_draft(world, member)
    return {"pk": edition.plan_id, "wording": edition.wordings.order_by("pk")[0].pk}


def a_name(world: World, member: Member) -> dict[str, object]:
    """A name of its edition in preparation."""
    edition = a_draft(world, member)
    return {"pk": edition.plan_id, "name": edition.names.order_by("pk")[0].pk}


def a_doubt(world: World, member: Member) -> dict[str, object]:
    """A doubt about its edition in preparation."""
    edition = a_draft(world, member)
    return {"pk": edition.plan_id, "query": edition.queries.order_by("pk")[0].pk}


OBJECTS: Final = {
    "desk:plan_editions": a_plan,
    "desk:plan_mend": a_plan,
    "desk:plan_task_add": a_plan,
    "desk:plan_task_change": a_wording,
    "desk:plan_doubt": a_doubt,
    "desk:plan_names": a_plan,
    "desk:plan_name": a_name,
    "desk:plan_terms": a_plan,
    "desk:plan_publish": a_plan,
    "desk:plan_changes": a_plan,
    "desk:plan_carry": a_plan,
    "desk:plan_archive": a_plan,
}
