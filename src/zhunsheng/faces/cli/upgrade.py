"""``zhunsheng upgrade``: bring the tables and the static files up to the program. Safe to repeat."""

from __future__ import annotations

import argparse
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

from zhunsheng.faces.cli import runtime, verify
from zhunsheng.faces.cli.refusal import COMMAND, Refused

if TYPE_CHECKING:
    from zhunsheng.faces.cli.commands import Commands
    from zhunsheng.kernel.journal.verifying import Finding

WHAT_NOW: Final = (
    "升级会把对不上的行当作升级所改记进日志，以后分不清是谁改的。请先按上面写的查明；\n"
    f"要再看一遍，请换回升级前的程序运行 {COMMAND} verify。\n"
    "已经查明的，或者上一次升级中途断过的，要照样升级，请运行 "
    f"{COMMAND} upgrade --anyway。"
)


def add(commands: Commands) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "upgrade",
        help="把数据库和静态文件升级到这一版",
        description=(
            "把数据库和静态文件升级到这一版，可以重复运行。数据库要升级的，先核验操作日志，对不上就不升级；\n"
            "SQLite 再留一份副本在 backups/。"
        ),
    )
    parser.add_argument("--anyway", action="store_true", help="核验对不上也升级；对不上的会记成升级所改，以后分不清")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Upgrade and say what was done."""
    runtime.set_up()
    with runtime.database():
        found = proved(anyway=arguments.anyway) if runtime.pending() else []
        missing, copy = migrate()
        keep(found)
    if copy:
        print(f"升级前的数据库已另存为 {copy}")
    print(f"数据库：执行了 {len(missing)} 步升级。" if missing else "数据库：已经是这一版。")
    print(f"静态文件：{collect()} 个已就绪。")
    return 0


def proved(*, anyway: bool) -> list[Finding]:
    """Verify the journal before anything is migrated; what was found. Raises ``Refused`` unless ``anyway``."""
    from django.db import DatabaseError

    from zhunsheng.kernel.journal import upgrades
    from zhunsheng.kernel.journal.verifying import verify_behind

    if not upgrades.is_there():
        return []
    print("升级前先核验操作日志……", flush=True)
    started = monotonic()
    found: list[Finding] = []
    try:
        for finding in verify_behind():
            found.append(finding)
            print(verify.line(finding))
    except DatabaseError as error:
        found.append(unreadable(error))
        print(verify.line(found[-1]))
    took = f"用时 {monotonic() - started:.1f} 秒"
    if not found:
        print(f"核验通过，{took}。")
    elif anyway:
        print(f"核验没有通过：{len(found)} 处对不上，{took}。照 --anyway 继续升级。")
    else:
        raise Refused(f"升级前的核验没有通过：{len(found)} 处对不上，{took}，没有升级。\n{WHAT_NOW}")
    return found


def unreadable(error: Exception) -> Finding:
    """The journal's own tables are of an earlier shape, or somebody changed them."""
    from zhunsheng.kernel.journal.verifying import Finding

    words = " ".join(str(error).split())
    remedy = "请换回升级前的程序运行 zhunsheng verify，通过了再用这一版加 --anyway 升级。"
    return Finding("unreadable", "bad", "这一版程序读不了升级前的日志", f"数据库说：{words}", remedy)


def keep(found: list[Finding]) -> None:
    """Leave what the upgrade went on in spite of to the audit administrator's page and to ``doctor``."""
    from zhunsheng.kernel.journal.checks import begun
    from zhunsheng.kernel.journal.checks import keep as kept

    if found:
        kept(found, begun("升级前"))


def migrate() -> tuple[list[str], Path | None]:
    """Apply what is pending, enter holidays that are new; what was applied and the copy that was made before."""
    from zhunsheng.kernel.actor import SYSTEM
    from zhunsheng.kernel.clock.actions import seed

    done = tables()
    # Not a migration: a new year's holidays come with a release that may have none.
    seed(by=SYSTEM)
    return done


def tables() -> tuple[list[str], Path | None]:
    """Apply what is pending and enter nothing; what was applied and the copy that was made before."""
    from django.core.management import call_command
    from django.db import connection

    missing, copy = runtime.pending(), None
    if missing and connection.vendor == "sqlite" and connection.introspection.table_names():
        copy = copied(Path(connection.settings_dict["NAME"]))
    if missing:
        call_command("migrate", interactive=False, verbosity=0)
    return missing, copy


def copied(database: Path) -> Path:
    """A consistent copy of an SQLite file in ``backups`` of the home, readable by its owner only."""
    from django.conf import settings
    from django.utils import timezone

    directory = Path(settings.HOME) / "backups"
    directory.mkdir(mode=0o700, exist_ok=True)
    target = directory / f"zhunsheng-{timezone.localtime():%Y%m%d-%H%M%S-%f}.sqlite3"
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with (
        closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
    return target


def collect() -> int:
    """Collect the static files under names that carry their digest; how many there are."""
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    return len(getattr(staticfiles_storage, "hashed_files", {}))
