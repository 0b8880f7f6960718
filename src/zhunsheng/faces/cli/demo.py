"""``zhunsheng demo``: a fictional county, a plan read, and the site."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from zhunsheng.faces.cli import runtime, serve, upgrade
from zhunsheng.faces.cli.refusal import COMMAND, Refused
from zhunsheng.faces.cli.summary import summary
from zhunsheng.kernel import environment

if TYPE_CHECKING:
    from zhunsheng.faces.cli.commands import Commands
    from zhunsheng.programmes.plans.reading.model import Reading


def add(commands: Commands) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "demo",
        help="演示：虚构的云溪县",
        description="建一个虚构的县，读一份为它写的方案，打开网站。再运行一次，做过的都还在。",
    )
    parser.add_argument("--no-serve", action="store_true", help="只打印，不打开网站（同 SERVE=0）")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Build what is missing, show what was read, serve until stopped."""
    serving = environment.flag("SERVE", default=True) and not arguments.no_serve
    if serving:
        serve.ensure_free(environment.host(), environment.port())
    os.environ["ZHUNSHENG_DEMO"] = "1"
    runtime.set_up()
    with runtime.database():
        print(county())
        print(year())
    print(f"\n读到的方案：\n\n{summary(example())}\n")
    if not serving:
        print(f"都已备好。打开网站，请把 SERVE=0 去掉再运行一次，地址是 {serve.address()}")
        return 0
    return serve.serve(f"网站在 {serve.address()} ，按 Ctrl-C 停；再运行一次，做过的都还在。", beside=serve.worker())


def county() -> str:
    """Build the county unless it is there; what it holds, in words. Raises ``Refused`` on a real county."""
    from zhunsheng.kernel.actor import Program
    from zhunsheng.kernel.errors import Refused as RefusedByRule
    from zhunsheng.kernel.journal import change
    from zhunsheng.people import demo

    refuse_real_county()
    upgrade.migrate()
    try:
        with change(Program("命令行"), "建演示县"):
            return str(demo.build())
    except RefusedByRule as error:
        raise Refused(str(error)) from error


def year() -> str:
    """The year's plan of the county as it stands today, with supervision orders; what there is, in words."""
    from zhunsheng.kernel.now import today
    from zhunsheng.people import simulation
    from zhunsheng.programmes.plans.example import orders
    from zhunsheng.programmes.plans.example import year as example_year
    from zhunsheng.programmes.plans.models import Duty, Plan

    with simulation.applied():
        example_year.build(today())
        made = orders.build(today())
    plan = Plan.objects.order_by("pk")[0]
    count = Duty.objects.filter(task__plan=plan).count()
    return f"《{plan.title}》在执行：{plan.tasks.count()} 项任务，{count} 件应报，督办单 {made} 件。"


def refuse_real_county() -> None:
    """Never touch, not even upgrade, a database that serves a real county."""
    from django.db import connection

    from zhunsheng.people.installation import current
    from zhunsheng.people.models import Installation

    if Installation._meta.db_table not in connection.introspection.table_names():
        return
    founded = current()
    if founded and not founded.is_demo:
        raise Refused(
            f"数据库里是“{founded.division.name}”的正式数据，演示没有动它。\n"
            f"要看演示，请另指一个地方，例如：ZHUNSHENG_HOME=~/zhunsheng-demo {COMMAND} demo"
        )


def example() -> Reading:
    """The example plan of the county, read like any other."""
    from zhunsheng.kernel.documents import read_document
    from zhunsheng.programmes.plans.example import EXAMPLE
    from zhunsheng.programmes.plans.reading import read_plan

    return read_plan(read_document(EXAMPLE.read_bytes(), name=EXAMPLE.name))
