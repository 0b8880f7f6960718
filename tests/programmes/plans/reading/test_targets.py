"""Demands on a quantity, and the numbers that are none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.programmes.plans.reading.small import quick
from zhunsheng.programmes.plans.reading.demand import Demand
from zhunsheng.programmes.plans.reading.fold import Script, prepare
from zhunsheng.programmes.plans.reading.targets import demands


def _demands(words: str) -> tuple[Script, list[Demand]]:
    script = prepare(words)
    return script, demands(script.plain, 0, len(script.plain), 2025)


def wanted(words: str) -> list[tuple[str, str, str, str]]:
    """Printed words, comparison, value and unit of every target."""
    script, found = _demands(words)
    return [(script.printed(one.start, one.end), one.op, _shown(script, one), _unit(script, one)) for one in found]


def _shown(script: Script, one: Demand) -> str:
    if isinstance(one.value, range):
        return script.printed(one.value.start, one.value.stop)
    return "—".join(map(str, one.value)) if isinstance(one.value, tuple) else str(one.value)


def _unit(script: Script, one: Demand) -> str:
    return one.unit if isinstance(one.unit, str) else script.printed(*one.unit)


@pytest.mark.parametrize(
    ("sentence", "words", "op", "value", "unit"),
    [
        ("合法性审查率达到100%。", "达到100%", "=", "100", "%"),
        ("合法性审查率100%。", "100%", "=", "100", "%"),
        ("合法性审查率达100％。", "达100％", "=", "100", "％"),
        ("持证上岗率保持100%。", "保持100%", "=", "100", "%"),
        ("按期办结率达到95%以上。", "达到95%以上", ">=", "95", "%"),
        ("优秀率90%以上。", "90%以上", ">=", "90", "%"),
        ("应诉率不低于95%。", "不低于95%", ">=", "95", "%"),
        ("满意度不低于98.5%。", "不低于98.5%", ">=", "98.5", "%"),
        ("纠错率不超过5%。", "不超过5%", "<=", "5", "%"),
        ("败诉率控制在10%以内。", "控制在10%以内", "<=", "10", "%"),
        ("万车死亡率低于1.5。", "低于1.5", "<", "1.5", ""),
        ("电能利用效率控制在1.25。", "控制在1.25", "<=", "1.25", ""),
        ("败诉率低于5%。", "低于5%", "<", "5", "%"),
        ("满意度超过90%。", "超过90%", ">", "90", "%"),
        ("名额比例为15%—20%。", "15%—20%", "between", "15—20", "%"),
        ("名额比例为15%-20%。", "15%-20%", "between", "15—20", "%"),
        ("每人培训不少于40学时。", "不少于40学时", ">=", "40", "学时"),
        ("在5小时内发布信息。", "5小时内", "<=", "5", "小时"),
        ("7个工作日内办结。", "7个工作日内", "<=", "7", "个工作日"),
        ("自受理之日起30日内办结。", "30日内", "<=", "30", "日"),
        ("十五日内报送备案。", "十五日内", "<=", "15", "日"),
        ("审查时间一般不少于7个工作日。", "不少于7个工作日", ">=", "7", "个工作日"),
        ("办理时限不超过15个工作日。", "不超过15个工作日", "<=", "15", "个工作日"),
        ("至少配备1名公职律师。", "至少配备1名", ">=", "1", "名"),
        ("评查案卷不少于120件。", "不少于120件", ">=", "120", "件"),
        ("败诉率低于全省平均水平。", "低于全省平均水平", "<", "全省平均水平", ""),
        ("满意度高于全市平均水平。", "高于全市平均水平", ">", "全市平均水平", ""),
        ("合法性审查实现全覆盖。", "全覆盖", "=", "100", "%"),
        ("全年办好法治讲座不少于1,200场。", "不少于1,200场", ">=", "1200", "场"),
        ("审查率不低于百分之九十五。", "不低于百分之九十五", ">=", "95", "%"),
    ],
)
def test_a_target(sentence: str, words: str, op: str, value: str, unit: str) -> None:
    assert wanted(sentence) == [(words, op, value, unit)]


@pytest.mark.parametrize(
    "sentence",
    [
        "落实《行政处罚法》(2021年修订)第9条。",
        "按照云政发〔2025〕11号文件执行。",
        "优化12345热线。",
        "提供7×24小时服务。",
        "推进“双随机、一公开”监管。",
        "按缴费额的50%返还。",
        "符合条件的返还50%。",
        "给予50%贴息。",
        "深化“五大系统”建设。",
        "落实“八项制度”。",
        "抓好四个重点环节。",
        "2024年办理案件27件。",
        "截至2024年底已建成站点32个。",
        "拨打0500-5550123咨询。",
        "落实《关于100%达标的意见》。",
        "做到“一件事一次办”。",
        "第3季度召开。",
        "坚持1个目标不动摇。",
        "《云溪县规定》第十五条第2款。",
        "2021—2025年规划。",
        "自2025年1月1日起施行。",
    ],
)
def test_what_is_no_target(sentence: str) -> None:
    assert wanted(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "quantity"),
    [
        ("重大行政决策合法性审查率达到100%。", "重大行政决策合法性审查率"),
        ("认真落实制度,行政复议按期办结率不低于98%。", "行政复议按期办结率"),
        ("村(居)法律顾问覆盖率保持100%。", "法律顾问覆盖率"),
        ("报备率、报备及时率均达到100%。", "报备率、报备及时率"),
    ],
)
def test_what_is_measured(sentence: str, quantity: str) -> None:
    script, found = _demands(sentence)
    assert [script.printed(*one.quantity).endswith(quantity) for one in found] == [True]


def test_several_targets() -> None:
    found = wanted("领导干部不少于40学时、工作人员不少于50学时、执法人员不少于60学时;24小时内办结,办结率100%。")
    assert [words for words, *_ in found] == ["不少于40学时", "不少于50学时", "不少于60学时", "24小时内", "100%"]


def test_what_another_value_has_taken_is_left() -> None:
    script = prepare("每年至少听取2次汇报")
    assert demands(script.plain, 0, len(script.plain), 2025, [(0, 8)]) == []


@quick
@given(
    st.decimals(Decimal("0.1"), Decimal(100), places=1),
    st.sampled_from(
        [
            ("不低于", "", ">="),
            ("不超过", "", "<="),
            ("达到", "", "="),
            ("达到", "以上", ">="),
            ("低于", "", "<"),
            ("控制在", "以内", "<="),
        ]
    ),
    st.sampled_from(["%", "％"]),
)
def test_every_percentage_is_read_back(value: Decimal, words: tuple[str, str, str], sign: str) -> None:
    before, after, op = words
    text = f"{before}{value}{sign}{after}"
    script, found = _demands(f"合法性审查率{text}。")
    assert [(script.printed(one.start, one.end), one.op, one.value) for one in found] == [(text, op, value)]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("3个县（区）试点证照联办。", [("3个", "=", "3", "个")]),
        ("2家以上法人银行推出新产品。", [("2家以上", ">=", "2", "家")]),
        ("5类轻微违法行为纳入清单。", [("5类", "=", "5", "类")]),
        ("100%的小型项目实行告知承诺。", [("100%", "=", "100", "%")]),
        ("3个月内完成。", [("3个月内", "<=", "3", "个月")]),
        ("2个以上部门联合办理的，由窗口受理。", []),
        ("3项重点任务落实到位。", []),
        ("8项制度上墙。", [("8项", "=", "8", "项")]),
    ],
)
def test_what_the_first_words_of_an_item_count(item: str, expected: list[tuple[str, str, str, str]]) -> None:
    """The number of the item (4.100%) is no part of the figure after it."""
    script = prepare(f"4.{item}")
    found = demands(script.plain, 2, len(script.plain), 2025)
    shown = [(script.printed(one.start, one.end), one.op, _shown(script, one), _unit(script, one)) for one in found]
    assert shown == expected
