"""Reading a text without a file, and what holds for the spans of every reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import HealthCheck, settings

from tests.corpus.score import amount, squeeze
from zhunsheng.kernel.documents.model import Document
from zhunsheng.programmes.plans.reading import as_json, read_plan

Json = dict[str, Any]

quick = settings(
    max_examples=100, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
"""The profile of every property test here: the same examples each time, no clock."""

NOTICE = "云溪县2025年法治政府建设工作要点\n一、工作内容\n"
"""A head under which an item of a test is plainly a task of 2025."""


def read(text: str) -> Json:
    """The contract object of a text."""
    return as_json(read_plan(Document(text=text, kind="text")))


def read_item(words: str, *, head: str = NOTICE) -> Json:
    """The task that ``words`` make, printed as item 1 of a plan whose item 2 names a unit."""
    reading = read(f"{head}1.{words}\n2.按期报送信息。(责任单位:县档案馆)\n")
    assert [task["number"] for task in reading["tasks"]] == ["1", "2"], reading["tasks"]
    task: Json = reading["tasks"][0]
    return task


def printed(values: list[Json], *keys: str) -> list[tuple[Any, ...]]:
    """The given keys of every value: white space inside texts removed, numbers as the gold writes them."""
    shown: dict[str, Callable[[Any], Any]] = {"text": squeeze, "count": amount, "value": amount}
    return [tuple(shown.get(key, _same)(one[key]) for key in keys) for one in values]


def _same(value: Any) -> Any:
    return value


def spans(reading: Json) -> Iterator[Json]:
    """Every value of a reading that says which words it stands for."""
    for task in reading["tasks"]:
        yield task
        for key in ("mentions", "due", "frequency", "targets"):
            yield from task[key]
    for goal in reading["goals"]:
        yield goal
        yield from goal["due"]


def assert_offsets_are_true(reading: Json) -> None:
    """Every value points at its own words; everything else points into the text."""
    text = reading["text"]
    for value in spans(reading):
        assert text[value["start"] : value["end"]] == value["text"] != "", value
    for value in (*reading["sections"], *reading["definitions"], *reading["warnings"]):
        assert 0 <= value["start"] <= value["end"] <= len(text), value
    shared = Counter((one["start"], one["end"]) for task in reading["tasks"] for one in task["mentions"])
    for task in reading["tasks"]:
        for key in ("mentions", "due", "frequency", "targets"):
            # Only units in a merged cell, which several rows share, may stand outside the row.
            outside = [one for one in task[key] if not task["start"] <= one["start"] <= one["end"] <= task["end"]]
            assert all(key == "mentions" and shared[one["start"], one["end"]] > 1 for one in outside), (
                task["number"],
                outside,
            )
