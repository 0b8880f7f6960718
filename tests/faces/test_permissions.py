from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.faces.world import OBJECTS, SHARED, World, address, with_parameters
from zhunsheng.faces.access import Sample
from zhunsheng.faces.permissions import TABLE
from zhunsheng.people.models import Member, Role

BACKEND = "zhunsheng.people.backends.MemberBackend"
OFF_BY_DEFAULT = frozenset({"desk:oidc_start", "desk:oidc_return", "desk:demo_sign_in", "desk:demo_clock"})
"""Addresses that answer 404 unless the installation has switched them on."""
STEPS = frozenset({"desk:second_step"})
"""Addresses that lead back to the sign-in page where nobody has begun to sign in."""


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """The names of all addresses, with their namespaces; an address without a name is given by its pattern."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name or pattern.pattern}"


def test_every_address_has_an_entry_and_every_entry_an_address() -> None:
    found = list(names(get_resolver().url_patterns))
    assert sorted(found) == sorted(TABLE)
    assert len(found) == len(set(found))


def test_every_address_with_parameters_is_registered() -> None:
    """Whoever adds a page of a record also says how to make one (``world.OBJECTS``)."""
    assert with_parameters() == set(OBJECTS)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_an_address_answers_only_to_its_methods(world: World, method: str) -> None:
    member = world.home.members[Role.SYSTEM_ADMINISTRATOR]
    for name, entry in TABLE.items():
        response = Client().generic(method, address(name, world, member))
        if method in entry.methods:
            assert response.status_code != 405, name
        else:
            assert response.status_code == 405, name
            assert response["Allow"] == ", ".join(sorted(entry.methods))


def test_what_everyone_may_open_opens_without_an_account(world: World) -> None:
    member = world.home.members[Role.SYSTEM_ADMINISTRATOR]
    for name, entry in TABLE.items():
        if entry.who == "everyone" and "GET" in entry.methods and name not in OFF_BY_DEFAULT | STEPS:
            assert Client().get(address(name, world, member)).status_code == 200, name


def test_nobody_is_sent_to_sign_in(world: World) -> None:
    member = world.home.members[Role.SYSTEM_ADMINISTRATOR]
    for name, entry in TABLE.items():
        if entry.who == "everyone":
            continue
        where = address(name, world, member)
        for method in entry.methods:
            response = Client().generic(method, where)
            assert response.status_code == 302, (method, name)
            assert response["Location"].startswith(reverse("desk:sign_in")), (method, name)


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_what_the_table_says_and_nothing_else(world: World, role: Role) -> None:
    member = world.home.members[role]
    for name, entry in TABLE.items():
        where = address(name, world, member)
        for method in sorted(entry.methods):
            status, location = answer(member, method, where)
            if isinstance(entry.who, str) or role in entry.who:
                assert status not in {403, 404, 405, 500} or name in OFF_BY_DEFAULT, (method, name, status)
                assert entry.who == "everyone" or location != reverse("desk:sign_in"), (method, name)
            else:
                assert status == 403, (method, name, status)


@pytest.mark.parametrize("role", Role)
def test_nobody_from_the_sister_county_opens_a_record(world: World, role: Role) -> None:
    """The same role in the county next door: every page of a record of ours is closed."""
    stranger = world.sister.members[role]
    for name in OBJECTS:
        if TABLE[name].who == "everyone" or name in SHARED:
            continue
        where = address(name, world, world.home.members[role])
        for method in sorted(TABLE[name].methods):
            status, _ = answer(stranger, method, where)
            assert status in {403, 404}, (method, name, status)


def answer(member: Member, method: str, where: str) -> tuple[int, str]:
    """Status and target of what a member gets who has just signed in; nothing that it changes stays."""
    client = Client()
    client.force_login(member, backend=BACKEND)
    with transaction.atomic():
        response = client.generic(method, where)
        transaction.set_rollback(True)
    return response.status_code, response.get("Location", "")


def test_samples_can_be_reached(world: World) -> None:
    samples = [(name, sample) for name, entry in TABLE.items() for sample in entry.samples]
    assert len({sample.name for _, sample in samples}) == len(samples)
    for name, sample in samples:
        start = sample.start or name
        assert "GET" in TABLE[start].methods, sample
        assert start not in OBJECTS or sample.follow, sample
        if sample.user or TABLE[start].who != "everyone" or start in OFF_BY_DEFAULT:
            continue
        page = Client().get(reverse(start)).content.decode()
        assert all(f'name="{field}"' in page for field, _ in sample.fill)
        assert not sample.press or f">{sample.press}</button>" in page
    assert Sample("x").status == 200


UNSEEN = {
    "portal:healthz": "one word for machines",
    "portal:calendar": "a feed for calendars",
    "desk:oidc_start": "leads away at once",
    "desk:oidc_return": "leads away at once",
    "desk:second_step": "needs the code of a moment; tests/faces/desk/test_second_step.py",
    "desk:qualifications_list": "a download",
    "desk:units_list": "a download",
    "desk:units_workbook": "a download",
    "desk:units_template": "a download",
    "desk:journal_export": "a download",
    "desk:access_log_export": "a download",
    "desk:unit_members": "a download",
    "desk:plans_export": "a download",
    "desk:plan_figures_export": "a download",
    "desk:plan_export": "a download",
    "desk:plan_matrix_export": "a download",
    "desk:unit_tasks_export": "a download",
    "desk:matters_export": "a download",
    "desk:matter_paper": "a download",
    "desk:proposal_paper": "a download",
    "desk:evidence_file": "a download",
    "desk:person": "stands behind a unit that has people; tests/faces/desk/units",
    "desk:plan_changes": "needs two editions of one plan",
    "desk:matter_decide": "needs what two people do one after the other; tests/faces/desk/matters",
}
"""Addresses that ``tools/shots.py`` does not look at, and why."""


def test_every_page_that_can_be_opened_is_looked_at() -> None:
    unseen = {name for name, entry in TABLE.items() if "GET" in entry.methods and not entry.samples}
    assert unseen == set(UNSEEN)
