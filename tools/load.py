"""Fifty people at their desks, on the production server, on both databases; then ever more of them until it is too slow.

``make load`` (SECONDS=60 for each step, DATABASE=SQLite for one only, RAMP=0 without the ramp).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.benches.county import County  # noqa: E402
from tools.benches.journal import databases, place, verified  # noqa: E402
from tools.benches.site import site  # noqa: E402
from tools.benches.speed import best  # noqa: E402
from tools.benches.table import Cell, Column, Table  # noqa: E402
from tools.benches.traffic import Crowd, Log, quantile  # noqa: E402

PEOPLE: Final = 50
AIM: Final = 0.2
"""Seconds within which 95 of 100 answers come."""
WARM: Final = 10.0
"""Seconds before the count begins: nobody meets a server that has just been started."""
RAMP: Final = 1.5
"""Each step of the ramp has so many times as many people."""
MOST: Final = 600
SIZE: Final = ("200", "60", "4")
"""Tasks, units, periods."""


def main() -> int:
    """Both databases, one after another; 1 where the aim was missed or an error seen."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server and the database go too
    seconds = float(os.environ.get("SECONDS", "60"))
    wanted, good = os.environ.get("DATABASE", ""), True
    for name, url in databases():
        if wanted in {"", name}:
            with place(url) as environment:
                good &= measured(name, environment, seconds)
    return 0 if good else 1


def measured(name: str, environment: Mapping[str, str], seconds: float) -> bool:
    """Build, serve, measure and print for one database; whether the aim was met."""
    line = [sys.executable, "-m", "tools.benches.county", *SIZE]
    done = subprocess.run(line, cwd=ROOT, env=dict(environment), check=True, capture_output=True, text=True)
    county = County.of(done.stdout)
    with site(environment) as server:
        crowd = Crowd(server.port, county)
        crowd.grow(PEOPLE)
        crowd.measured(WARM, settling=0)
        used = server.processor()
        free = spun()
        log, rate = crowd.measured(seconds, settling=0)
        print(pages(name, log, rate, (server.processor() - used) / max(len(log.all()), 1)).printed(), flush=True)
        print(f"空转一百万次：开始时 {free:.0f} 毫秒，结束时 {spun():.0f} 毫秒。", flush=True)
        if os.environ.get("RAMP", "1") != "0":
            print(f"\n{Table(f'{name}：加人，直到太慢', RISE, tuple(risen(crowd, seconds / 2))).printed()}", flush=True)
        crowd.leave()
        server.stop()
    print(f"核验：{verified(environment)}\n", flush=True)
    return quantile(log.all(), 0.95) <= AIM and not log.errors


def spun() -> float:
    """Milliseconds for a million additions, the best of three: what a machine shared with others gives just now."""
    return best(lambda: sum(range(1_000_000)), most=3) * 1000


PAGES: Final = (
    Column("页面"), Column("次", ",d"), Column("p50 毫秒", ".0f"), Column("p95", ".0f"), Column("p99", ".0f"), Column("最长", ".0f"),
)  # fmt: skip


def pages(name: str, log: Log, rate: float, used: float) -> Table:
    """p50, p95 and p99 by page; errors, processor seconds of the server for a request, load of the machine in the note."""
    rows = [row(page, log.seconds[page]) for page in sorted(log.seconds)]
    writes = log.writes / max(len(log.all()), 1)
    errors = "；".join(f"{words} × {count}" for words, count in log.errors.most_common(5)) or "无"
    note = (
        f"每秒 {rate:.1f} 次，其中写 {writes:.0%}；服务器每次用处理器 {used * 1000:.0f} 毫秒；错误：{errors}；"
        f"负载 {os.getloadavg()[0]:.1f}。"
    )
    return Table(f"{name}：{PEOPLE} 人，想 2 秒", PAGES, (*rows, row("全部", log.all())), note)


def row(page: str, taken: list[float]) -> tuple[Cell, ...]:
    """Count and quantiles in milliseconds."""
    return page, len(taken), *(quantile(taken, share) * 1000 for share in (0.5, 0.95, 0.99, 1.0))


RISE: Final = (
    Column("人"), Column("次/秒", ".1f"), Column("p50 毫秒", ".0f"), Column("p95", ".0f"), Column("错误", "d"), Column("负载", ".1f"),
)  # fmt: skip


def risen(crowd: Crowd, seconds: float) -> Iterator[tuple[Cell, ...]]:
    """Ever more people until p95 is over the aim or no more is answered than with fewer; the last row is over it."""
    before, size = 0.0, PEOPLE
    while size <= MOST:
        crowd.grow(size)
        log, rate = crowd.measured(seconds)
        taken = log.all()
        slow = quantile(taken, 0.95)
        yield str(size), rate, quantile(taken, 0.5) * 1000, slow * 1000, sum(log.errors.values()), os.getloadavg()[0]
        if slow > AIM or rate < before * 1.05:
            return
        before, size = rate, int(size * RAMP)


if __name__ == "__main__":
    raise SystemExit(main())
