"""``zhunsheng backup``: everything in one file, while everybody works on."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from zhunsheng.faces.cli import runtime
from zhunsheng.faces.cli.refusal import Refused

if TYPE_CHECKING:
    from zhunsheng.faces.cli.commands import Commands


def add(commands: Commands) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "backup",
        help="备份数据库和存放的文件，不用停",
        description="把数据库、存放的文件和锚点备份到一个文件，不用停。密钥文件 secret_key 不在里面，请另存。",
    )
    parser.add_argument("file", nargs="?", metavar="文件", help="写到哪里，默认在 backups/")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the backup, and a line about it into the access log."""
    runtime.set_up()
    from zhunsheng.faces.cli.verify import refuse_if_behind
    from zhunsheng.kernel import backups
    from zhunsheng.kernel.actor import Program
    from zhunsheng.kernel.journal import access
    from zhunsheng.kernel.journal.kinds import AccessKind

    with runtime.database():
        refuse_if_behind()
        target = Path(arguments.file).absolute() if arguments.file else default()
        if target.exists():
            raise Refused(f"{target} 已经有了，没有覆盖它。请另写一个文件名。")
        access.note(AccessKind.EXPORT, actor=Program("命令行"), detail=f"备份到 {target}")
        made = backups.backup(target)
    newest = f"，日志到第 {made.newest.split()[0]} 块" if made.newest else ""
    print(
        f"已备份到 {target}（{target.stat().st_size / 1024**2:.1f} MB{newest}）。请把它和 secret_key 分开另存到别的机器。"
    )
    return 0


def default() -> Path:
    """A name with the time, in ``backups`` of the home."""
    from django.conf import settings
    from django.utils import timezone

    from zhunsheng.kernel.now import now

    folder = Path(settings.HOME) / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"zhunsheng-{timezone.localtime(now()):%Y%m%d-%H%M%S}.tar.gz"
