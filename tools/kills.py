"""kill −9 at random moments while people upload, import, publish, report and handle orders, on both databases.

``make kills KILLS=200`` (DATABASE=SQLite for one only). Most kills take every process that answers requests, and their
parent starts them again; every tenth takes the whole server with its worker, as a power cut would. Afterwards nothing
may be stored by half, nothing acknowledged be lost, and ``zhunsheng verify`` must be silent. Sending of reminders is
killed in ``tests/kernel/reminders/test_kills.py``.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.benches.county import County  # noqa: E402
from tools.benches.journal import databases, place  # noqa: E402
from tools.benches.site import Site, site  # noqa: E402
from tools.benches.writers import Writer, crew  # noqa: E402

SIZE: Final = ("40", "40", "4")
WHOLE: Final = 10
"""Every so many kills take everything."""
RECOVERY: Final = 20.0
"""Seconds within which the server must answer again after a kill."""


def main() -> int:
    """Both databases, one after another; 1 where anything was lost or stored by half."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server and the database go too
    kills, wanted = int(os.environ.get("KILLS", "12")), os.environ.get("DATABASE", "")
    good = True
    for name, url in databases():
        if wanted in {"", name}:
            with place(url) as environment:
                good &= survived(name, environment, kills)
    return 0 if good else 1


def survived(name: str, environment: Mapping[str, str], kills: int) -> bool:
    """Build, serve, kill and prove for one database."""
    line = [sys.executable, "-m", "tools.benches.county", *SIZE]
    done = subprocess.run(line, cwd=ROOT, env=dict(environment), check=True, capture_output=True, text=True)
    with site(environment) as server:
        writers = crew(server.port, County.of(done.stdout))
        for writer in writers:
            writer.sign_in()
            writer.start()
        for number in range(1, kills + 1):
            at_work(writers)
            time.sleep(random.uniform(0.0, 0.5))  # noqa: S311 - chance, not secrets
            killed(server, whole=number % WHOLE == 0)
        time.sleep(1)
        ended(writers)
        server.stop()
    faults = proved(environment, writers)
    print(
        f"{name}：{kills} 次 kill −9，{told(writers)}；{'；'.join(faults) or '没有丢失，没有半截，核验通过'}。",
        flush=True,
    )
    return not faults


def at_work(writers: list[Writer]) -> None:
    """Wait until people get answers again: killing what has not started yet would prove nothing."""
    before, ends = sum(writer.answered for writer in writers), time.monotonic() + RECOVERY
    while sum(writer.answered for writer in writers) < before + len(writers) and time.monotonic() < ends:
        time.sleep(0.02)


def killed(server: Site, *, whole: bool) -> None:
    """Kill; what was killed comes back."""
    if whole:
        server.kill()
        server.start()
    else:
        server.kill_workers()


def ended(writers: list[Writer]) -> None:
    """Everybody finishes the round."""
    for writer in writers:
        writer.ending.set()
    for writer in writers:
        writer.join(70)


def told(writers: list[Writer]) -> str:
    """How many writes of each kind were acknowledged, and how many requests a kill met."""
    counted = Counter(what[0] for writer in writers for what in writer.known)
    refused = sum(len(writer.refused) for writer in writers)
    words = "、".join(f"{kind} {count}" for kind, count in counted.items())
    return f"打断请求 {sum(writer.broken for writer in writers)} 次，确认过的写：{words}；规则没有接受的 {refused}"


def proved(environment: Mapping[str, str], writers: list[Writer]) -> list[str]:
    """Everything that is wrong afterwards."""
    known = json.dumps([what for writer in writers for what in writer.known])
    line = [sys.executable, "-m", "tools.benches.proof"]
    done = subprocess.run(
        line, cwd=ROOT, env=dict(environment), input=known, capture_output=True, text=True, check=False
    )
    found = done.stdout.splitlines()
    if done.returncode and not found:
        found.append(done.stderr[-500:])
    line = [sys.executable, "-m", "zhunsheng", "verify"]
    said = subprocess.run(line, cwd=ROOT, env=dict(environment), capture_output=True, text=True, check=False)
    if said.returncode or "来源不明" in said.stdout:
        found.append(f"verify: {said.stdout}{said.stderr}")
    found += [f"error: {one}" for writer in writers for one in writer.refused if one[-3] == "5"]
    return found


if __name__ == "__main__":
    raise SystemExit(main())
