"""The command ``zhunsheng``. Django is imported only by the commands that need it: ``plan read`` starts cold in a moment."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Final

from zhunsheng.faces.cli.refusal import Refused
from zhunsheng.kernel.environment import Misconfigured

INTERRUPTED = 130
PIPE_CLOSED = 141
SYSTEM: Final = {
    errno.ENOSPC: "磁盘满了，请先腾出空间",
    errno.EDQUOT: "磁盘配额用完了，请先腾出空间",
    errno.EACCES: "没有权限，请检查属主和读写权限",
    errno.EPERM: "没有权限，请检查属主和读写权限",
    errno.EROFS: "磁盘是只读的，请把 ZHUNSHENG_HOME 指到能写的目录",
    errno.EMFILE: "打开的文件太多，请调大系统的限制（ulimit -n）",
}


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 refused, 2 bad input. Every answer is in Chinese."""
    _steady_output()
    try:
        return _run(argv)
    except (Refused, Misconfigured) as error:
        print(error, file=sys.stderr)
        return error.status if isinstance(error, Refused) else 2
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # `zhunsheng … | head`: the reader has seen enough. Nothing may be flushed into the closed pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except OSError as error:
        print(_by_system(error), file=sys.stderr)
        return 1


def _run(argv: list[str] | None) -> int:
    from zhunsheng.faces.cli.commands import parser

    arguments = parser().parse_args(argv)
    status: int = arguments.run(arguments)
    sys.stdout.flush()
    return status


def _by_system(error: OSError) -> str:
    """What the system refused, what to do about it where that is known, and its own words behind."""
    said = error.strerror or str(error)
    known = SYSTEM.get(error.errno or 0)
    details = "：".join(str(part) for part in (error.filename, said if known else None) if part)
    return f"系统不让做这一步：{known or said}{f'（{details}）' if details else ''}。"


def _steady_output() -> None:
    """A terminal that cannot show a character gets its code instead of an exception."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
