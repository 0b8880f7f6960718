"""The demo county, people of it by their posts, and the example plan at every stage of its life."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from zhunsheng.kernel.documents import read_document
from zhunsheng.kernel.documents.model import Document
from zhunsheng.people.demo import build
from zhunsheng.people.models import Member, Role, Unit
from zhunsheng.programmes.plans.actions import importing, publishing, settling
from zhunsheng.programmes.plans.example import EXAMPLE
from zhunsheng.programmes.plans.models import Edition, Plan


@pytest.fixture
def county(db: None) -> None:
    """云溪县, as the demo has it."""
    build()


@pytest.fixture
def clerk(county: None) -> Member:
    return Member.objects.select_related("person", "unit").get(username="zhoumin")


@pytest.fixture
def second(county: None) -> Member:
    """Another person of the office: the one who publishes."""
    return Member.objects.select_related("person", "unit").get(username="shenweiyue")


@pytest.fixture
def office(clerk: Member) -> Unit:
    return clerk.unit


@pytest.fixture
def of_unit(county: None) -> Callable[[str, Role], Member]:
    """A member of the unit with this short name who holds this role."""

    def find(short_name: str, role: Role) -> Member:
        found = Member.objects.select_related("person", "unit").filter(
            roles__unit__short_name=short_name, roles__role=role
        )
        return found.order_by("pk")[0]

    return find


@pytest.fixture
def example() -> Document:
    return read_document(EXAMPLE.read_bytes(), name=EXAMPLE.name)


@pytest.fixture
def draft(example: Document, office: Unit, clerk: Member) -> Edition:
    """The example plan, read and laid down."""
    return importing.import_plan(document=example, name="示例方案.txt", office=office, by=clerk).edition


def settle_all(edition: Edition, by: Member) -> None:
    """Settle whatever the rules left open: open groups mean two departments, doubts are as they are read."""
    some = list(Unit.objects.filter(short_name__in=["县司法局", "县教育局"]))
    for name in edition.names.filter(settled=""):
        settling.settle_name(name=name, units=some, by=by)
    for query in edition.queries.filter(settled_by=None):
        settling.settle_query(query=query, answer="按原文", by=by)


@pytest.fixture
def published(draft: Edition, clerk: Member, second: Member) -> Plan:
    """The example plan, published on the day after it was issued."""
    settle_all(draft, clerk)
    Plan.objects.filter(pk=draft.plan_id).update(default_due=date(2026, 12, 31))
    publishing.hand_over(edition=draft, by=clerk)
    return publishing.publish(edition=Edition.objects.get(pk=draft.pk), by=second).plan
