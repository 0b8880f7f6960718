"""Each flow draws its own diagram: states in a row, steps forward above them, steps back below. SVG without style."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import escape

from zhunsheng.kernel.flow import Flow

BOX: Final = (112, 34)
GAP: Final = 20
RISE: Final = 22
FEW: Final = 3
"""A step from more states than this is told in words, not drawn."""


@dataclass(frozen=True, slots=True)
class Arc:
    """A drawn step between two states, by their places in the row, with the names of all steps between them."""

    start: int
    end: int
    label: str

    @property
    def reach(self) -> int:
        """How many places it spans; what reaches further is drawn further out."""
        return abs(self.end - self.start)


def arcs(flow: Flow[Any]) -> list[Arc]:
    """What is drawn: one arc for each pair of states, steps between the same two joined."""
    place = {name: index for index, name in enumerate(flow.states)}
    labels: defaultdict[tuple[int, int], dict[str, None]] = defaultdict(dict)
    for one in flow.transitions:
        if len(one.sources) <= FEW:
            for source in one.sources:
                if source != one.target:
                    labels[place[source], place[one.target]][one.label] = None
    return [Arc(start, end, "、".join(names)) for (start, end), names in sorted(labels.items())]


def told(flow: Flow[Any]) -> list[str]:
    """Every step in words, for those who do not see the picture: 待办公室确认 —确认办结→ 已办结."""
    label = {name: state.label for name, state in flow.states.items()}
    order = list(flow.states)
    return [
        f"{'、'.join(label[one] for one in sorted(step.sources, key=order.index))} —{step.label}→ {label[step.target]}"
        + ("（写明理由）" if step.reason else "")
        for step in flow.transitions
    ]


def svg(flow: Flow[Any]) -> str:
    """The picture. Its title says what it is; ``told`` stands beside it."""
    drawn = arcs(flow)
    up = max((one.reach for one in drawn if one.end > one.start), default=0) * RISE + 24
    down = max((one.reach for one in drawn if one.end < one.start), default=0) * RISE + 24
    width = len(flow.states) * (BOX[0] + GAP) + GAP
    parts = [
        f'<svg class="flow" viewBox="0 0 {width} {up + BOX[1] + down}" role="img" aria-labelledby="flow-{flow.name}">',
        f'<title id="flow-{flow.name}">{escape(flow.label)}的流程</title>',
        *(_arc(one, up) for one in drawn),
        *(_box(index, state.label, up, final=state.final) for index, state in enumerate(flow.states.values())),
        "</svg>",
    ]
    return "".join(parts)


def _left(place: int) -> int:
    return GAP + place * (BOX[0] + GAP)


def _box(place: int, label: str, top: int, *, final: bool) -> str:
    """A state; one that ends the flow has a thick edge."""
    x, (w, h) = _left(place), BOX
    return (
        f'<rect x="{x}" y="{top}" width="{w}" height="{h}" fill="#fff" stroke="#5b6570" stroke-width="{2.5 if final else 1}"/>'
        f'<text x="{x + w / 2:g}" y="{top + 22}" text-anchor="middle" font-size="13" fill="#1d2126">{escape(label)}</text>'
    )


def _arc(one: Arc, top: int) -> str:
    """A line out, along, and back in, with an arrow head and its label on the way."""
    forward = one.end > one.start
    edge = top if forward else top + BOX[1]
    height = one.reach * RISE
    level = edge - height if forward else edge + height
    start, end = (_left(place) + BOX[0] / 2 + shift for place, shift in ((one.start, 14), (one.end, -14)))
    tip = -6 if forward else 6
    middle = (start + end) / 2
    return (
        f'<path d="M{start:g} {edge}V{level}H{end:g}V{edge}" fill="none" stroke="#8a949e"/>'
        f'<path d="M{end - 4:g} {edge + tip}L{end:g} {edge}L{end + 4:g} {edge + tip}z" fill="#5b6570"/>'
        f'<text x="{middle:g}" y="{level - 4 if forward else level + 14}" text-anchor="middle" font-size="12"'
        f' fill="#1d4e79">{escape(one.label)}</text>'
    )
