"""``zhunsheng upgrade``: bring the tables and the static files up to the program. Safe to repeat."""

from __future__ import annotations

import argparse
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from zhunsheng.faces.cli import runtime

if TYPE_CHECKING:
    from zhunsheng.faces.cli.commands import Commands


def add(commands: Commands) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "upgrade",
        help="把数据库和静态文件升级到这一版",
        description="把数据库和静态文件升级到这一版，可以重复运行。SQLite 先留一份副本在 backups/。",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Upgrade and say what was done."""
    runtime.set_up()
    with runtime.database():
        missing, copy = migrate()
    if copy:
        print(f"升级前的数据库已另存为 {copy}")
    print(f"数据库：执行了 {len(missing)} 步升级。" if missing else "数据库：已经是这一版。")
    print(f"静态文件：{collect()} 个已就绪。")
    return 0


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
