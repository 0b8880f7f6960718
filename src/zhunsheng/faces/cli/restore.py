"""``zhunsheng restore``: a backup into an empty place, proved by ``--verify``."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from zhunsheng.faces.cli import runtime, upgrade, verify
from zhunsheng.faces.cli.refusal import Refused

if TYPE_CHECKING:
    from zhunsheng.faces.cli.commands import Commands
    from zhunsheng.kernel.backups import Manifest


def add(commands: Commands) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "restore",
        help="把备份恢复到空的地方",
        description=(
            "把备份恢复到 ZHUNSHENG_HOME 和 DATABASE_URL 所指的空地方；那里已有数据就不动它。\n"
            "恢复演练请加 --verify，最后打印的一行就是演练记录。"
        ),
    )
    parser.add_argument("file", metavar="文件", help="zhunsheng backup 写下的文件")
    parser.add_argument("--verify", action="store_true", help="恢复后核验，打印演练记录")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Restore, and verify where asked; 1 where the verification finds anything."""
    source = Path(arguments.file).absolute()
    if not source.is_file():
        raise Refused(f"没有这个文件：{source}", status=2)
    runtime.set_up()
    started = monotonic()
    with runtime.database():
        manifest = restored(source)
        print(f"已恢复 {source.name}（{manifest.at} 作出）。启动之前请放回原来的 secret_key。")
        if not arguments.verify:
            return 0
        status = verify.report()
    print(record(source, manifest, monotonic() - started, passed=status == 0))
    return status


def restored(source: Path) -> Manifest:
    """Make the tables and put the backup into them. Raises ``Refused``."""
    from zhunsheng.kernel import backups
    from zhunsheng.kernel.errors import Refused as RefusedByRule

    try:
        backups.refuse_unless_empty()
        upgrade.tables()
        return backups.restore(source)
    except (RefusedByRule, backups.BadArchive) as error:
        raise Refused(str(error)) from error


def record(source: Path, manifest: Manifest, seconds: float, *, passed: bool) -> str:
    """The line of the drill for the tester: what, from when, to where, how long, with which result."""
    from django.db import connection
    from django.utils import timezone

    from zhunsheng.kernel.now import now

    with source.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    newest = f"日志到第 {manifest.newest.split()[0]} 块" if manifest.newest else "日志是空的"
    return (
        f"恢复演练记录：{timezone.localtime(now()):%Y-%m-%d %H:%M}，备份 {source.name}（SHA-256 {digest}，{manifest.at} 作出，"
        f"{newest}）恢复到 {connection.settings_dict['NAME']}，用时 {seconds:.1f} 秒，核验{'通过' if passed else '没有通过'}。"
    )
