"""Run the whole suite on SQLite with coverage, then on PostgreSQL whatever can come out otherwise there.

``TEST_DATABASE_URL`` names the server (default: this machine, the OS user). Where there is none, that half is left
out with its reason; with ``CI=true`` this is an error. Arguments go to pytest: ``python tools/test.py tests/kernel -x``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
POSTGRESQL = os.environ.get("TEST_DATABASE_URL", "") or "postgres://127.0.0.1:5432/postgres"
COVERED = ("--cov", "--cov-append", "--cov-report=")
"""Of the first half only: tracing takes a third of the time, and the second half runs the same lines."""
CI = os.environ.get("CI", "").lower() in {"1", "true"}


def main(arguments: list[str]) -> int:
    """Exit status: 0 when every half that must run has passed."""
    run("coverage", "erase")
    results = [suite("SQLite", "", [*COVERED, *arguments])]
    reason = unreachable(POSTGRESQL)
    if reason:
        print(
            f"\nPostgreSQL 连不上，这一半没有运行：{reason}\n（用 TEST_DATABASE_URL 指到一个能建库的 PostgreSQL 15。）"
        )
        results.append(1 if CI else 0)
    else:
        results.append(suite("PostgreSQL", POSTGRESQL, arguments))
    print(flush=True)
    run("coverage", "report")
    return max(results)


def suite(name: str, url: str, arguments: list[str]) -> int:
    """Run pytest once against one database; its exit status."""
    print(f"\n════ {name} ════", flush=True)
    started = time.monotonic()
    status = run(
        "pytest",
        "--numprocesses=2",
        "--dist=loadscope",
        *arguments,
        DATABASE_URL=url,
    )
    print(f"{name}：{'通过' if status == 0 else '没有通过'}，用时 {time.monotonic() - started:.0f} 秒", flush=True)
    return status


def run(module: str, *arguments: str, **environment: str) -> int:
    """Run a Python module in the root of the repository; its exit status."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode


def unreachable(url: str) -> str:
    """Why the server cannot be used, or ""."""
    try:
        with psycopg.connect(url, connect_timeout=5):
            return ""
    except psycopg.Error as error:
        return " ".join(str(error).split())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
