from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people.phrase_world import LEVELS, taken
from zhunsheng.kernel import packs
from zhunsheng.people.models import DivisionKind, UnitKind
from zhunsheng.people.phrases import OPEN, key, meaning

HERE = Path(__file__).parent
GOLD = HERE.parent / "corpus"
TABLE = list(csv.DictReader((HERE / "phrases.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", TABLE, ids=[f"{row['level']} {row['phrase']}" for row in TABLE])
def test_every_phrase_takes_what_a_careful_clerk_would_take(row: dict[str, str]) -> None:
    assert taken(row["phrase"], row["level"]) == row["taken"]


def test_every_phrase_of_the_corpus_stands_in_the_table() -> None:
    files = [*GOLD.glob("plans/*.gold.json"), *GOLD.glob("sources/*.gold.json")]
    tasks = [task for file in files for task in json.loads(file.read_text("utf-8")).get("tasks", [])]
    met = {phrase for task in tasks for phrase in task.get("collective", ())}
    assert len(met) >= 120
    assert met - {row["phrase"] for row in TABLE} == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("各乡镇、街道", " 各 乡镇、\n街道　"),
        ("各乡(镇)政府", "各乡（镇）政府"),
        ("各村(社区)", "各村〔社区〕"),
        ("县直有关单位", "縣直有關單位"),
    ],
)
def test_one_spelling(one: str, other: str) -> None:
    assert key(one) == key(other)


@given(st.text(alphabet="各县市区乡镇街道村社区政府直级部门单位有关相关、，()（）及和 各党委", max_size=30))
def test_no_phrase_crashes_and_what_is_certain_names_rules(phrase: str) -> None:
    for division in LEVELS.values():
        found = meaning(phrase, division)
        assert found == OPEN or found.rules
        assert len({rule.id for rule in found.rules}) == len(found.rules)


@given(st.sampled_from(TABLE), st.sampled_from(["有关", "相关"]))
def test_with_an_open_word_only_a_person_decides(row: dict[str, str], word: str) -> None:
    assert not meaning(row["phrase"].replace("各", word) + word, LEVELS[row["level"]]).certain


def test_the_pack_speaks_of_kinds_and_levels_that_there_are() -> None:
    rules = packs.load("groups").content["rules"]
    assert {kind for rule in rules for kind in rule["kinds"]} <= set(UnitKind.values)
    assert {level for rule in rules for level in rule["from"]} <= set(DivisionKind.values)
    assert len({rule["id"] for rule in rules}) == len(rules)
