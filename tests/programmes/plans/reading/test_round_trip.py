"""A plan made at random and printed in any customary form is read back as it was made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus.score import amount, squeeze
from tests.programmes.plans.reading.generated import STYLES, Item, Plan, Style, items, listed, plans, roles
from tests.programmes.plans.reading.small import Json, assert_offsets_are_true, quick, read


def essence(reading: Json) -> list[tuple[object, ...]]:
    return [
        (
            squeeze(task["number"]),
            task["lead_units"],
            task["responsible_units"],
            task["collective"],
            task["open_ended"],
            [(squeeze(one["text"]), one["date"]) for one in task["due"]],
            [(amount(one["count"]), one["op"], one["per"]) for one in task["frequency"]],
            [(squeeze(one["text"]), one["op"], amount(one["value"])) for one in task["targets"]],
        )
        for task in reading["tasks"]
    ]


@quick
@given(plans())
def test_a_plan_is_read_back(plan: Plan) -> None:
    reading = read(plan.text())
    assert essence(reading) == plan.essence()
    assert_offsets_are_true(reading)
    assert len([one for one in reading["sections"] if one["level"] == 1]) == len(plan.sections)


@pytest.mark.parametrize("style", STYLES)
@quick
@given(st.lists(items(), min_size=2, max_size=3))
def test_each_form_is_read_back(style: Style, rows: list[Item]) -> None:
    plan = Plan((tuple(rows),), style, "（）", "1.", running=True)
    assert essence(read(plan.text())) == plan.essence()


@quick
@given(st.lists(items(), min_size=2, max_size=4, unique_by=lambda item: item.duty), st.sampled_from(["\t", "|"]))
def test_a_table_is_read_back(rows: list[Item], mark: str) -> None:
    lines = [mark.join(["序号", "工作任务", "牵头单位", "责任单位"])]
    for number, item in enumerate(rows, 1):
        lead, others = roles(item, "lines")
        lines.append(
            mark.join([str(number), item.sentence(), listed(lead), listed(others) + ("等" if item.open_ended else "")])
        )
    reading = read("云溪县2025年依法行政任务分解表\n" + "\n".join(lines) + "\n")
    assert essence(reading) == Plan((tuple(rows),), "lines", "（）", "1.", running=True).essence()
    assert_offsets_are_true(reading)


@quick
@given(st.lists(items(), min_size=2, max_size=3), st.sampled_from(["label", "both", "bare"]))
def test_a_missing_last_bracket_loses_nothing(rows: list[Item], style: Style) -> None:
    plan = Plan((tuple(rows),), style, "【】", "1.", running=True)
    assert essence(read(plan.text().rstrip("】\n"))) == plan.essence()
