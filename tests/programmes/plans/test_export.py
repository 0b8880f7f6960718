from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.programmes.plans.handmade import TEXT, reading
from zhunsheng.programmes.plans.export import (
    FORMATS,
    FORMULA_STARTS,
    LONGEST_CELL,
    inert,
    sheets,
    tasks_sheet,
    to_csv,
    to_json,
    to_xlsx,
)
from zhunsheng.programmes.plans.reading import as_json


def rows_of_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def rows_of_xlsx(data: bytes, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(sheet).to_python()


def test_a_task_is_a_row_with_all_that_was_read() -> None:
    sheet = tasks_sheet(reading())
    row = dict(zip((title for title, _ in sheet.columns), sheet.rows[0], strict=True))
    assert row["编号"] == "1"
    assert row["所在章节"] == "二、重点任务"
    assert row["牵头单位"] == "县司法局"
    assert row["责任单位"] == "县教育局、各乡镇、街道"
    assert row["名单未列全"] == "是"
    assert row["期限"] == "2025年6月底前"
    assert row["最迟日期"] == "2025-06-30"
    assert row["频次"] == "每年不少于2场（≥ 2 次/年）"
    assert row["目标"] == "不少于2场（≥ 2 场）"
    assert TEXT[int(row["起"]) : int(row["止"])] == row["任务原文"]


def test_a_due_date_without_a_year_has_words_and_no_date() -> None:
    sheet = tasks_sheet(reading())
    row = dict(zip((title for title, _ in sheet.columns), sheet.rows[1], strict=True))
    assert (row["期限"], row["最迟日期"], row["名单未列全"]) == ("年底前", "", "")


def test_every_sheet_of_the_workbook_comes_back_as_it_was() -> None:
    data = to_xlsx(reading())
    for sheet in sheets(reading()):
        back = rows_of_xlsx(data, sheet.name)
        assert back[0] == [title for title, _ in sheet.columns]
        assert [[_plain(value) for value in row] for row in back[1:]] == [list(row) for row in sheet.rows]


def _plain(value: object) -> object:
    return int(value) if isinstance(value, float) else value


def test_who_does_what_has_a_row_for_each_unit() -> None:
    rows = rows_of_xlsx(to_xlsx(reading()), "分工")
    assert [row[:3] for row in rows[1:]] == [
        ["县司法局", "牵头", ""],
        ["县教育局", "责任", ""],
        ["各乡镇、街道", "责任", "是"],
        ["县司法局", "牵头", ""],
    ]


def test_an_empty_reading_still_makes_every_file() -> None:
    empty = replace(reading(), sections=(), tasks=(), goals=(), definitions=(), warnings=(), text="", signed_on=None)
    assert rows_of_xlsx(to_xlsx(empty), "任务") == [[title for title, _ in tasks_sheet(empty).columns]]
    assert len(rows_of_csv(to_csv(empty))) == 1
    assert json.loads(to_json(empty))["tasks"] == []


def test_csv_opens_in_excel_as_utf8() -> None:
    data = to_csv(reading())
    assert data.startswith(b"\xef\xbb\xbf")
    assert rows_of_csv(data)[1][3] == reading().tasks[0].text


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_text_that_starts_like_a_formula_is_text(start: str) -> None:
    assert inert(f"{start}1+1") == f"'{start}1+1"
    assert inert(f" {start}1+1") == f"' {start}1+1"
    assert inert(f"一{start}1") == f"一{start}1"


def test_numbers_are_left_alone() -> None:
    assert inert(-3) == -3


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_cell_of_a_csv_can_start_a_formula(words: str) -> None:
    found = reading()
    hostile = replace(found, tasks=(replace(found.tasks[0], number=words, text=words),))
    row = rows_of_csv(to_csv(hostile))[1]
    assert not any(cell.lstrip(" \n\u3000\xa0").startswith(FORMULA_STARTS) for cell in row)


@settings(deadline=None, max_examples=25)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30))
def test_a_workbook_holds_no_formula_and_no_link(words: str) -> None:
    found = reading()
    for start in ("=1+1 ", "http://example.com/ ", "@", ""):
        text = start + words
        hostile = replace(found, tasks=(replace(found.tasks[0], text=text),))
        data = to_xlsx(hostile)
        xml = ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in xml
        assert b"<hyperlink" not in xml


def test_text_longer_than_a_cell_says_that_it_is_cut() -> None:
    found = reading()
    long = replace(found, tasks=(replace(found.tasks[0], text="长" * (LONGEST_CELL + 1)),))
    cell = rows_of_xlsx(to_xlsx(long), "任务")[1][3]
    assert len(cell) == LONGEST_CELL
    assert cell.endswith("（Excel 一格装不下，余下的见 CSV 或 JSON，全文 32768 字）")
    assert len(rows_of_csv(to_csv(long))[1][3]) == LONGEST_CELL + 1


def test_json_is_the_contract_of_the_command() -> None:
    assert json.loads(FORMATS["json"].make(reading())) == json.loads(json.dumps(as_json(reading()), default=str))
    assert "县司法局" in to_json(reading()).decode()


def test_many_tasks_stay_quick_to_write() -> None:
    found = reading()
    many = replace(found, tasks=found.tasks * 1000)
    assert len(rows_of_csv(to_csv(many))) == 2001
