"""How long the page takes, and how long a fresh checkout takes to show it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from time import perf_counter

from tests.corpus.where import CHECKOUT
from zhunsheng.kernel.documents import Document
from zhunsheng.programmes.plans.example import EXAMPLE
from zhunsheng.programmes.plans.reading import read_plan

from .invented import plan
from .speed import best
from .table import Cell, Column, Table


def page() -> Table:
    """读方案 through Django's test client: the example and longer plans, pasted."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    rows: list[tuple[Cell, ...]] = [_row("示例方案", EXAMPLE.read_text("utf-8"))]
    rows += [_row(f"{count:,} 项", plan(count)) for count in (200, 2_000)]
    columns = (
        Column("方案"), Column("毫秒", ".0f"), Column("其中读", ".0f"), Column("网页 KB", ",d"), Column("数据库查询"),
    )  # fmt: skip
    return Table("网页“读方案”", columns, tuple(rows), "多次里最快的一次，不含网络。什么都不存，应当一次也不查数据库。")


def _row(name: str, text: str) -> tuple[Cell, ...]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client, address = Client(SERVER_NAME="127.0.0.1"), reverse("portal:read")
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(address, {"text": text})
    if answer.status_code != 200:
        raise RuntimeError(f"{name}: {answer.status_code}")
    whole = best(lambda: client.post(address, {"text": text}), most=5)
    reading = best(lambda: read_plan(Document(text, "text")), most=5)
    return name, whole * 1000, reading * 1000, len(answer.content) // 1024, len(queries)


def setup() -> Table:
    """``make demo SERVE=0`` in a fresh clone: the first time, and again."""
    columns = (Column("make demo SERVE=0"), Column("秒", ".1f"))
    with tempfile.TemporaryDirectory(prefix="zhunsheng-bench-") as folder:
        clone = Path(folder) / "clone"
        made = subprocess.run(["git", "clone", "--quiet", str(CHECKOUT), str(clone)], check=False)
        if made.returncode or not (clone / "Makefile").is_file():
            return Table("新机器上的第一次", columns, (), "克隆不了：先提交，再来量。")
        rows = tuple((name, _timed(clone)) for name in ("第一次", "再来一次"))
    return Table("新机器上的第一次", columns, rows, "从新克隆开始，含下载。以 90 秒、5 秒为目标。")


def _timed(clone: Path) -> float:
    kept = {
        key: value for key, value in os.environ.items() if key not in ("ZHUNSHENG_HOME", "DATABASE_URL", "MAKEFLAGS")
    }
    started = perf_counter()
    subprocess.run(["make", "demo", "SERVE=0"], cwd=clone, env=kept, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - started
