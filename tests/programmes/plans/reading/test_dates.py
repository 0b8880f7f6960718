"""Due dates: the last day that still meets a demand, and everything that only looks like one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.programmes.plans.reading.small import quick
from zhunsheng.programmes.plans.reading.dates import Calendar, column_dates, due_dates
from zhunsheng.programmes.plans.reading.fold import prepare

OF_2025 = Calendar(year=2025, signed=date(2025, 3, 12))


def dues(words: str, calendar: Calendar = OF_2025) -> list[tuple[str, str | None]]:
    """Printed words and day of every due date that does not recur."""
    script = prepare(words)
    found = due_dates(script.plain, 0, len(script.plain), calendar)
    return [
        (script.printed(one.start, one.end), one.day.isoformat() if one.day else None)
        for one in found
        if one.recurs is None
    ]


def recurring(words: str) -> list[tuple[str, str]]:
    script = prepare(words)
    return [
        (script.printed(one.start, one.end), one.recurs)
        for one in due_dates(script.plain, 0, len(script.plain), OF_2025)
        if one.recurs
    ]


@pytest.mark.parametrize(
    ("sentence", "words", "day"),
    [
        # whole years
        ("2025年底前建成平台。", "2025年底前", "2025-12-31"),
        ("2026年底前建成平台。", "2026年底前", "2026-12-31"),
        ("2025年年底前建成平台。", "2025年年底前", "2025-12-31"),
        ("到2025年底建成平台。", "到2025年底", "2025-12-31"),
        ("到2027年建成平台。", "到2027年", "2027-12-31"),
        ("至2025年末建成平台。", "至2025年末", "2025-12-31"),
        ("２０２５年底前建成平台。", "２０２５年底前", "2025-12-31"),
        ("二〇二五年底前建成平台。", "二〇二五年底前", "2025-12-31"),
        ("年底前建成平台。", "年底前", "2025-12-31"),
        ("年内建成平台。", "年内", "2025-12-31"),
        ("今年年底前建成平台。", "今年年底前", "2025-12-31"),
        ("年终进行评价,年底前通报。", "年底前", "2025-12-31"),
        ("明年底前建成平台。", "明年底前", "2026-12-31"),
        # months
        ("2025年6月底前报送总结。", "2025年6月底前", "2025-06-30"),
        ("2026年2月底前报送总结。", "2026年2月底前", "2026-02-28"),
        ("6月底前报送总结。", "6月底前", "2025-06-30"),
        ("六月底前报送总结。", "六月底前", "2025-06-30"),
        ("11月底报送总结。", "11月底", "2025-11-30"),
        ("2025年9月上旬报送总结。", "2025年9月上旬", "2025-09-10"),
        ("2025年9月中旬报送总结。", "2025年9月中旬", "2025-09-20"),
        # days
        ("10月20日前形成报告。", "10月20日前", "2025-10-20"),
        ("2025年10月20日前形成报告。", "2025年10月20日前", "2025-10-20"),
        ("于12月5日前报县司法局。", "12月5日前", "2025-12-05"),
        ("十月二十日前形成报告。", "十月二十日前", "2025-10-20"),
        ("9月30日之前形成报告。", "9月30日之前", "2025-09-30"),
        ("9月30日以前形成报告。", "9月30日以前", "2025-09-30"),
        # quarters and halves
        ("2025年上半年完成清理。", "2025年上半年", "2025-06-30"),
        ("上半年完成清理。", "上半年", "2025-06-30"),
        ("三季度前完成清理。", "三季度前", "2025-09-30"),
        ("第三季度末前完成清理。", "第三季度末前", "2025-09-30"),
        ("第三季度末完成清理。", "第三季度末", "2025-09-30"),
        ("上半年化解率达到80%。", "上半年", "2025-06-30"),
        ("重点案件上半年化解率达到80%。", "上半年", "2025-06-30"),
        ("2026年一季度末前完成清理。", "2026年一季度末前", "2026-03-31"),
        # a span from the signature
        ("用3年时间建成平台。", "用3年时间", "2028-03-12"),
        ("3年内建成平台。", "3年内", "2028-03-12"),
        ("三年内建成平台。", "三年内", "2028-03-12"),
    ],
)
def test_a_due_date(sentence: str, words: str, day: str) -> None:
    assert dues(sentence) == [(words, day)]


@pytest.mark.parametrize(
    ("sentence", "words"), [("2025年实现应诉率90%。", "2025年实现"), ("2025年完成清理工作。", "2025年完成")]
)
def test_a_year_with_the_verb_of_its_demand(sentence: str, words: str) -> None:
    assert dues(sentence) == [(words, "2025-12-31")]


@pytest.mark.parametrize(
    "sentence",
    [
        "落实《云溪县法治政府建设实施方案(2021—2025年)》。",
        "贯彻《云溪县2025年底前清理方案》。",
        "根据2021年修订的《行政处罚法》。",
        "按照云政发〔2025〕11号文件。",
        "2024年以来的督察反馈问题。",
        "自2025年1月起施行。",
        "自2025年3月1日起执行新标准。",
        "在2021—2025年规划基础上。",
        "用好“八五”普法规划(2021-2025年)。",
        "年度考核和年终述法。",
        "县级以上年均两场。",
        "公示期内未提出异议的。",
        "1年以上工作经历。",
        "3年内未受过行政处罚的人员。",
        "近3年内办结的案件。",
        "2年期限届满的文件。",
        "召开2025年工作会议。",
        "长期坚持。",
        "持续推进。",
        "5小时内发布信息。",
        "7个工作日内办结。",
        "网络底座和产业底部。",
        "到底层去，从年轻人抓起。",
    ],
)
def test_what_is_no_due_date(sentence: str) -> None:
    assert dues(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "words", "period"),
    [
        ("每季度末报送台账。", "每季度末", "quarter"),
        ("每年6月底前报送总结。", "每年6月底前", "year"),
        ("每年12月10日前报送总结。", "每年12月10日前", "year"),
        ("每月5日前报送台账。", "每月5日前", "month"),
        ("每半年末报送台账。", "每半年末", "half_year"),
        ("每年年底前报送总结。", "每年年底前", "year"),
    ],
)
def test_a_due_date_that_recurs(sentence: str, words: str, period: str) -> None:
    assert recurring(sentence) == [(words, period)]
    assert dues(sentence) == []


@pytest.mark.parametrize(
    ("calendar", "day"),
    [
        (Calendar(year=2012), "2012-10-20"),
        (Calendar(), None),
    ],
)
def test_the_year_is_the_plans_own(calendar: Calendar, day: str | None) -> None:
    assert dues("10月20日前形成报告。", calendar) == [("10月20日前", day)]


def test_a_span_needs_a_day_to_count_from() -> None:
    assert dues("3年内建成平台。", Calendar(year=2025)) == [("3年内", None)]


def test_leap_days() -> None:
    assert dues("2028年2月底前报送。") == [("2028年2月底前", "2028-02-29")]
    assert dues("1年内建成。", Calendar(2024, signed=date(2024, 2, 29))) == [("1年内", "2025-02-28")]


def test_several_dates_in_a_row() -> None:
    found = dues("3月底前启动,6月底前完成初稿,2026年3月底前印发,年底前全部到位。")
    assert found == [
        ("3月底前", "2025-03-31"),
        ("6月底前", "2025-06-30"),
        ("2026年3月底前", "2026-03-31"),
        ("年底前", "2025-12-31"),
    ]


@pytest.mark.parametrize("sentence", ["2月30日前报送。", "13月1日前报送。", "2025年4月31日前报送。"])
def test_days_that_do_not_exist(sentence: str) -> None:
    assert [day for _, day in dues(sentence) if day is not None] == []


@pytest.mark.parametrize(
    ("cell", "words", "day"),
    [
        ("2025年12月", "2025年12月", "2025-12-31"),
        ("2025年6月30日", "2025年6月30日", "2025-06-30"),
        ("2025年", "2025年", "2025-12-31"),
        ("2025.06", "2025.06", "2025-06-30"),
        ("2025-06-30", "2025-06-30", "2025-06-30"),
        ("12月底", "12月底", "2025-12-31"),
        ("10月", "10月", "2025-10-31"),
        ("年底前", "年底前", "2025-12-31"),
        ("2025年第三季度", "2025年第三季度", "2025-09-30"),
        ("上半年", "上半年", "2025-06-30"),
    ],
)
def test_a_cell_that_holds_only_a_date(cell: str, words: str, day: str) -> None:
    script = prepare(cell)
    found = column_dates(script.plain, 0, len(script.plain), OF_2025)
    assert [(script.printed(one.start, one.end), str(one.day)) for one in found] == [(words, day)]


@pytest.mark.parametrize("cell", ["长期坚持", "持续推进", "全年", "常态化", "", "即时"])
def test_a_cell_without_a_date(cell: str) -> None:
    assert column_dates(prepare(cell).plain, 0, len(cell), OF_2025) == []


@quick
@given(
    st.dates(date(2005, 1, 1), date(2035, 12, 31)), st.sampled_from(["{y}年{m}月{d}日前", "{y}年{m:02}月{d:02}日前"])
)
def test_every_day_is_read_back(day: date, pattern: str) -> None:
    words = pattern.format(y=day.year, m=day.month, d=day.day)
    assert dues(f"于{words}报送。") == [(words, day.isoformat())]
