"""``zhunsheng due``: the date of a time limit and its arithmetic. Works without a database, too."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhunsheng.faces.cli import runtime
from zhunsheng.faces.cli.chinese import BAD_INPUT
from zhunsheng.faces.cli.refusal import Refused

if TYPE_CHECKING:
    from zhunsheng.faces.cli.commands import Commands
    from zhunsheng.kernel.clock.days import Calendar
    from zhunsheng.kernel.clock.results import Due


def add(commands: Commands) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "due",
        help="算期限：从哪天起、到哪天止、怎样算的",
        description="按期限库算出到期日，列出算式。例如 zhunsheng due R03 2026-09-28。",
    )
    parser.add_argument("rule", metavar="编号", help="期限库里的编号，例如 R03；写几个字也可以，会列出相近的")
    parser.add_argument("date", metavar="日期", help="起算日，例如 2026-09-28；按小时的写 '2026-09-28 14:30'")
    parser.add_argument("--region", metavar="代码", default="", help="区划代码；有地方规定、地方假日的按当地算")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Compute and print; 2 for an unknown rule, a date that is none, a rule that gives no date."""
    runtime.set_up()
    from zhunsheng.kernel.clock.typed import moment, region
    from zhunsheng.kernel.errors import Refused as RefusedByRule
    from zhunsheng.kernel.packs import BadPack

    try:
        found = _due(arguments.rule, moment(arguments.date), region(arguments.region))
    except (RefusedByRule, BadPack) as error:
        raise Refused(str(error), status=BAD_INPUT) from error
    print(_as_json(found) if arguments.json else _as_text(found))
    return 0


def _due(rule: str, trigger: date | datetime, region: str) -> Due:
    """The rule is looked up first: a slip in it needs no database."""
    from zhunsheng.kernel.clock import rules
    from zhunsheng.kernel.clock.due import due

    rules.book().versions(rule)
    return due(rule, trigger, region, calendar=_calendar(region))


def _calendar(region: str) -> Calendar:
    """The county's calendar, or the one that ships where there is no database or no table yet."""
    from django.conf import settings
    from django.db import DatabaseError, InterfaceError, connection

    from zhunsheng.kernel.clock import shipped
    from zhunsheng.kernel.clock.calendar import load

    if connection.vendor == "sqlite" and not Path(settings.DATABASES["default"]["NAME"]).is_file():
        return shipped.calendar(region)
    try:
        runtime.reach()
        return load(region)
    except (DatabaseError, InterfaceError):
        return shipped.calendar(region)


def _as_json(found: Due) -> str:
    value = found.value
    shown: dict[str, Any] = {
        "rule": found.rule.id,
        "due": value.isoformat() if value else None,
        "provisional": found.provisional,
        "article": found.rule.source,
        "steps": found.sentences,
    }
    return json.dumps(shown, ensure_ascii=(sys.stdout.encoding or "").lower().replace("-", "") != "utf8", indent=2)


def _as_text(found: Due) -> str:
    from zhunsheng.kernel.clock.wording import headline, remarks

    rule = found.rule
    lines = [
        f"{rule.id} {rule.title}：{headline(found)}",
        f"依据：{rule.source}",
        *(f"  {sentence}" for sentence in found.sentences),
        *remarks(rule),
    ]
    return "\n".join(lines)
