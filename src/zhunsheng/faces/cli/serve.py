"""``zhunsheng serve``: the production server, gunicorn in this process."""

from __future__ import annotations

import argparse
import errno
import gc
import os
import socket
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhunsheng.faces.cli import runtime
from zhunsheng.faces.cli.beside import Beside
from zhunsheng.faces.cli.chinese import BAD_INPUT
from zhunsheng.faces.cli.refusal import COMMAND, Refused
from zhunsheng.kernel import environment

if TYPE_CHECKING:
    from zhunsheng.faces.cli.commands import Commands

THREADS = 24
"""Threads of a process. Most wait for slow visitors; what takes the processor takes turns (``portal/turns.py``)."""
TURN = 0.0005
"""Seconds after which a thread that computes lets another in. A page asks the database thirty times, and comes back to
the interpreter's lock as often: by Python's own 0.005 it waits up to 150 ms for one neighbour that computes."""
RUBBISH = (50_000, 20, 50)
"""When Python looks for what refers to itself. A page makes thousands of objects that go by themselves: by Python's own
700 it looks dozens of times for one page, which costs a tenth of the processor."""


def add(commands: Commands) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "serve", help="启动网站", description="启动网站。HOST 和 PORT 说在哪里听，默认 127.0.0.1:8000。"
    )
    parser.add_argument(
        "--no-worker", action="store_true", help="不在旁边运行办事员（提醒等定时任务），也可以设 WORKER=0"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped; refuse when the tables are behind the program."""
    ensure_free(environment.host(), environment.port())
    os.environ.pop("ZHUNSHENG_DEMO", None)  # nobody enters the production server without a password
    runtime.set_up()
    with runtime.database():
        missing = runtime.pending()
    if missing:
        raise Refused(
            f"数据库还差 {len(missing)} 步升级（从 {missing[0]} 起），没有启动。\n"
            f"新装的请运行 {COMMAND} init 建县，升级的请运行 {COMMAND} upgrade。"
        )
    return serve(f"准绳在 {address()} ，按 Ctrl-C 停。", beside=None if arguments.no_worker else worker())


def worker() -> Beside | None:
    """The worker to run beside the pages, unless WORKER=0. Raises ``Misconfigured``."""
    return Beside() if environment.flag("WORKER", default=True) else None


def address() -> str:
    """Where a browser on this machine finds the site."""
    host = environment.host()
    shown = "127.0.0.1" if host == "0.0.0.0" else "[::1]" if host == "::" else f"[{host}]" if ":" in host else host  # noqa: S104
    return f"http://{shown}:{environment.port()}/"


def ensure_free(host: str, port: int) -> None:
    """Raise ``Refused`` where nothing can listen there; the server itself would only retry in English."""
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as error:
        raise Refused(
            f"{host} 的 {port} 端口用不了：{error.strerror}。\n{_remedy(error, host, port)}",
            status=BAD_INPUT if _not_here(error) else 1,
        ) from error


def _not_here(error: OSError) -> bool:
    """Whether the address itself is wrong: no such name, or none of this machine's."""
    return isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL


def _remedy(error: OSError, host: str, port: int) -> str:
    if _not_here(error):
        return f"这台机器没有“{host}”这个地址。HOST 请写本机的地址，例如 127.0.0.1；要让别的机器打开，写 0.0.0.0。"
    other = port + 1 if port < 65535 else 8000
    if error.errno == errno.EACCES:
        return f"1024 以下的端口要有系统权限。请换一个，例如 PORT={max(other, 8000)}。"
    return f"多半是已经有程序占着它。请换一个，例如 PORT={other}，或者先停掉那个程序。"


def serve(welcome: str, beside: Beside | None = None) -> int:
    """Say ``welcome`` once everything is ready, then run gunicorn until it is stopped, the worker beside it.

    Django is set up already; workers inherit it and open their own connections.
    """
    environment.workers()  # gunicorn reads WEB_CONCURRENCY while it is imported, and answers nonsense with a traceback
    from django.conf import settings
    from django.core.management import call_command
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        """gunicorn that takes its settings from us, not from files of the current directory."""

        def load_config(self) -> None:
            for name, value in options(settings.HOME).items():
                self.cfg.set(name, value)

        def load(self) -> Any:  # a WSGI application, of a library without types
            from zhunsheng.wsgi import application

            return application

    call_command("collectstatic", interactive=False, verbosity=0)
    runtime.disconnect()
    print(welcome, flush=True)
    with beside or nullcontext():
        Server().run()
    return 0


def _settled(_worker: object) -> None:
    """A process that answers requests takes turns quickly, and does not look through what stays anyway for rubbish."""
    sys.setswitchinterval(TURN)
    gc.freeze()
    gc.set_threshold(*RUBBISH)


def options(home: Path) -> dict[str, object]:
    """gunicorn's settings: few processes with threads (SQLite has one writer), limits for endless requests."""
    host = environment.host()
    return {
        "bind": f"[{host}]:{environment.port()}" if ":" in host else f"{host}:{environment.port()}",
        "workers": environment.workers(),
        "worker_class": "zhunsheng.faces.cli.patience.Worker",
        "threads": THREADS,
        "post_worker_init": _settled,
        "timeout": 120,
        "graceful_timeout": 30,
        "keepalive": 5,
        "forwarder_headers": "",
        "max_requests": 10_000,
        "max_requests_jitter": 1_000,
        "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108 - heartbeat files, gunicorn's advice
        "control_socket_disable": True,
        "accesslog": str(home / "logs" / "access.log"),
        "errorlog": "-",
        "loglevel": "warning",
        "proc_name": "zhunsheng",
    }
