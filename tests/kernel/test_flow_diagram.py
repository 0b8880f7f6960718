from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from zhunsheng.kernel.flow import Flow
from zhunsheng.kernel.flow_diagram import arcs, svg, told
from zhunsheng.kernel.matter.flow import FLOW as MATTER
from zhunsheng.programmes.plans.flow import FLOW as DUTY


@pytest.mark.parametrize("flow", [DUTY, MATTER], ids=lambda flow: flow.name)
def test_every_state_is_drawn_and_every_step_told(flow: Flow[Any]) -> None:
    picture = ET.fromstring(svg(flow))
    words = "".join(picture.itertext())
    assert all(state.label in words for state in flow.states.values())
    assert len(told(flow)) == len(flow.transitions)
    boxes = picture.findall("{*}rect")
    assert len(boxes) == len(flow.states)
    assert all(len(one.attrib["stroke-width"]) for one in boxes)


def test_steps_between_the_same_states_are_one_arc() -> None:
    drawn = arcs(DUTY)
    assert len({(one.start, one.end) for one in drawn}) == len(drawn)
    order = list(DUTY.states)
    confirm = next(one for one in drawn if (one.start, one.end) == (order.index("head"), order.index("lead")))
    assert confirm.label == "确认上报"


def test_a_step_from_almost_anywhere_is_told_only() -> None:
    order = list(DUTY.states)
    assert not [one for one in arcs(DUTY) if one.end == order.index("paused")]
    assert any("暂缓" in line and "写明理由" in line for line in told(DUTY))


def test_nothing_in_the_picture_needs_a_style() -> None:
    assert "style=" not in svg(DUTY)
