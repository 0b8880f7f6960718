"""Digests: no two rows alike, instants the same from both databases, a vector of the standard."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.kernel.journal.digests import ALGORITHM, canonical, digest, instant, total

CELLS = st.lists(st.one_of(st.none(), st.integers(), st.text()), max_size=6)


@given(CELLS, CELLS)
def test_no_two_rows_look_alike(one: list[str | int | None], other: list[str | int | None]) -> None:
    assert (canonical(one) == canonical(other)) == (one == other)


def test_what_is_digested_is_plain_json() -> None:
    assert canonical(["甲", 1, None, '"']) == '["甲",1,null,"\\""]'.encode()


@pytest.mark.skipif(ALGORITHM != "sm3", reason="OpenSSL 没有 SM3")
def test_sm3_is_that_of_the_standard() -> None:
    """GB/T 32905, example 1: the message abc."""
    import hashlib

    expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert hashlib.new("sm3", b"abc").hexdigest() == expected


def test_an_algorithm_that_is_not_here_is_an_error() -> None:
    with pytest.raises(ValueError, match="unsupported"):
        digest(["甲"], "nonsense")


def test_a_total_depends_on_order_and_number() -> None:
    one, two = digest([1], "sha256"), digest([2], "sha256")
    assert total([], "sha256")[0] == 0
    assert total([one, two], "sha256")[0] == 2
    assert len({total(some, "sha256")[1] for some in ([], [one], [two], [one, two], [two, one])}) == 5


@given(st.integers(0, 10**17), st.integers(-12, 14))
def test_an_instant_is_the_same_however_it_is_kept(microseconds: int, hours: int) -> None:
    aware = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds % (100 * 365 * 86_400 * 10**6))
    moment = aware.replace(tzinfo=None)
    elsewhere = aware.astimezone(timezone(timedelta(hours=hours)))
    expected = instant(aware)
    assert instant(moment) == instant(elsewhere) == instant(str(moment)) == instant(expected) == expected
    assert expected.endswith("+00:00")
