"""Worked examples, computed by hand from the printed holiday notices; ``why`` is how."""

from __future__ import annotations

import csv
import re
from datetime import date, datetime
from pathlib import Path

import pytest

from zhunsheng.kernel.clock import rules, shipped, typed
from zhunsheng.kernel.clock.compute import local
from zhunsheng.kernel.clock.due import due
from zhunsheng.kernel.clock.results import Grant, Pause

ROWS = list(csv.DictReader((Path(__file__).parent / "examples.csv").read_text(encoding="utf-8").splitlines()))


def pauses(text: str) -> list[Pause]:
    pairs = [part.split("/") for part in text.split()]
    return [Pause(date.fromisoformat(a), date.fromisoformat(b) if b else None, "检测") for a, b in pairs]


def grants(text: str) -> list[Grant]:
    parts = [re.fullmatch(r"(\d+)(wd|d|m)", part) for part in text.split()]
    return [Grant(int(m[1]), m[2], "有权批准的人") for m in parts if m]  # type: ignore[arg-type]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['rule']}-{row['trigger']}-{row['pauses']}{row['grants']}")
def test_worked_example(row: dict[str, str]) -> None:
    found = due(
        row["rule"],
        typed.moment(row["trigger"]),
        row["region"],
        pauses(row["pauses"]),
        grants(row["grants"]),
        acted_on=date.fromisoformat(row["acted_on"]) if row["acted_on"] else None,
        calendar=shipped.calendar(row["region"]),
    )
    expected = typed.moment(row["due"]) if row["due"] else None
    assert found.value == (local(expected) if isinstance(expected, datetime) else expected), found.sentences
    assert found.provisional is (row["provisional"] == "yes")
    assert found.rule.article == row["article"]


def test_there_are_enough_of_them_and_all_ways_of_counting() -> None:
    assert len(ROWS) >= 120
    used = {rules.book().versions(row["rule"])[0].unit for row in ROWS}
    assert used == {"wd", "d", "m", "y", "h", "date"}
