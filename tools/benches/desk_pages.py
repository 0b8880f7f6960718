"""``python -m tools.benches.desk_pages TASKS``: fill an empty installation and time its pages; prints rows as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from time import process_time
from typing import TYPE_CHECKING

import django

from .county import analysed
from .speed import best
from .table import Cell

if TYPE_CHECKING:
    from django.test import Client

DAY = date(2026, 11, 23)
UNITS = 60
OPEN = 5 / 6
"""Part of the duties that wait for the office: 10,000 of 12,000."""
ITEMS = """
    SELECT d.id, d.state, d.due, w.number, w.title, o.label, u.short_name, COUNT(*) OVER ()
    FROM plans_duty d JOIN plans_task t ON t.id = d.task_id JOIN plans_wording w ON w.id = t.wording_id
    JOIN plans_plan p ON p.id = t.plan_id JOIN people_division v ON v.id = p.division_id
    JOIN plans_occurrence o ON o.id = d.occurrence_id JOIN people_unit u ON u.id = d.unit_id
    WHERE d.state = 'office' AND v.path LIKE %s ORDER BY d.due, d.id LIMIT 50
"""
CELLS = """
    SELECT a.unit_id, a.task_id, a.role, CASE
        WHEN a.state IN ('new', 'run', 'back') AND a.due < %s THEN 'late' WHEN a.state = 'back' THEN 'back'
        WHEN a.state IN ('head', 'lead', 'office') THEN 'wait' WHEN a.state = 'done' THEN 'done' ELSE 'new' END
    FROM plans_assignment a JOIN plans_task t ON t.id = a.task_id WHERE t.plan_id = %s AND NOT a.ended
"""


def main(tasks: int) -> None:
    """Fill, warm up, time."""
    django.setup()
    from django.conf import settings

    from zhunsheng.kernel.now import on

    settings.ALLOWED_HOSTS = ["*"]
    with on(DAY):
        print(json.dumps(list(_rows(_filled(tasks))), ensure_ascii=False))


def _filled(tasks: int) -> int:
    """The demo county with a plan most of whose duties wait for the office; its key."""
    from zhunsheng.kernel.journal import change
    from zhunsheng.kernel.now import now
    from zhunsheng.people.demo import DEMO, build
    from zhunsheng.people.models import Member, Unit
    from zhunsheng.programmes.plans import counting
    from zhunsheng.programmes.plans.models import Assignment, Duty

    from .large_plan import build as build_plan

    build()
    units = list(Unit.objects.exclude(kind="village").order_by("pk")[:UNITS])
    units += list(Unit.objects.filter(kind="village").order_by("pk")[: UNITS - len(units)])
    with change(DEMO, "量"):
        plan = build_plan(tasks=tasks, units=units, by=Member.objects.get(username="zhoumin"))
        some = list(Duty.objects.order_by("pk").values_list("pk", flat=True)[: int(tasks * UNITS * OPEN)])
        for start in range(0, len(some), 500):
            Duty.objects.filter(pk__in=some[start : start + 500]).update(state="office", submitted_at=now())
        counting.refresh(Assignment.objects.filter(task__plan=plan))
    analysed()
    return plan.pk


def _rows(plan: int) -> Iterator[list[Cell]]:
    from django.urls import reverse

    from zhunsheng.programmes.plans.models import Duty, Plan

    path = Plan.objects.select_related("division").get(pk=plan).division.path
    total, waiting = Duty.objects.count(), Duty.objects.filter(state="office").count()
    items = _statement(ITEMS, (f"{path}%",))
    yield ["案头，办公室", waiting, *_page("zhoumin", reverse("desk:home"), items)]
    yield ["案头，联络员", total // UNITS, *_page("heshuixiu", reverse("desk:home"), None)]
    yield ["矩阵", total, *_page("zhoumin", reverse("desk:plan_matrix", args=[plan]), _statement(CELLS, (DAY, plan)))]


def _statement(statement: str, parameters: tuple[str | date | int, ...]) -> float:
    """Milliseconds until all of its rows are here."""
    from django.db import connection

    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            cursor.fetchall()

    return best(run) * 1000


def _page(username: str, address: str, by_hand: float | None) -> list[Cell]:
    """Milliseconds, queries, milliseconds of the processor, the statement by hand, size."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from zhunsheng.people.models import Member

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Member.objects.get(username=username), backend="zhunsheng.people.backends.MemberBackend")
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    count = len(queries)
    taken = best(lambda: client.get(address), most=20)
    return [taken * 1000, count, _processor(client, address), by_hand, len(answer.content) // 1024]


def _processor(client: Client, address: str) -> float:
    """Milliseconds of the processor: the same whatever else the machine does; on SQLite with the database's own."""
    taken = []
    for _ in range(10):
        started = process_time()
        client.get(address)
        taken.append(process_time() - started)
    return min(taken) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]))
