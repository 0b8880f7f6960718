"""``zhunsheng verify``: does everything still stand as it was sealed?"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING

from zhunsheng.faces.cli import runtime
from zhunsheng.faces.cli.refusal import Refused

if TYPE_CHECKING:
    from zhunsheng.faces.cli.commands import Commands
    from zhunsheng.kernel.journal.verifying import Finding

WORDS = {"bad": "不行", "note": "留意"}


def add(commands: Commands) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "verify",
        help="核验操作日志：有没有人绕过系统改数据、改日志",
        description=(
            "核验日志的链条、每张表和日志是否一致、触发器、访问日志和锚点，以及存放的文件。都对得上退出码为 0，有对不上的为 1。\n"
            "核验之前先补记来源不明的变动。"
        ),
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--anchor", action="store_true", help="核验通过后写下锚点并打印，供另存他处")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print findings as they are found; 1 where something was tampered with."""
    runtime.set_up()
    with runtime.database():
        refuse_if_behind()
        return _as_json(anchor=arguments.anchor) if arguments.json else report(anchor=arguments.anchor)


def refuse_if_behind() -> None:
    """Raise ``Refused`` where the tables are not those of this program."""
    missing = runtime.pending()
    if missing:
        raise Refused(
            f"数据库还差 {len(missing)} 步升级，不能核验。新装的请运行 zhunsheng init；"
            "升级的请运行 zhunsheng upgrade（它会先核验一遍），或者换回升级前的程序再核验。"
        )


def report(*, anchor: bool = False) -> int:
    """Print every finding and a summary; the exit status."""
    bad = 0
    for finding in _kept():
        bad += finding.state == "bad"
        print(line(finding))
    print(f"核验没有通过：{bad} 处对不上。" if bad else f"核验通过，{_newest_words()}。")
    if anchor and not bad:
        print(_anchored())
    return 1 if bad else 0


def findings() -> Iterator[Finding]:
    """What does not stand as it was sealed, in the journal and in the stored files; both are read whole."""
    from zhunsheng.kernel.evidence.sweep import faults
    from zhunsheng.kernel.journal.verifying import Finding, verify

    yield from verify()
    found = faults()
    for digest in found.missing:
        yield Finding("file_missing", "bad", "佐证材料的文件不见了", f"摘要 {digest}", "请从备份里找回这个文件。")
    for digest in found.damaged:
        yield Finding("file_damaged", "bad", "佐证材料的文件被改动过", f"摘要 {digest}", "请用备份里的文件换回。")


def _kept() -> Iterator[Finding]:
    """What ``verify`` finds, and a line about it for the page of the audit administrator and for ``doctor``.

    A database that takes no line any more is told by the findings themselves.
    """
    from django.db import DatabaseError

    from zhunsheng.kernel.journal.checks import begun, keep

    line, found = begun("命令行"), []
    for finding in findings():
        found.append(finding)
        yield finding
    with suppress(DatabaseError):
        keep(found, line)


def line(finding: Finding) -> str:
    """State, what and where; the remedy on its own line."""
    return f"{WORDS[finding.state]}  {finding.what}：{finding.where}\n      → {finding.remedy}"


def _as_json(*, anchor: bool) -> int:
    from zhunsheng.kernel.journal.verifying import newest

    found = list(_kept())
    bad = any(finding.state == "bad" for finding in found)
    if anchor and not bad:
        _anchored()
    last = newest()
    answer = {"ok": not bad, "newest": asdict(last) if last else None, "findings": list(_plain(found))}
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    return 1 if bad else 0


def _plain(found: list[Finding]) -> Iterator[dict[str, object]]:
    yield from (asdict(finding) for finding in found)


def _newest_words() -> str:
    from zhunsheng.kernel.journal.verifying import newest

    last = newest()
    return f"日志到第 {last.number} 块" if last else "日志还是空的"


def _anchored() -> str:
    """Write the newest block as an anchor; the line to keep elsewhere."""
    from zhunsheng.kernel.journal.verifying import anchor

    made = anchor()
    return f"锚点：{made}\n请把这一行打印或者抄送审计管理员，另存他处。" if made else "日志还是空的，没有可以写的锚点。"
