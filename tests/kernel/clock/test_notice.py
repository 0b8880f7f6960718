from __future__ import annotations

from datetime import date, datetime

import pytest

from zhunsheng.kernel.clock.compute import CST
from zhunsheng.kernel.clock.notice import parse_rows, parse_text


@pytest.mark.parametrize(
    "written",
    ["2027-05-01", "2027/5/1", "2027.5.1", "2027年5月1日", "5月1日", "05-01", " 5月 1日 "],
)
def test_ways_to_write_a_day(written: str) -> None:
    found, errors = parse_rows([[written, "放假", "劳动节"]], 2027)
    assert errors == []
    assert [(row.day, row.works, row.name) for row in found] == [(date(2027, 5, 1), False, "劳动节")]


@pytest.mark.parametrize(
    "written", ["5月1日至5月3日", "2027-05-01—2027-05-03", "5月1日到5月3日", "2027/5/1-2027/5/3", "5月1日~5月3日"]
)
def test_ways_to_write_several(written: str) -> None:
    found, errors = parse_rows([[written, "放假", "劳动节"]], 2027)
    assert errors == []
    assert [row.day.day for row in found] == [1, 2, 3]


def test_cells_of_a_spreadsheet_may_be_dates() -> None:
    found, _ = parse_rows(
        [[datetime(2027, 5, 1, tzinfo=CST), "放假", "劳动节"], [date(2027, 5, 2), "上班", "劳动节"], [None, "", None]],
        2027,
    )
    assert [(row.day, row.works) for row in found] == [(date(2027, 5, 1), False), (date(2027, 5, 2), True)]


def test_text_pasted_from_a_spreadsheet_and_a_heading() -> None:
    found, errors = parse_text("\ufeff日期\t安排\t名称\n2027-01-01\t放假\t元旦\n\n", 2027)
    assert errors == []
    assert len(found) == 1


def test_the_december_before_may_be_part_of_it() -> None:
    found, errors = parse_text("2026-12-31,放假,元旦", 2027)
    assert errors == []
    assert found[0].day == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("五一,放假,劳动节", "认不出来"),
        ("2027-02-30,放假,春节", "没有“2027-02-30”"),
        ("2027-05-01,不上,劳动节", "应当写“放假”或者“上班”"),
        ("2027-05-01,放假,", "三列"),
        ("2027-05-01", "三列"),
        ("2028-05-01,放假,劳动节", "不是 2027 年"),
        ("5月5日至5月1日,放假,劳动节", "止日"),
        ("2027-01-01至2027-12-31,放假,元旦", "最多 31 天"),
    ],
)
def test_every_bad_row_is_told_and_the_good_ones_are_kept(line: str, said: str) -> None:
    found, errors = parse_text(f"2027-01-01,放假,元旦\n{line}\n2027-10-01,放假,国庆节\n", 2027)
    assert [(error.row, said in error.message) for error in errors] == [(2, True)], errors
    assert len(found) == 2


def test_a_day_may_stand_only_once() -> None:
    found, errors = parse_text("2027-01-01,放假,元旦\n1月1日,上班,元旦", 2027)
    assert len(found) == 1
    assert errors[0].row == 2
    assert "前面已经写过" in errors[0].message
