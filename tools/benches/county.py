"""A county at work, for measuring and for killing: the demo's people with passwords, a large plan, orders to sign.

``python -m tools.benches.county TASKS UNITS PERIODS`` builds it in the place that the environment names, on a database
that is migrated, and prints as JSON who can sign in and which addresses they use.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zhunsheng.people.models import Member, Unit
    from zhunsheng.programmes.plans.models import Plan

PASSWORD: Final = "Cedar-58-river!"  # noqa: S105 - of fictional people in a database that is thrown away
ORDERS: Final = 3
"""Orders that wait for the signature of each unit."""
AT_MOST: Final = 60
"""Duties of each unit that its people work through."""


@dataclass(slots=True)
class Person:
    """Somebody who signs in, and numbers of the records that are theirs."""

    username: str
    role: str
    unit: int
    duties: list[int] = field(default_factory=list)
    orders: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class County:
    """Who there is, and what there is to look at."""

    plan: int
    tasks: list[int]
    units: list[int]
    people: list[Person]

    @classmethod
    def of(cls, text: str) -> County:
        """The county that ``main`` has printed."""
        read = json.loads(text)
        return cls(read["plan"], read["tasks"], read["units"], [Person(**one) for one in read["people"]])

    def holding(self, role: str) -> list[Person]:
        """Whoever has that role."""
        return [one for one in self.people if one.role == role]


def main(arguments: list[str]) -> None:
    """Build and print."""
    import django

    django.setup()
    tasks, units, periods = map(int, arguments)
    print(json.dumps(asdict(built(tasks=tasks, units=units, periods=periods))))


def built(*, tasks: int, units: int, periods: int) -> County:
    """The demo county with a plan of so many tasks × units × periods."""
    from tools.benches import large_plan
    from zhunsheng.kernel.journal import change
    from zhunsheng.people import demo
    from zhunsheng.people.models import Member, Unit

    demo.build()
    members = list(Member.objects.select_related("person", "unit__division").order_by("pk"))
    theirs = {member.unit_id for member in members}
    rows = sorted(Unit.objects.filter(valid_to=None), key=lambda unit: (unit.pk not in theirs, unit.pk))[:units]
    clerk = next(one for one in members if one.username == "zhoumin")
    # The office's own unit stands first: the plan is issued by it.
    rows.sort(key=lambda unit: unit.pk != clerk.unit_id)
    with change(demo.DEMO, "建量速度用的方案"):
        plan = large_plan.build(tasks=tasks, units=rows, periods=periods, by=clerk)
        _admit(members)
    orders = _orders(rows[:40], clerk, next(one for one in members if one.username == "shenweiyue"))
    analysed()
    return _described(plan, rows, members, orders)


def analysed() -> None:
    """What autovacuum does by itself after a minute on PostgreSQL; on SQLite nothing is analysed."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _admit(members: list[Member]) -> None:
    """Everybody has a password that need not be changed. One digest for all: making each takes a tenth of a second."""
    from django.contrib.auth.hashers import make_password

    from zhunsheng.kernel.now import now
    from zhunsheng.people.models import Account, Member

    Member.objects.update(password=make_password(PASSWORD))
    known = set(Account.objects.values_list("member_id", flat=True))
    Account.objects.bulk_create(Account(member=one) for one in members if one.pk not in known)
    Account.objects.update(must_change=False, password_set_at=now())


def _orders(units: list[Unit], clerk: Member, head: Member) -> dict[int, list[int]]:
    """Orders issued to each unit but the one that issues them, by unit."""
    from zhunsheng.kernel.matter import actions

    found: dict[int, list[int]] = {unit.pk: [] for unit in units}
    for unit in units:
        if unit.pk == clerk.unit_id:
            continue
        for number in range(1, ORDERS + 1):
            draft = actions.open(
                kind="supervision_order", origins=[], unit_id=unit.pk, issuer_id=clerk.unit_id,
                title=f"关于报送台账（{number}）", demands="补报台账，说明原因。", by=clerk,
            )  # fmt: skip
            found[unit.pk].append(actions.issue(matter=draft, by=head).pk)
    return found


def _described(plan: Plan, units: list[Unit], members: list[Member], orders: dict[int, list[int]]) -> County:
    from zhunsheng.kernel.now import today
    from zhunsheng.people.models import MemberRole
    from zhunsheng.programmes.plans.models import Duty, Task

    roles = dict(MemberRole.objects.values_list("member_id", "role"))
    begun = Duty.objects.filter(task__plan=plan, begins__lte=today()).order_by("-begins", "pk")
    duties: dict[int, list[int]] = {}
    for pk, unit in begun.values_list("pk", "unit_id"):
        if len(held := duties.setdefault(unit, [])) < AT_MOST:
            held.append(pk)
    people = [Person(one.username, roles[one.pk], one.unit_id) for one in members if one.pk in roles]
    for one_unit in units:
        staff = [one for one in people if one.unit == one_unit.pk]
        _share(staff, duties.get(one_unit.pk, []), orders.get(one_unit.pk, []))
    tasks = list(Task.objects.filter(plan=plan).order_by("pk").values_list("pk", flat=True)[:200])
    return County(plan.pk, tasks, [unit.pk for unit in units], people)


def _share(people: list[Person], duties: list[int], orders: list[int]) -> None:
    """Everybody of a unit looks at its duties; each liaison officer reports on some, and the first signs its orders."""
    officers = [one for one in people if one.role == "liaison_officer"]
    for one in people:
        one.duties = duties
    for number, one in enumerate(officers):
        one.duties = duties[number :: len(officers)]
    if officers:
        officers[0].orders = orders


if __name__ == "__main__":
    main(sys.argv[1:])
