"""The command ``zhunsheng``. Django is imported only by the commands that need it: ``plan read`` starts cold in a moment."""

from __future__ import annotations

import io
import os
import sys

from zhunsheng.faces.cli.refusal import Refused
from zhunsheng.kernel.environment import Misconfigured

INTERRUPTED = 130
PIPE_CLOSED = 141


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
        print(f"系统不让做这一步：{error.strerror or error}（{error.filename or '没有文件名'}）。", file=sys.stderr)
        return 1


def _run(argv: list[str] | None) -> int:
    from zhunsheng.faces.cli.commands import parser

    arguments = parser().parse_args(argv)
    status: int = arguments.run(arguments)
    sys.stdout.flush()
    return status


def _steady_output() -> None:
    """A terminal that cannot show a character gets its code instead of an exception."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
