"""``zhunsheng doctor``: what is configured, what is missing, how to mend it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from zhunsheng.faces.cli import runtime
from zhunsheng.faces.cli.checks import MACHINE
from zhunsheng.faces.cli.columns import width
from zhunsheng.faces.cli.findings import WORDS, Finding
from zhunsheng.kernel.environment import Misconfigured

if TYPE_CHECKING:
    from zhunsheng.faces.cli.commands import Commands

NAME_CELLS = 10


def add(commands: Commands) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "doctor",
        help="查一查哪里没有配好，怎样改",
        description="查一查哪里没有配好，怎样改。都正常退出码为 0，有“不行”的为 1。不改动任何业务数据。",
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; 1 where something is bad."""
    found = list(findings())
    if arguments.json:
        print(json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=2))
    else:
        for finding in found:
            print(line(finding))
    return 1 if any(finding.state == "bad" for finding in found) else 0


def findings() -> Iterator[Finding]:
    """The machine first; the database only where the settings can be loaded."""
    for check in MACHINE:
        yield check()
    try:
        runtime.set_up()
    except Misconfigured as error:
        yield Finding("配置", "bad", str(error), "照上面说的办。")
        return
    from zhunsheng.faces.cli.database_checks import database

    yield from database()


def line(finding: Finding) -> str:
    """State, name, detail; the remedy on its own line."""
    text = f"{WORDS[finding.state]}  {finding.name}{' ' * max(1, NAME_CELLS - width(finding.name))}{finding.detail}"
    return f"{text}\n      → {finding.remedy}" if finding.remedy else text
