"""Measure and print: accuracy against the gold, speed of reading, of the page, of the journal, of the set-up. Nothing fails by being slow.

``FULL=1`` adds what takes minutes (20,000 tasks, a fresh clone). ``--json FILE`` keeps the figures; ``--only NAME`` measures
one thing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from tools.benches.table import Table

NAMES = ("accuracy", "growth", "formats", "cold", "page", "journal", "desk", "setup")


def main(arguments: Sequence[str]) -> int:
    """Print every table as soon as it is measured; exit status 0 unless something does not run at all."""
    options = _parser().parse_args(arguments)
    full = os.environ.get("FULL", "").lower() in {"1", "true"}
    started = monotonic()
    facts = machine()
    print("，".join(f"{name} {fact}" for name, fact in facts.items()), flush=True)
    tables: list[Table] = []
    for name, measure in measures(full=full).items():
        if options.only in (None, name):
            tables.append(measure())
            print(f"\n{tables[-1].printed()}", flush=True)
    print(f"\n共用 {monotonic() - started:.0f} 秒{'' if full else '（FULL=1 量全部）'}。")
    if options.json is not None:
        kept = {"machine": facts, "full": full, "tables": [table.plain() for table in tables]}
        options.json.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench", description="量准确率和速度（FULL=1 量全部）")
    parser.add_argument("--json", type=Path, metavar="FILE", help="数字另存为 JSON")
    parser.add_argument("--only", choices=NAMES, help="只量一样")
    return parser


def machine() -> dict[str, str]:
    """What the figures depend on."""
    return {
        "Python": platform.python_version(),
        "系统": f"{platform.system()} {platform.machine()}",
        "处理器": f"{os.cpu_count()} 核",
        "此刻负载": f"{os.getloadavg()[0]:.1f}",
    }


def measures(*, full: bool) -> dict[str, Callable[[], Table]]:
    """What is measured, in order, by name."""
    from tools.benches import accuracy, desk, journal, page, speed

    found: dict[str, Callable[[], Table]] = {
        "accuracy": accuracy.accuracy,
        "growth": lambda: speed.growth(full=full),
        "formats": speed.formats,
        "cold": speed.cold_start,
        "page": page.page,
        "journal": journal.journal,
        "desk": desk.desk,
    }
    return found | {"setup": page.setup} if full else found


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
