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

from tests.faces import drafts, journal_records, people_records, records
from tools.benches import large_plan
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.reminders import feeds
from zhunsheng.people import actions
from zhunsheng.people.models import UNIT_ROLES, Division, DivisionKind, Leadership, Member, Role, Unit, UnitKind
from zhunsheng.programmes.plans.models import Duty, Plan, Task

BEGUN = date(2020, 1, 1)


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
    prefecture = actions.add_division(parent=None, kind=DivisionKind.PREFECTURE, name="清江市", by=SYSTEM)
    return World(home=_county(prefecture, "青石县", "home"), sister=_county(prefecture, "白沙县", "sister"))


def _county(prefecture: Division, name: str, mark: str) -> County:
    division = actions.add_division(parent=prefecture, kind=DivisionKind.COUNTY, name=name, by=SYSTEM)
    office = actions.add_unit(
        division=division,
        kind=UnitKind.DEPARTMENT,
        name=f"{name}司法局",
        short_name=f"{name[:2]}司法局",
        led_by=Leadership.PLACE,
        by=SYSTEM,
    )
    return County(division, office, {role: _holder(role, office, mark) for role in Role})


def _holder(role: Role, unit: Unit, mark: str) -> Member:
    member = actions.add_member(username=f"{mark}.{role}", name=f"{mark}{role.label}"[:50], unit=unit, by=SYSTEM)
    scope = unit if role in UNIT_ROLES else unit.division
    actions.grant_role(member=member, role=role, scope=scope, day=BEGUN, by=SYSTEM)
    return member


Parameters = dict[str, object]
Maker = Callable[[World, Member], Parameters]
"""Makes a record of the home county that ``member`` may open if their role may, and gives the address's parameters."""


def an_account(world: World, member: Member) -> Parameters:
    """The account of a colleague whom both administrators administer, and who is no administrator.

    For the audit administrator the one that they may enable: that of the security administrator.
    """
    if member == world.home.members[Role.AUDIT_ADMINISTRATOR]:
        return {"pk": world.home.members[Role.SECURITY_ADMINISTRATOR].pk}
    return {"pk": world.home.members[Role.REVIEWER].pk}


def a_role(world: World, member: Member) -> Parameters:
    """A role of that colleague."""
    colleague = world.home.members[Role.REVIEWER]
    return {"pk": colleague.pk, "role": colleague.roles.get().pk}


def a_plan(world: World, member: Member) -> Parameters:
    """A running plan with one task for the unit in which everybody of the county works."""
    found = Plan.objects.filter(office=world.home.office, state="running").first()
    made = found or large_plan.build(tasks=1, units=[world.home.office], by=world.home.members[Role.OFFICE_HEAD])
    return {"pk": made.pk}


def a_task(world: World, member: Member) -> Parameters:
    """Its task."""
    return {"pk": Task.objects.get(plan__in=Plan.objects.filter(**a_plan(world, member))).pk}


def a_duty(world: World, member: Member) -> Parameters:
    """What the unit owes."""
    return {"pk": Duty.objects.get(task__in=Task.objects.filter(**a_task(world, member))).pk}


def a_unit(world: World, member: Member) -> Parameters:
    """The unit."""
    a_plan(world, member)
    return {"pk": world.home.office.pk}


def a_feed(world: World, member: Member) -> Parameters:
    """The secret of the member's calendar feed."""
    return {"token": feeds.create_address(by=member)}


def a_text(world: World, member: Member) -> Parameters:
    """A help text."""
    return {"slug": "home"}


SHARED: Final = frozenset({"desk:help_text"})
"""Addresses with parameters that name nothing of a county: everybody who has signed in may open them."""
OBJECTS: Final[dict[str, Maker]] = {
    **records.OBJECTS,
    **drafts.OBJECTS,
    **journal_records.OBJECTS,
    **people_records.OBJECTS,
    "desk:plan": a_plan,
    "desk:plan_export": a_plan,
    "desk:plan_matrix": a_plan,
    "desk:plan_matrix_export": a_plan,
    "desk:plan_figures": a_plan,
    "desk:plan_figures_export": a_plan,
    "desk:plan_press": a_plan,
    "desk:task": a_task,
    "desk:duty": a_duty,
    "desk:duty_step": a_duty,
    "desk:unit_tasks": a_unit,
    "desk:unit_tasks_export": a_unit,
    "desk:help_text": a_text,
    "portal:calendar": a_feed,
    "desk:account_of": an_account,
    "desk:account_edit": an_account,
    "desk:account_reset": an_account,
    "desk:account_enable": an_account,
    "desk:account_disable": an_account,
    "desk:account_unlock": an_account,
    "desk:account_factor": an_account,
    "desk:role_grant": an_account,
    "desk:role_end": a_role,
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
