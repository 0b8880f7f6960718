"""What the journal costs: transactions a second with and without it, by one, eight and sixteen writers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter

import psycopg
from psycopg import sql

from tests.corpus.where import CHECKOUT

from .table import Cell, Column, Table

SERVER = os.environ.get("TEST_DATABASE_URL", "") or "postgres://127.0.0.1:5432/postgres"
WRITERS = (1, 8, 16)
SECONDS = 3.0
Environment = Mapping[str, str]


def journal() -> Table:
    """Both databases where they can be reached; each transaction reads a row, changes it and adds another."""
    rows: list[tuple[Cell, ...]] = []
    proved: list[str] = []
    for name, url in databases():
        with place(url) as environment:
            rows += [(name, writers, *row(environment, writers)) for writers in WRITERS]
            proved.append(f"{name} {verified(environment)}")
    columns = (
        Column("数据库"), Column("写手", "d"), Column("没有日志 次/秒", ",.0f"), Column("有日志 次/秒", ",.0f"),
        Column("之比", ".2f"), Column("没有 95% 毫秒", ".1f"), Column("有 95% 毫秒", ".1f"),
    )  # fmt: skip
    note = f"每个写手一个进程，各 {SECONDS:g} 秒。写完核验：{'；'.join(proved)}。"
    return Table("操作日志的代价", columns, tuple(rows), note)


def databases() -> list[tuple[str, str]]:
    """The databases that can be reached, with their addresses; "" is a file in the home."""
    try:
        psycopg.connect(SERVER, connect_timeout=5).close()
    except psycopg.Error:
        return [("SQLite", "")]
    return [("SQLite", ""), ("PostgreSQL", SERVER)]


@contextmanager
def place(server: str) -> Iterator[Environment]:
    """The environment of an empty installation, gone afterwards."""
    name = f"zhunsheng_bench_{uuid.uuid4().hex[:12]}"
    with tempfile.TemporaryDirectory(prefix="zhunsheng-journal-") as home:
        url = f"{server.rpartition('/')[0]}/{name}" if server else ""
        ours = {"ZHUNSHENG_HOME": home, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "zhunsheng.settings"}
        if server:
            _execute(server, "CREATE DATABASE {}", name)
        try:
            environment = {**os.environ, **ours}
            _run(environment, "zhunsheng", "upgrade")
            yield environment
        finally:
            if server:
                _execute(server, "DROP DATABASE {} WITH (FORCE)", name)


def _execute(server: str, statement: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(sql.SQL(statement).format(sql.Identifier(name)))


def row(environment: Environment, writers: int) -> tuple[float, float, float, float, float]:
    """Transactions a second without and with the journal, their ratio, and the slowest of 95 % in ms of both."""
    _run(environment, "tools.benches.writer", "drop")
    without = written(environment, writers, "without")
    _run(environment, "tools.benches.writer", "install")
    journalled = written(environment, writers, "with")
    rates = len(without) / SECONDS, len(journalled) / SECONDS
    return *rates, rates[1] / rates[0], _slowest(without), _slowest(journalled)


def written(environment: Environment, writers: int, how: str) -> list[float]:
    """Seconds of every transaction of all writers, which begin at the same moment."""
    line = [sys.executable, "-m", "tools.benches.writer", how, str(SECONDS)]
    running = [_started(line, environment) for _ in range(writers)]
    for one in running:
        if one.stdout:
            one.stdout.readline()
    start = time.time() + 0.2
    for one in running:
        if one.stdin:
            one.stdin.write(f"{start}\n")
            one.stdin.flush()
    taken: list[float] = []
    for one in running:
        said, _ = one.communicate()
        if one.returncode:
            raise subprocess.CalledProcessError(one.returncode, line)
        taken += json.loads(said)
    return taken


def _started(line: list[str], environment: Environment) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(line, cwd=CHECKOUT, env=environment, text=True, stdin=pipe, stdout=pipe)


def verified(environment: Environment) -> str:
    """How long ``verify`` took for how many blocks."""
    started = perf_counter()
    answer = json.loads(_run(environment, "zhunsheng", "verify", "--json"))
    newest = answer["newest"]
    return f"{newest['number']:,} 块 {perf_counter() - started:.1f} 秒"


def _run(environment: Environment, module: str, *arguments: str) -> str:
    """Run a module in the checkout; what it printed. Raises ``CalledProcessError``."""
    line = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(line, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode and module != "zhunsheng":
        raise subprocess.CalledProcessError(done.returncode, line, done.stdout, done.stderr)
    return done.stdout


def _slowest(taken: list[float]) -> float:
    """Milliseconds within which 95 of 100 were done."""
    return sorted(taken)[int(len(taken) * 0.95) - 1] * 1000 if taken else 0.0
