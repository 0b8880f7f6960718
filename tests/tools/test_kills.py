"""A short run of the kills; ``make kills KILLS=200`` is the long one."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.corpus.where import CHECKOUT


@pytest.mark.long
def test_a_dozen_kills_lose_nothing_and_leave_nothing_by_half() -> None:
    name = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    environment = {
        **os.environ,
        "KILLS": "12",
        "DATABASE": name,
        "TEST_DATABASE_URL": os.environ.get("DATABASE_URL", ""),
    }
    done = subprocess.run(
        [sys.executable, "tools/kills.py"],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (done.returncode, "没有丢失，没有半截，核验通过" in done.stdout) == (0, True), (
        done.stdout + done.stderr[-3000:]
    )
    for kind in ("report", "piece", "import", "publish", "order", "step"):
        assert f"{kind} " in done.stdout, "nobody was told that this is done"
