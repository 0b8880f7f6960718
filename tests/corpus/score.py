"""How well the reader agrees with the gold: precision and recall, field by field.

Tasks are paired in reading order by number and first words; what is in one and not the other counts as a miss
or as an invention for every field. Lists are compared as multisets of printed values.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

PLANS = Path(__file__).parent / "plans"
FIELDS = (
    "header",
    "sections",
    "tasks",
    "lead_units",
    "responsible_units",
    "collective",
    "open_ended",
    "due",
    "frequency",
    "targets",
    "goals",
    "definitions",
)

Json = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """Values found and right, found but wrong, and missed, for one field."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def count(self, got: Iterable[object], want: Iterable[object], where: str = "") -> None:
        """Compare two multisets."""
        found, wanted = Counter(map(str, got)), Counter(map(str, want))
        extra, missing = found - wanted, wanted - found
        self.right += (found & wanted).total()
        self.wrong += extra.total()
        self.missed += missing.total()
        self.notes += [f"{where} +{value}" for value in extra.elements()] + [
            f"{where} -{value}" for value in missing.elements()
        ]

    def add(self, other: Tally) -> None:
        self.right, self.wrong, self.missed = (
            self.right + other.right,
            self.wrong + other.wrong,
            self.missed + other.missed,
        )
        self.notes += other.notes


Score = dict[str, Tally]


def squeeze(text: str) -> str:
    """Text without white space."""
    return "".join(text.split())


def documents() -> Iterator[tuple[Path, Json]]:
    """Every document of the corpus with its gold."""
    for path in sorted(PLANS.glob("*.gold.json")):
        stem = path.name.removesuffix(".gold.json")
        files = [one for one in PLANS.glob(f"{stem}.*") if not one.name.endswith(".gold.json")]
        if files:
            yield files[0], json.loads(path.read_text("utf-8"))


def amount(value: object) -> str:
    """A number, two numbers or words as the gold writes them."""
    if isinstance(value, list):
        return " ".join(map(amount, value))
    return str(value)


def _dues(values: Iterable[Json]) -> list[tuple[str, object]]:
    return [(squeeze(one["text"]), one["date"]) for one in values]


def _frequencies(values: Iterable[Json]) -> list[tuple[object, ...]]:
    return [
        (squeeze(one["text"]), amount(one["count"]), one["op"], one["per"], squeeze(one["spread"] or ""))
        for one in values
    ]


def _targets(values: Iterable[Json]) -> list[tuple[object, ...]]:
    return [(squeeze(one["text"]), one["op"], amount(one["value"]), one["unit"]) for one in values]


def _pairs(got: list[Json], want: list[Json]) -> Iterator[tuple[Json | None, Json | None]]:
    left = [
        (one["number"], squeeze(one["text"]).removeprefix(one["number"]).lstrip("、.．。:：|\t")[:4]) for one in got
    ]
    right = [(one["number"], squeeze(one["begins"])[:4]) for one in want]
    for tag, low, high, first, last in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(got[low:high], want[first:last], strict=True)
        else:
            yield from ((one, None) for one in got[low:high])
            yield from ((None, one) for one in want[first:last])


def _task(score: Score, got: Json | None, want: Json | None, name: str) -> None:
    label = (got or want or {}).get("number", "")
    here, there = got or {}, want or {}
    score["tasks"].count([label] if got else [], [label] if want else [], name)
    where = f"{name}#{label}"
    for key in ("lead_units", "responsible_units", "collective"):
        score[key].count(here.get(key, []), map(squeeze, there.get(key, [])), where)
    if got and want:
        score["open_ended"].count([got["open_ended"]], [want["open_ended"]], where)
        if not squeeze(got["text"]).count(squeeze(want.get("ends", ""))):
            score["tasks"].count([], [f"words lost: {want['ends']}"], where)
    score["due"].count(_dues(here.get("due", [])), _dues(there.get("due", [])), where)
    score["frequency"].count(_frequencies(here.get("frequency", [])), _frequencies(there.get("frequency", [])), where)
    score["targets"].count(_targets(here.get("targets", [])), _targets(there.get("targets", [])), where)


def compare(got: Json, want: Json, name: str) -> Score:
    """Tallies of one reading against its gold, for every field of FIELDS."""
    score: Score = {key: Tally() for key in FIELDS}
    for key in ("title", "issuer", "document_number", "signed_on", "published_on"):
        score["header"].count([squeeze(got[key] or "")], [squeeze(want[key] or "")], f"{name} {key}")
    if "sections" in want and not want.get("not_a_plan"):
        sections = [(one["number"], squeeze(one["title"])) for one in got["sections"]]
        score["sections"].count(sections, [(one["number"], squeeze(one["title"])) for one in want["sections"]], name)
    for one, other in _pairs(got["tasks"], want["tasks"]):
        _task(score, one, other, name)
    goals = [(*_targets([one])[0], *_dues(one["due"])) for one in got["goals"]]
    score["goals"].count(goals, [(*_targets([one])[0], *_dues(one["due"])) for one in want["goals"]], name)
    definitions = [(squeeze(one["phrase"]), squeeze(one["meaning"])) for one in want["definitions"]]
    score["definitions"].count([(one["phrase"], one["meaning"]) for one in got["definitions"]], definitions, name)
    return score


def total(scores: Iterable[Score]) -> Score:
    """The sum of many scores."""
    result: Score = {key: Tally() for key in FIELDS}
    for score in scores:
        for key, tally in score.items():
            result[key].add(tally)
    return result
