"""The example plan: its gold points at its words, the demo county knows all its units, and it is read without a fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.score import compare
from zhunsheng.kernel.documents import read_document
from zhunsheng.people import demo, installation
from zhunsheng.people.naming import units_named
from zhunsheng.programmes.plans.example import EXAMPLE
from zhunsheng.programmes.plans.reading import as_json, read_plan

CORPUS = Path(__file__).parents[2] / "corpus" / "plans"
GOLD: dict[str, Any] = json.loads((CORPUS / "example.gold.json").read_text("utf-8"))
PLAN = EXAMPLE.read_text("utf-8")


@pytest.mark.parametrize("task", GOLD["tasks"], ids=lambda task: str(task["number"]))
def test_the_gold_of_a_task_points_at_its_words(task: dict[str, Any]) -> None:
    assert PLAN.count(task["begins"]) == PLAN.count(task["ends"]) == 1
    start, end = PLAN.index(task["begins"]), PLAN.index(task["ends"]) + len(task["ends"])
    assert PLAN[:start].endswith(f"{task['number']}. ")
    assert all(value["text"] in PLAN[start:end] for key in ("due", "frequency", "targets") for value in task[key])
    marker = PLAN[end : PLAN.find("\n", end)]
    assert all(unit in marker for unit in task["lead_units"] + task["responsible_units"])


def test_it_has_the_size_of_a_real_plan() -> None:
    assert 3000 < len("".join(PLAN.split())) < 5000
    assert [int(task["number"]) for task in GOLD["tasks"]] == list(range(1, 25))
    assert sum(section["level"] == 1 for section in GOLD["sections"]) == 9


def test_it_is_read_without_a_fault() -> None:
    reading = as_json(read_plan(read_document(PLAN.encode(), name="plan.txt")))
    score = compare(reading, GOLD, "example")
    assert [note for tally in score.values() for note in tally.notes] == []


@pytest.mark.django_db
def test_every_unit_in_it_is_one_unit_of_the_demo_county() -> None:
    demo.build()
    standing = installation.current()
    assert standing is not None
    tasks = GOLD["tasks"]
    named = {unit for task in tasks for unit in task["lead_units"] + task["responsible_units"]}
    groups = {group for task in tasks for group in task["collective"]}
    assert groups == {"各乡镇、街道", "县政府各部门", "县政府相关部门"}
    found = units_named(named - groups, standing.division)
    assert {name: len(units) for name, units in found.items() if len(units) != 1} == {}


@pytest.mark.django_db
def test_it_names_units_by_former_names_and_habits_too() -> None:
    demo.build()
    standing = installation.current()
    assert standing is not None
    for printed in ("县卫计委", "县发改局", "县住房城乡建设局"):
        assert any(printed in task["lead_units"] + task["responsible_units"] for task in GOLD["tasks"])
        (unit,) = units_named([printed], standing.division)[printed]
        assert unit.short_name != printed
