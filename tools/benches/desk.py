"""How long the desk and the matrix take beside one hand-written statement, and how that grows with ten times the data."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.corpus.where import CHECKOUT

from .journal import Environment, databases, place
from .table import Cell, Column, Table

TASKS = (20, 200)
"""Tasks of the plan; each is asked of 60 units."""


def desk() -> Table:
    """Both databases where they can be reached; each size in a database of its own."""
    rows: list[tuple[Cell, ...]] = []
    for name, url in databases():
        for tasks in TASKS:
            with place(url) as environment:
                rows += [(name, *line) for line in _measured(environment, tasks)]
    columns = (
        Column("数据库"), Column("页面"), Column("件数", ",d"), Column("毫秒", ".1f"), Column("查询数", "d"),
        Column("处理器毫秒", ".1f"), Column("一条手写的查询", ".1f"), Column("网页 KB", ",d"),
    )  # fmt: skip
    note = (
        "多次里最快的一次，经过全部中间件，不含网络；处理器毫秒不受别的程序影响，PostgreSQL 的不含服务器那边。\n"
        "手写的查询只取页面上的行，不算案头的计数、动态和期限。"
    )
    return Table("案头和矩阵", columns, tuple(rows), note)


def _measured(environment: Environment, tasks: int) -> list[list[Cell]]:
    command = [sys.executable, "-m", "tools.benches.desk_pages", str(tasks)]
    done = subprocess.run(command, env=dict(environment), cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found: list[list[Cell]] = json.loads(done.stdout)
    return found
