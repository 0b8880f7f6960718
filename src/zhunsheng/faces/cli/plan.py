"""``zhunsheng plan read``: a plan goes in, its tasks come out. No database, no Django, nothing stored."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Final

from zhunsheng.faces.cli import incoming, plan_import
from zhunsheng.faces.cli.chinese import BAD_INPUT

if TYPE_CHECKING:
    from zhunsheng.faces.cli.commands import Commands
    from zhunsheng.programmes.plans.reading.model import Reading

FORMATS: Final = "能读 txt、html、docx 和有文字层的 pdf"


def add(commands: Commands) -> None:
    """Register the command."""
    parser = commands.add_parser("plan", help="工作方案：read 读出任务，import 导入成草稿")
    verbs = parser.add_subparsers(title="要做的", metavar="动作", required=True)
    read = verbs.add_parser(
        "read",
        help="从方案里读出任务、单位、期限和目标",
        description=f"从一份工作方案里读出任务、单位、期限和目标。{FORMATS}。不碰数据库，不存任何东西。",
    )
    read.add_argument("file", metavar="文件", help="方案文件；写 - 从标准输入读")
    read.add_argument("--json", action="store_true", help="按 docs/reading.md 的格式输出 JSON")
    read.set_defaults(run=run)
    plan_import.add(verbs)


def run(arguments: argparse.Namespace) -> int:
    """Read one document and print what it says; 2 for what is no plan or cannot be read."""
    document = incoming.document(arguments.file)
    from zhunsheng.programmes.plans.reading import read_plan

    reading = read_plan(document)
    _print(reading, as_json=arguments.json)
    refusals = [warning.message for warning in reading.warnings if warning.code == "not_a_plan"]
    for message in refusals:
        print(message, file=sys.stderr)
    return BAD_INPUT if refusals else 0


def _print(reading: Reading, *, as_json: bool) -> None:
    if as_json:
        from zhunsheng.programmes.plans.reading import as_json as contract

        ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
        print(json.dumps(contract(reading), ensure_ascii=ascii_only, indent=2))
    else:
        from zhunsheng.faces.cli.summary import summary

        print(summary(reading))
