"""Stretches of a text, compared with the plain set of places that they hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.programmes.plans.reading.small import quick
from zhunsheng.programmes.plans.reading.ranges import Ranges

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6)


def places(spans: list[tuple[int, int]]) -> set[int]:
    return {place for low, high in spans for place in range(low, high)}


@quick
@given(SPANS, st.integers(-1, 31))
def test_what_a_range_holds(spans: list[tuple[int, int]], place: int) -> None:
    assert Ranges(spans).holds(place) is (place in places(spans))


@quick
@given(SPANS, st.integers(0, 30), st.integers(1, 10))
def test_what_a_range_touches(spans: list[tuple[int, int]], start: int, length: int) -> None:
    assert Ranges(spans).touches(start, start + length) is bool(places(spans) & set(range(start, start + length)))


@quick
@given(SPANS, st.integers(0, 31))
def test_where_the_next_range_begins(spans: list[tuple[int, int]], place: int) -> None:
    held = places(spans)
    starts = [one for one in sorted(held) if one - 1 not in held and one >= place]
    assert Ranges(spans).next_start(place, 99) == (starts[0] if starts else 99)
