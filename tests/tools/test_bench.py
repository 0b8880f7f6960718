"""What the bench measures: invented plans that are really read, figures that are right, tables that stay narrow."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any

import pytest

from tests.corpus.score import FIELDS, compare
from tools import bench
from tools.benches import accuracy, baseline, journal, page, speed
from tools.benches.invented import numeral, plan
from tools.benches.table import Cell, Column, Table, width
from zhunsheng.kernel.documents import Document
from zhunsheng.programmes.plans.reading import Reading, read_plan

COLUMNS = (Column("名称"), Column("秒", ".2f"))


def read(text: str) -> Reading:
    return read_plan(Document(text, "text"))


# --- tables


def test_columns_are_aligned_by_what_a_terminal_shows() -> None:
    table = Table("速度", COLUMNS, (("甲", 1.234), ("abc", 12.0), ("乙丙", None)), "越小越好。")
    assert table.printed().split("\n") == [
        "== 速度",
        "名称     秒",
        "甲     1.23",
        "abc   12.00",
        "乙丙      —",
        "越小越好。",
    ]


def test_the_dash_and_wide_characters_are_counted() -> None:
    assert [width(words) for words in ("", "abc", "甲", "甲a（")] == [0, 3, 2, 5]


def test_a_row_needs_a_cell_for_every_column() -> None:
    with pytest.raises(ValueError, match="shorter"):
        Table("速度", COLUMNS, (("甲",),)).printed()


def test_a_table_as_json_keeps_numbers() -> None:
    plain = Table("速度", COLUMNS, (("甲", 1.234),)).plain()
    assert plain == {"title": "速度", "columns": ["名称", "秒"], "rows": (("甲", 1.234),), "note": ""}


# --- invented plans


@pytest.mark.parametrize("count", [1, 20, 21, 200, 450])
def test_every_invented_task_is_read_with_units(count: int) -> None:
    tasks = read(plan(count)).tasks
    assert len(tasks) == count
    assert all(task.mentions for task in tasks)


def test_invented_plans_vary_but_do_not_change() -> None:
    assert plan(30) == plan(30) != plan(30, seed=2)
    tasks = read(plan(100)).tasks
    for field in ("due", "frequency", "targets"):
        assert 10 < sum(1 for task in tasks if getattr(task, field)) < 100
    assert {mention.role for task in tasks for mention in task.mentions} == {"lead", "responsible"}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
    ],
)
def test_numerals(value: int, words: str) -> None:
    assert numeral(value) == words


# --- the baseline


def test_the_baseline_reads_labels() -> None:
    found = baseline.read(
        "一、任务\n1．抓学法。\n牵头单位：县司法局\n责任单位:县财政局、 县教育局，各乡镇\n2.抓执法。（配合单位：县司法局）"
    )
    assert [(task["number"], task["lead_units"], task["responsible_units"]) for task in found["tasks"]] == [
        ("1", ["县司法局"], ["县财政局", "县教育局", "各乡镇"]),
        ("2", [], ["县司法局"]),
    ]


def test_the_baseline_can_be_compared_and_finds_nothing_in_nothing() -> None:
    gold = {**baseline.read(""), "document_number": "", "not_a_plan": True}
    score = compare(baseline.read("没有编号"), gold, "空")
    assert set(score) == set(FIELDS)
    assert all(tally.precision == tally.recall == 1.0 for tally in score.values())


# --- accuracy


def test_accuracy_has_a_row_for_every_field_and_beats_the_baseline(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ZHUNSHENG_SOURCES", str(tmp_path))
    rows = rows_of(accuracy.accuracy())
    assert [row["字段"] for row in rows] == list(accuracy.NAMES.values())
    assert not any("原件" in head for row in rows for head, cell in row.items() if cell is not None)
    for row in rows:
        assert 0.9 < row["全部 P"] <= 1
        assert 0.9 < row["全部 R"] <= 1
    units = next(row for row in rows if row["字段"] == "牵头单位")
    assert units["对照 R"] < units["全部 R"]


def test_gold_in_spans_is_spelled_with_the_words_of_the_text() -> None:
    text = "一、任务\n1.抓 学法。县司法局"
    gold = {
        "sections": [{"number": "一", "title_start": 2, "title_end": 4}],
        "tasks": [{
            "number": "1", "start": 5, "end": 16, "responsible_units": [],
            "lead_units": [{"name": "县司法局", "start": 12, "end": 16}],
        }],
    }  # fmt: skip
    spelled = accuracy.spelled(gold, text)
    assert spelled["sections"][0]["title"] == "任务"
    assert (spelled["tasks"][0]["begins"], spelled["tasks"][0]["lead_units"]) == ("抓学法。县司法局", ["县司法局"])


# --- speed


def test_the_best_of_several_runs_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 0.5, 1.0, 1.25, 2.0, 3.0])
    monkeypatch.setattr(speed, "perf_counter", lambda: next(clock))
    assert speed.best(lambda: None, most=3) == 0.25


def test_what_is_slow_is_run_once(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 9.0])
    monkeypatch.setattr(speed, "perf_counter", lambda: next(clock))
    assert speed.best(lambda: None) == 9.0


def test_growth_measures_every_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "SIZES", (5, 10))
    monkeypatch.setattr(speed, "ALL_SIZES", (5, 10, 15))
    assert [row["读到"] for row in rows_of(speed.growth(full=False))] == [5, 10]
    first, *others = rows_of(speed.growth(full=True))
    assert first["比上一行"] is None
    assert all(row["比上一行"] > 0 and row["毫秒/项"] > 0 for row in others)


def test_formats_are_measured_against_their_libraries() -> None:
    rows = rows_of(speed.formats())
    assert [row["格式"] for row in rows] == ["html", "docx", "pdf"]
    assert all(row["份"] > 0 and row["倍数"] > 0 for row in rows)
    assert [row["页"] is None for row in rows] == [True, True, False]


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(CalledProcessError):
        speed.seconds([sys.executable, "-c", "raise SystemExit(3)"], runs=1)


@pytest.mark.django_db
def test_the_page_is_measured_without_a_query() -> None:
    rows = rows_of(page.page())
    assert [row["数据库查询"] for row in rows] == [0, 0, 0]
    assert all(row["毫秒"] > 0 and row["其中读"] > 0 for row in rows)


@pytest.mark.sqlite
def test_the_journal_is_measured_and_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "SECONDS", 0.2)
    monkeypatch.setattr(journal, "WRITERS", (2,))
    monkeypatch.setattr(journal, "databases", lambda: [("SQLite", "")])
    table = journal.journal()
    (row,) = rows_of(table)
    assert row["没有日志 次/秒"] > 0 < row["有日志 次/秒"]
    assert row["之比"] == pytest.approx(row["有日志 次/秒"] / row["没有日志 次/秒"])
    assert "SQLite " in table.note


# --- the command


def test_tables_are_printed_and_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FULL", "1")
    table = Table("速度", COLUMNS, (("甲", 1.234),))
    monkeypatch.setattr(bench, "measures", lambda *, full: {"growth": lambda: table} if full else {})
    file = tmp_path / "figures.json"
    assert bench.main(["--json", str(file)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Python 3.")
    assert table.printed() in said
    kept = json.loads(file.read_text("utf-8"))
    assert kept["full"] is True
    assert kept["tables"] == [{"title": "速度", "columns": ["名称", "秒"], "rows": [["甲", 1.234]], "note": ""}]


def test_only_one_thing_is_measured_when_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = {name: (lambda name=name: Table(name, COLUMNS, ())) for name in bench.NAMES}
    monkeypatch.setattr(bench, "measures", lambda *, full: made)
    bench.main(["--only", "page"])
    said = capsys.readouterr().out
    assert "== page" in said
    assert "== growth" not in said


def test_the_clone_is_measured_only_in_full() -> None:
    assert tuple(bench.measures(full=True)) == bench.NAMES
    assert tuple(bench.measures(full=False)) == bench.NAMES[:-1]


def test_every_table_fits_into_a_hundred_and_ten_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "SIZES", (5, 10))
    for table in (accuracy.accuracy(), speed.growth(full=False), speed.formats()):
        assert max(map(width, table.printed().split("\n"))) <= 110, table.title


def rows_of(table: Table) -> list[dict[str, Any]]:
    """Rows by the heads of their columns."""
    heads = [column.head for column in table.columns]
    rows: list[tuple[Cell, ...]] = list(table.rows)
    return [dict(zip(heads, row, strict=True)) for row in rows]
