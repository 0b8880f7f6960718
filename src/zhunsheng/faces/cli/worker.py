"""``zhunsheng worker``: the periodic jobs and the outbox, apart from the pages, on as many machines as wanted."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from zhunsheng.faces.cli import runtime
from zhunsheng.faces.cli.refusal import Refused

if TYPE_CHECKING:
    from zhunsheng.faces.cli.commands import Commands


def add(commands: Commands) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "worker",
        help="运行办事员：生成提醒、发出消息",
        description="运行办事员：生成提醒、发出消息、做其他定时任务。可以在几台机器上同时运行，每件事只做一次。",
    )
    parser.add_argument("--once", action="store_true", help="只做一轮就结束")
    parser.add_argument("--beside", type=int, default=0, metavar="PID", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Work until stopped; refuse when the tables are behind the program."""
    runtime.set_up()
    with runtime.database():
        missing = runtime.pending()
    if missing:
        raise Refused(
            f"数据库还差 {len(missing)} 步升级（从 {missing[0]} 起），没有启动。\n请先运行 zhunsheng upgrade。"
        )
    from zhunsheng.kernel.reminders import jobs
    from zhunsheng.kernel.reminders.worker import Worker, orphaned
    from zhunsheng.people import simulation

    jobs.run_inside(simulation.applied)

    worker = Worker()
    if arguments.once:
        with worker.witness:
            worker.round()
        return 0
    if not arguments.beside:
        print("办事员在工作，按 Ctrl-C 停。", flush=True)
    worker.run(alone=orphaned(arguments.beside) if arguments.beside else lambda: False)
    return 0
