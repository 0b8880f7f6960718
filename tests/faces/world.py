"""Two sister counties of one prefecture, with one member for each role in each: for tests that walk the table.

``OBJECTS`` is the register of addresses with parameters: an address that names a record has a function here which makes
such a record in the home county and gives the parameters; ``test_permissions`` fails on one without it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from zhunsheng.kernel.actor import Program
from zhunsheng.kernel.documents import read_document
from zhunsheng.people import actions
from zhunsheng.people.models import UNIT_ROLES, Division, DivisionKind, Leadership, Member, Role, Unit, UnitKind
from zhunsheng.programmes.plans.actions.importing import import_plan
from zhunsheng.programmes.plans.actions.publishing import send_round
from zhunsheng.programmes.plans.actions.settling import settle_name
from zhunsheng.programmes.plans.models import Edition

PLAN: Final = (
    "青石县2026年法治工作要点\n\n1.开展执法检查，9月底前完成。（牵头单位：县司法局；责任单位：县直有关部门）\n"
    "2.每季度组织一次培训。（责任单位：县司法局）\n3.公布权责清单。\n"
)
BEGUN = date(2020, 1, 1)
BY: Final = Program("测试")


@dataclass(frozen=True, slots=True)
class County:
    """A county, its office, and whoever holds each role there."""

    division: Division
    office: Unit
    members: dict[Role, Member]


@dataclass(frozen=True, slots=True)
class World:
    """The county that records belong to, and the one next to it."""

    home: County
    sister: County


def built() -> World:
    """Both counties, with everybody in them."""
    prefecture = actions.add_division(parent=None, kind=DivisionKind.PREFECTURE, name="清江市", by=BY)
    return World(home=_county(prefecture, "青石县", "home"), sister=_county(prefecture, "白沙县", "sister"))


def _county(prefecture: Division, name: str, mark: str) -> County:
    division = actions.add_division(parent=prefecture, kind=DivisionKind.COUNTY, name=name, by=BY)
    office = actions.add_unit(
        division=division,
        kind=UnitKind.DEPARTMENT,
        name=f"{name}司法局",
        short_name=f"{name[:2]}司法局",
        led_by=Leadership.PLACE,
        by=BY,
    )
    return County(division, office, {role: _holder(role, office, mark) for role in Role})


def _holder(role: Role, unit: Unit, mark: str) -> Member:
    member = actions.add_member(username=f"{mark}.{role}", name=f"{mark}{role.label}"[:50], unit=unit, by=BY)
    scope = unit if role in UNIT_ROLES else unit.division
    actions.grant_role(member=member, role=role, scope=scope, day=BEGUN, by=BY)
    return member


Parameters = dict[str, object]
Maker = Callable[[World, Member], Parameters]
"""Makes a record of the home county that ``member`` may open if their role may, and gives the address's parameters."""


def a_draft(world: World, member: Member) -> Edition:
    """A plan that units are asked about, so that whoever may see plans at all sees it."""
    known = Edition.objects.filter(plan__division=world.home.division).first()
    if known is not None:
        return known
    clerk = world.home.members[Role.OFFICE_CLERK]
    document = read_document(PLAN.encode(), name="方案.txt")
    edition = import_plan(document=document, name="方案.txt", office=world.home.office, by=clerk).edition
    for name in edition.names.all():
        settle_name(name=name, units=[world.home.office], by=clerk, learn=False)
    return send_round(edition=edition, by=clerk)


def a_plan(world: World, member: Member) -> Parameters:
    """A plan of the home county."""
    return {"pk": a_draft(world, member).plan_id}


def a_wording(world: World, member: Member) -> Parameters:
    """A task of its edition in preparation."""
    edition = a_draft(world, member)
    return {"pk": edition.plan_id, "wording": edition.wordings.order_by("pk")[0].pk}


def a_name(world: World, member: Member) -> Parameters:
    """A name of its edition in preparation."""
    edition = a_draft(world, member)
    return {"pk": edition.plan_id, "name": edition.names.order_by("pk")[0].pk}


def a_doubt(world: World, member: Member) -> Parameters:
    """A doubt about its edition in preparation."""
    edition = a_draft(world, member)
    return {"pk": edition.plan_id, "query": edition.queries.order_by("pk")[0].pk}


OBJECTS: Final[dict[str, Maker]] = {
    "desk:plan": a_plan,
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


def with_parameters() -> set[str]:
    """The names of all addresses that have parameters."""
    return {name for name, route in _routes(get_resolver().url_patterns) if "<" in route}


def _routes(patterns: list[URLPattern | URLResolver], space: str = "", above: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for pattern in patterns:
        route = above + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found += _routes(pattern.url_patterns, inner, route)
        else:
            found.append((f"{space}{pattern.name}", route))
    return found


def address(name: str, world: World, member: Member) -> str:
    """The address, of a record of the home county where it has parameters."""
    return reverse(name, kwargs=OBJECTS[name](world, member) if name in OBJECTS else {})
