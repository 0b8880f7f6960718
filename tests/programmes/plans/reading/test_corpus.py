"""Every document of the corpus against its gold (tests/corpus): no task lost or invented, fields above a floor."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from tests.corpus.score import FIELDS, PLANS, Score, compare, documents, squeeze, total
from tests.programmes.plans.reading.small import Json, assert_offsets_are_true, read
from zhunsheng.kernel.documents import read_document
from zhunsheng.programmes.plans.reading import as_json, read_plan

FLOORS = {
    "header": 0.98,
    "sections": 0.98,
    "tasks": 0.98,
    "lead_units": 0.98,
    "responsible_units": 0.98,
    "collective": 0.98,
    "open_ended": 0.98,
    "due": 0.98,
    "frequency": 0.98,
    "targets": 0.98,
    "goals": 0.98,
    "definitions": 0.98,
}
"""The least precision and recall of each field over the whole corpus: what was measured, less 0.01."""

GOLD = {path.stem: gold for path, gold in documents()}
NAMES = sorted(GOLD)
IN_TEXT = sorted(name for name in NAMES if (PLANS / f"{name}.txt").is_file())


@cache
def reading_of(name: str) -> Json:
    path = next(path for path, _ in documents() if path.stem == name)
    return as_json(read_plan(read_document(path.read_bytes(), name=path.name)))


@cache
def score_of(name: str) -> Score:
    return compare(reading_of(name), GOLD[name], name)


def test_the_corpus_is_large_and_in_many_formats() -> None:
    assert len(NAMES) >= 25
    assert {path.suffix for path, _ in documents()} >= {".txt", ".html", ".docx", ".pdf"}
    assert set(FLOORS) == set(FIELDS)


@pytest.mark.parametrize("name", NAMES)
def test_all_tasks_are_found_and_none_is_invented(name: str) -> None:
    assert [task["number"] for task in reading_of(name)["tasks"]] == [task["number"] for task in GOLD[name]["tasks"]]


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_a_task_is_lost(name: str) -> None:
    for task, gold in zip(reading_of(name)["tasks"], GOLD[name]["tasks"], strict=True):
        words = squeeze(task["text"])
        assert squeeze(gold["begins"]) in words, task["number"]
        assert squeeze(gold["ends"]) in words, task["number"]


@pytest.mark.parametrize("name", NAMES)
def test_every_value_points_at_its_words(name: str) -> None:
    assert_offsets_are_true(reading_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_tasks_stand_in_order_and_apart(name: str) -> None:
    tasks = reading_of(name)["tasks"]
    assert [task["start"] for task in tasks] == sorted(task["start"] for task in tasks)
    assert all(before["end"] <= after["start"] for before, after in pairwise(tasks))


@pytest.mark.parametrize("name", NAMES)
def test_sections_hold_their_tasks_and_nest(name: str) -> None:
    reading = reading_of(name)
    for task in reading["tasks"]:
        if task["section"]:
            holding = [
                one for one in reading["sections"] if one["start"] <= task["start"] and task["end"] <= one["end"]
            ]
            assert task["section"] in [one["number"] for one in holding], task["number"]
    for one, other in pairwise(reading["sections"]):
        assert one["start"] < other["start"]
        assert other["end"] <= one["end"] if other["level"] > one["level"] else one["end"] <= other["start"], (
            one,
            other,
        )


@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_plan_is_refused(name: str) -> None:
    codes = [warning["code"] for warning in reading_of(name)["warnings"]]
    assert ("not_a_plan" in codes) is bool(GOLD[name].get("not_a_plan"))


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_stays_above_its_floor(field: str) -> None:
    tally = total(map(score_of, NAMES))[field]
    assert tally.right > 0
    assert tally.precision >= FLOORS[field], [note for note in tally.notes if " +" in note]
    assert tally.recall >= FLOORS[field], [note for note in tally.notes if " -" in note]


@pytest.mark.parametrize("name", IN_TEXT)
def test_the_same_words_through_the_text_box(name: str) -> None:
    """A pasted text reads as the file does."""
    reading = reading_of(name)
    assert read(reading["text"]) == reading
