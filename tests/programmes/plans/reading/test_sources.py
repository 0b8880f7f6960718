"""Real documents against gold written by hand: S1 (37 tasks, 2024) and S2 (22 tasks, 2012); S0, S3, S4 are no plans.

The documents are not part of the repository. ``ZHUNSHENG_SOURCES`` says where they lie; section titles are
therefore given as spans only.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256

import pytest

from tests.corpus.score import squeeze
from tests.corpus.where import CHECKOUT, sources
from tests.programmes.plans.reading.small import Json, assert_offsets_are_true, printed
from zhunsheng.kernel.documents import read_document
from zhunsheng.programmes.plans.reading import as_json, read_plan

GOLD = CHECKOUT / "tests" / "corpus" / "sources"

pytestmark = pytest.mark.sources

PLANS = ("s1", "s2")
NOT_PLANS = ("000_f96b3ee39c9621da.txt", "003_c207f675ce28175e.txt", "004_2fc59e9f2b76b08e.txt")
HEADER = ("title", "issuer", "document_number", "signed_on", "published_on")

DUE = ("text", "date", "start", "end")
FREQUENCY = ("text", "count", "op", "per", "spread", "start", "end")
TARGET = ("text", "op", "value", "unit", "start", "end")


@cache
def reading_of(name: str) -> Json:
    return as_json(read_plan(read_document((sources() / name).read_bytes(), name=name)))


def gold_of(key: str) -> Json:
    gold: Json = json.loads((GOLD / f"{key}.gold.json").read_text("utf-8"))
    return gold


def both(key: str) -> tuple[Json, Json]:
    gold = gold_of(key)
    return reading_of(gold["file"]), gold


@pytest.mark.parametrize("key", PLANS)
def test_the_text_is_the_one_that_the_gold_was_written_for(key: str) -> None:
    reading, gold = both(key)
    assert reading["text_sha256"] == sha256(reading["text"].encode()).hexdigest() == gold["sha256"]


@pytest.mark.parametrize("key", PLANS)
def test_header(key: str) -> None:
    reading, gold = both(key)
    assert {field: reading[field] for field in HEADER} == {field: gold[field] for field in HEADER}


@pytest.mark.parametrize("key", PLANS)
def test_sections(key: str) -> None:
    reading, gold = both(key)
    fields = ("number", "level", "start", "end")
    assert printed(reading["sections"], *fields) == printed(gold["sections"], *fields)
    titles = [squeeze(reading["text"][one["title_start"] : one["title_end"]]) for one in gold["sections"]]
    assert [squeeze(one["title"]) for one in reading["sections"]] == titles


@pytest.mark.parametrize(("key", "count"), [("s1", 37), ("s2", 22)])
def test_all_tasks_in_their_places(key: str, count: int) -> None:
    reading, gold = both(key)
    fields = ("number", "start", "end")
    assert printed(reading["tasks"], *fields) == printed(gold["tasks"], *fields)
    assert len(gold["tasks"]) == count


@pytest.mark.parametrize("field", ["section", "collective", "open_ended", "role_label"])
@pytest.mark.parametrize("key", PLANS)
def test_tasks_field_by_field(key: str, field: str) -> None:
    reading, gold = both(key)
    assert {one["number"]: one[field] for one in reading["tasks"]} == {
        one["number"]: one[field] for one in gold["tasks"]
    }


@pytest.mark.parametrize(("field", "role"), [("lead_units", "lead"), ("responsible_units", "responsible")])
@pytest.mark.parametrize("key", PLANS)
def test_every_unit_of_every_task(key: str, field: str, role: str) -> None:
    reading, gold = both(key)
    names = {one["number"]: [unit["name"] for unit in one[field]] for one in gold["tasks"]}
    assert {one["number"]: one[field] for one in reading["tasks"]} == names
    spans = {one["number"]: printed(one[field], "name", "start", "end") for one in gold["tasks"]}
    found = {
        one["number"]: printed([unit for unit in one["mentions"] if unit["role"] == role], "text", "start", "end")
        for one in reading["tasks"]
    }
    assert found == spans


@pytest.mark.parametrize(("field", "keys"), [("due", DUE), ("frequency", FREQUENCY), ("targets", TARGET)])
@pytest.mark.parametrize("key", PLANS)
def test_dates_frequencies_and_targets(key: str, field: str, keys: tuple[str, ...]) -> None:
    reading, gold = both(key)
    found = {one["number"]: printed(one[field], *keys) for one in reading["tasks"]}
    assert found == {one["number"]: printed(one[field], *keys) for one in gold["tasks"]}


@pytest.mark.parametrize("key", PLANS)
def test_goals_with_their_years(key: str) -> None:
    reading, gold = both(key)
    found = [
        (values, printed(one["due"], *DUE))
        for one, values in zip(reading["goals"], printed(reading["goals"], *TARGET), strict=True)
    ]
    assert found == [
        (values, printed(one["due"], *DUE))
        for one, values in zip(gold["goals"], printed(gold["goals"], *TARGET), strict=True)
    ]


@pytest.mark.parametrize("key", PLANS)
def test_definitions(key: str) -> None:
    reading, gold = both(key)
    assert reading["definitions"] == gold["definitions"]


@pytest.mark.parametrize("key", PLANS)
def test_every_value_points_at_its_words(key: str) -> None:
    assert_offsets_are_true(both(key)[0])


@pytest.mark.parametrize("name", NOT_PLANS)
def test_other_documents_are_no_plans(name: str) -> None:
    reading = reading_of(name)
    assert reading["tasks"] == []
    assert reading["goals"] == []
    assert [one["code"] for one in reading["warnings"]] == ["not_a_plan"]
    assert reading["warnings"][0]["message"]
