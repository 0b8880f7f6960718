"""The contract: every reading is an object that the JSON Schema describes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tests.corpus.score import documents
from tests.programmes.plans.reading.small import Json, assert_offsets_are_true, read
from zhunsheng.kernel.documents import read_document
from zhunsheng.programmes.plans import reading as package
from zhunsheng.programmes.plans.reading import as_json, read_plan
from zhunsheng.programmes.plans.reading.model import Doubt, Due, Frequency, Goal, Mention, Reading, Target, Task

SCHEMA = Path(package.__file__).with_name("schema.json")


def validator() -> Draft202012Validator:
    schema: Json = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


TEXT = "云溪县普法要点\n1.县司\n法局、各乡镇每年讲2次，10月20日前达到12.50%，15%—20%，低于全省平均水平。\n"


def at(words: str) -> tuple[str, int, int]:
    """The words with their place in ``TEXT``."""
    start = TEXT.index(words)
    return words, start, start + len(words)


def handmade() -> Reading:
    """A reading with every kind of value, written out."""
    unit = Mention(*at("县司\n法局"), "县司法局", "lead", "牵头单位", collective=False)
    group = Mention(*at("各乡镇"), "各乡镇", "responsible", "责任单位", collective=True)
    due = Due(*at("10月20日前"), date(2025, 10, 20))
    often = Frequency(*at("每年讲2次"), Decimal(2), "=", "year", None)
    rate = Target(*at("达到12.50%"), "", "=", Decimal("12.50"), "%")
    share = Target(*at("15%—20%"), "", "between", (Decimal(15), Decimal(20)), "%")
    goal = Goal(*at("低于全省平均水平"), "", "<", "全省平均水平", "", (due,))
    task = Task("1", "", "讲课", *at(TEXT[8:-1]), (unit, group), "责任单位", True, (due,), (often,), (rate, share))
    return Reading(
        TEXT,
        "云溪县普法要点",
        "",
        "",
        date(2025, 3, 1),
        None,
        (),
        (task,),
        (goal,),
        (),
        (Doubt("date_unknown", "请核对。", 0, 0),),
    )


def test_values_become_plain() -> None:
    found = as_json(handmade())
    task = found["tasks"][0]
    assert (found["signed_on"], found["published_on"]) == ("2025-03-01", None)
    assert (task["lead_units"], task["responsible_units"], task["collective"]) == (["县司法局"], ["各乡镇"], ["各乡镇"])
    assert task["due"][0]["date"] == "2025-10-20"
    assert task["frequency"][0]["count"] == 2
    assert [target["value"] for target in task["targets"]] == [12.5, [15, 20]]
    assert found["goals"][0]["value"] == "全省平均水平"
    assert found["goals"][0]["due"] == task["due"]


@pytest.mark.parametrize(
    ("value", "written"), [("1200", "1200"), ("1E+3", "1000"), ("0.50", "0.5"), ("100.0", "100"), ("99.78", "99.78")]
)
def test_numbers_are_written_without_exponents_and_idle_zeros(value: str, written: str) -> None:
    reading = handmade()
    target = replace(reading.tasks[0].targets[0], value=Decimal(value))
    found = as_json(replace(reading, tasks=(replace(reading.tasks[0], targets=(target,)),)))
    assert found["tasks"][0]["targets"][0]["value"] == json.loads(written)
    assert json.dumps(found["tasks"][0]["targets"][0]["value"]) == written


def test_a_handmade_reading_meets_the_schema() -> None:
    validator().validate(as_json(handmade()))


def test_a_handmade_reading_points_at_its_words() -> None:
    assert_offsets_are_true(as_json(handmade()))


def test_it_survives_json() -> None:
    found = as_json(handmade())
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found


@pytest.mark.parametrize("text", ["", "今天天气很好。", TEXT])
def test_every_reading_meets_the_schema(text: str) -> None:
    validator().validate(read(text))


def test_every_reading_of_the_corpus_meets_the_schema() -> None:
    schema = validator()
    for path, _ in documents():
        schema.validate(as_json(read_plan(read_document(path.read_bytes(), name=path.name))))


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("tasks", 0, "number"), 1),
        (("tasks", 0, "start"), "8"),
        (("tasks", 0, "start"), -1),
        (("tasks", 0, "frequency", 0, "per"), "fortnight"),
        (("tasks", 0, "targets", 0, "op"), "≥"),
        (("tasks", 0, "targets", 0, "value"), None),
        (("tasks", 0, "frequency", 0, "count"), "2"),
        (("tasks", 0, "open_ended"), None),
        (("tasks", 0, "lead_units"), "县司法局"),
        (("signed_on",), "2025年3月1日"),
        (("goals", 0, "due"), None),
        (("warnings", 0, "message"), None),
    ],
)
def test_the_schema_refuses_what_is_not_the_contract(path: tuple[str | int, ...], wrong: object) -> None:
    found = as_json(handmade())
    place: Json = found
    for key in path[:-1]:
        place = place[key]  # type: ignore[index]
    place[path[-1]] = wrong  # type: ignore[index]
    with pytest.raises(ValidationError):
        validator().validate(found)


IN_PLAN = "title issuer document_number signed_on published_on sections tasks goals definitions warnings"


@pytest.mark.parametrize("key", IN_PLAN.split())
def test_no_field_of_the_contract_may_lack(key: str) -> None:
    found = as_json(handmade())
    del found[key]
    with pytest.raises(ValidationError):
        validator().validate(found)


IN_TASK = (
    "number section text start end lead_units responsible_units role_label collective open_ended due frequency targets"
)


@pytest.mark.parametrize("key", IN_TASK.split())
def test_no_field_of_a_task_may_lack(key: str) -> None:
    found = as_json(handmade())
    del found["tasks"][0][key]
    with pytest.raises(ValidationError):
        validator().validate(found)
