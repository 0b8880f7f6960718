"""The table of commands. A command is a module with ``add(commands)``; what it needs it imports when it runs."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import zhunsheng
from zhunsheng.faces.cli import backup, demo, doctor, due, init, plan, restore, serve, upgrade, verify, worker
from zhunsheng.faces.cli.chinese import Parser

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[Parser]

MODULES = (demo, init, serve, worker, plan, due, doctor, upgrade, verify, backup, restore)


def parser() -> Parser:
    """The parser of the whole command line; the chosen command's function is ``arguments.run``."""
    made = Parser(
        prog="zhunsheng",
        description="准绳：县级政府依法行政工作台。\n写下的东西都在 ZHUNSHENG_HOME（默认是检出目录里的 var/）。",
    )
    made.add_argument("--version", action="version", version=f"准绳 {zhunsheng.__version__}", help="显示版本")
    commands = made.add_subparsers(title="命令", dest="command", metavar="命令", required=True)
    for module in MODULES:
        module.add(commands)
    return made
