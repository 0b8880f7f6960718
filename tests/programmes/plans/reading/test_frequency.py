"""How often a duty recurs."""

from __future__ import annotations

import pytest

from zhunsheng.programmes.plans.reading.fold import prepare
from zhunsheng.programmes.plans.reading.frequency import frequencies


def often(words: str) -> list[tuple[str, str, str, str]]:
    script = prepare(words)
    found = frequencies(script.plain, 0, len(script.plain))
    return [(script.printed(one.start, one.end), str(one.count), one.op, one.per) for one in found]


def spreads(words: str) -> list[str | None]:
    script = prepare(words)
    found = frequencies(script.plain, 0, len(script.plain))
    return [script.printed(*one.spread) if one.spread else None for one in found]


@pytest.mark.parametrize(
    ("sentence", "words", "count", "op", "per"),
    [
        ("县政府常务会议每年至少听取2次汇报。", "每年至少听取2次", "2", ">=", "year"),
        ("每年听取汇报至少2次。", "每年听取汇报至少2次", "2", ">=", "year"),
        ("每年举办2期以上专题讲座。", "每年举办2期以上", "2", ">=", "year"),
        ("每年不少于4次。", "每年不少于4次", "4", ">=", "year"),
        ("对同一企业的检查每年不超过2次。", "每年不超过2次", "2", "<=", "year"),
        ("每年至多检查1次。", "每年至多检查1次", "1", "<=", "year"),
        ("每年组织1次考试。", "每年组织1次", "1", "=", "year"),
        ("每年组织一次考试。", "每年组织一次", "1", "=", "year"),
        ("每年组织两次考试。", "每年组织两次", "2", "=", "year"),
        ("每年开展十二次。", "每年开展十二次", "12", "=", "year"),
        ("每两年开展1次竞赛。", "每两年开展1次", "1", "=", "two_years"),
        ("每2年清理1次。", "每2年清理1次", "1", "=", "two_years"),
        ("每三年轮训一遍。", "每三年轮训一遍", "1", "=", "three_years"),
        ("每五年评估1次。", "每五年评估1次", "1", "=", "five_years"),
        ("每半年抽查1次。", "每半年抽查1次", "1", "=", "half_year"),
        ("每季度至少学法1次。", "每季度至少学法1次", "1", ">=", "quarter"),
        ("每季度通报。", "每季度", "1", "=", "quarter"),
        ("每月报送进展。", "每月", "1", "=", "month"),
        ("每个月调度1次。", "每个月调度1次", "1", "=", "month"),
        ("每两周上门探视一次。", "每两周上门探视一次", "1", "=", "two_weeks"),
        ("每双周调度1次。", "每双周调度1次", "1", "=", "two_weeks"),
        ("每周会商1次。", "每周会商1次", "1", "=", "week"),
        ("任期内至少接受1次培训。", "任期内至少接受1次", "1", ">=", "term_of_office"),
        ("每届任期至少轮训1次。", "每届任期至少轮训1次", "1", ">=", "term_of_office"),
        ("按季度通报办理情况。", "按季度", "1", "=", "quarter"),
        ("按月调度。", "按月", "1", "=", "month"),
        ("每年领导干部接受不少于40学时培训。", "每年", "1", "=", "year"),
        ("每 年 至 少 听 取２次。", "每年至少听取２次", "2", ">=", "year"),
        ("每年至少\n听取2次。", "每年至少听取2次", "2", ">=", "year"),
    ],
)
def test_a_frequency(sentence: str, words: str, count: str, op: str, per: str) -> None:
    assert often(sentence) == [(words, count, op, per)]


@pytest.mark.parametrize(
    ("sentence", "spread"),
    [
        ("每年至少听取2次汇报,年中、年终各听取1次。", "年中、年终各听取1次"),
        ("每年评查2次,年中、年终各1次,抽取案卷。", "年中、年终各1次"),
        ("每年检查2次,上半年、下半年各1次。", "上半年、下半年各1次"),
        ("每年检查2次。年中、年终另行通知。", None),
        ("每年检查2次。", None),
    ],
)
def test_how_the_times_are_spread(sentence: str, spread: str | None) -> None:
    assert spreads(sentence) == [spread]


@pytest.mark.parametrize(
    "sentence",
    [
        "落实《每月一法学习制度》。",
        "逐年提高。",
        "每个单位明确1名联络员。",
        "每名执法人员配发1台设备。",
        "每件案卷一案一评。",
        "按年度计划推进。",
        "年均增长5%。",
        "2025年召开1次会议。",
        "一年来成效明显。",
        "全年开展培训4期。",
    ],
)
def test_what_is_no_frequency(sentence: str) -> None:
    assert often(sentence) == []


def test_several_frequencies() -> None:
    found = often("主要负责人每年至少讲1次法治课,每季度学法1次,任期内至少参加1次轮训。")
    assert [(words, per) for words, _, _, per in found] == [
        ("每年至少讲1次", "year"),
        ("每季度学法1次", "quarter"),
        ("任期内至少参加1次", "term_of_office"),
    ]


def test_a_recurring_due_date_is_a_frequency_too() -> None:
    assert [per for _, _, _, per in often("每季度末通报,每年6月底前报送总结。")] == ["quarter", "year"]
