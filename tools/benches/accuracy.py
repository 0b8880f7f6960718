"""How much of the gold is read, field by field: the corpus, the source documents, and a plain baseline beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.corpus import where
from tests.corpus.score import FIELDS, Json, Score, Tally, compare, documents, squeeze, total
from zhunsheng.kernel.documents import Document, read_document
from zhunsheng.programmes.plans.reading import as_json, read_plan

from . import baseline
from .table import Cell, Column, Table

GOLD = where.CHECKOUT / "tests" / "corpus" / "sources"
SOURCES = "原件"
NAMES = dict(
    zip(FIELDS, "文头 章节 任务 牵头单位 责任单位 泛称 等字 期限 频次 目标 总目标 释义".split(), strict=True)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scored:
    """One document: the group that it is counted in, and the scores of both readers."""

    group: str
    reader: Score
    plain: Score


def accuracy() -> Table:
    """Precision and recall of every field: all of the corpus, each of its letters, the sources, the baseline."""
    scored = [*corpus(), *sources()]
    letters = sorted({one.group for one in scored} - {SOURCES})
    inside = [one for one in scored if one.group != SOURCES]
    sums = {"全部": total(one.reader for one in inside)}
    for group in (*letters, SOURCES):
        sums[group] = total(one.reader for one in scored if one.group == group)
    sums["对照"] = total(one.plain for one in inside)
    spec = {name: ".2f" if name in letters else ".3f" for name in sums}
    columns = [Column("字段"), *(Column(f"{name} {side}", spec[name]) for name in sums for side in "PR")]
    rows = [
        (NAMES[field], *(cell for name in sums for cell in _both(name, field, sums[name][field]))) for field in FIELDS
    ]
    count = len(inside)
    found = f"原件 {len(scored) - count} 份" if len(scored) > count else "没有原件（用 ZHUNSHENG_SOURCES 指明文件夹）"
    note = (
        f"语料 {count} 份，按首字母 {'、'.join(letters)} 分开算；{found}。P 查准，R 查全。\n"
        "对照：只认标签、只按顿号和逗号拆的正则，没有的字段不算。"
    )
    return Table("准确率", tuple(columns), tuple(rows), note)


def _both(name: str, field: str, tally: Tally) -> tuple[Cell, Cell]:
    """Precision and recall, nothing where there is nothing to read or the reader does not try."""
    tried = name != "对照" or field in baseline.FIELDS
    if not tried or not tally.right + tally.wrong + tally.missed:
        return None, None
    return tally.precision, tally.recall


def corpus() -> Iterator[Scored]:
    """Every document of the corpus; its group is the letter that its name begins with."""
    for path, gold in documents():
        yield _scored(path.name[0], read_document(path.read_bytes(), name=path.name), gold, path.stem)


def sources() -> Iterator[Scored]:
    """Every source document that has gold and is at hand."""
    for file, gold in source_files():
        document = read_document(file.read_bytes(), name=file.name)
        yield _scored(SOURCES, document, spelled(gold, document.text), gold["key"])


def source_files() -> Iterator[tuple[Path, Json]]:
    """The source documents that have gold, as far as they are at hand, each with its gold."""
    for path in sorted(GOLD.glob("*.gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        if (where.sources() / gold["file"]).is_file():
            yield where.sources() / gold["file"], gold


def _scored(group: str, document: Document, gold: Json, name: str) -> Scored:
    return Scored(
        group, compare(as_json(read_plan(document)), gold, name), compare(baseline.read(document.text), gold, name)
    )


def spelled(gold: Json, text: str) -> Json:
    """Gold of a source document (spans, for its words are not ours to keep) with the words of the text."""

    def words(one: Json, start: str = "start", end: str = "end") -> str:
        return squeeze(text[one[start] : one[end]])

    tasks = [
        {
            **task,
            "begins": words(task).removeprefix(task["number"]).lstrip("、.．。:：|"),
            "lead_units": [one["name"] for one in task["lead_units"]],
            "responsible_units": [one["name"] for one in task["responsible_units"]],
        }
        for task in gold["tasks"]
    ]
    sections = [{**one, "title": words(one, "title_start", "title_end")} for one in gold["sections"]]
    return {**gold, "tasks": tasks, "sections": sections}
