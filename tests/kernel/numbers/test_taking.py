from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.kernel.numbers.models import Series, Taken
from zhunsheng.kernel.numbers.taking import gaps, shown, take
from zhunsheng.kernel.refs import Ref

ORDER = "supervision_order"


def ref(key: object) -> Ref:
    return Ref("test.thing", str(key), f"第 {key} 件")


@pytest.mark.django_db
def test_numbers_run_from_one_for_each_organ_kind_and_year() -> None:
    assert [take(ORDER, "甲", 2026, ref=ref(n)) for n in range(3)] == [1, 2, 3]
    assert take(ORDER, "乙", 2026, ref=ref("x")) == 1
    assert take(ORDER, "甲", 2027, ref=ref("y")) == 1
    assert take("notice", "甲", 2026, ref=ref("z")) == 1
    assert take(ORDER, "甲", 2026, ref=ref("a")) == 4


@pytest.mark.django_db
def test_the_register_says_who_has_a_number() -> None:
    take(ORDER, "甲", 2026, ref=ref(7))
    entry = Taken.objects.get()
    assert (entry.number, entry.kind, entry.key, entry.label) == (1, "test.thing", "7", "第 7 件")
    assert str(entry) == "甲 supervision_order 2026 1"


@pytest.mark.django_db(transaction=True)
def test_no_number_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        take(ORDER, "甲", 2026, ref=ref(1))


@pytest.mark.django_db
def test_a_number_that_is_rolled_back_is_given_again() -> None:
    assert take(ORDER, "甲", 2026, ref=ref(1)) == 1
    with transaction.atomic():
        assert take(ORDER, "甲", 2026, ref=ref(2)) == 2
        transaction.set_rollback(True)
    assert take(ORDER, "甲", 2026, ref=ref(3)) == 2


@pytest.mark.django_db
def test_the_database_refuses_a_number_twice_and_the_number_zero() -> None:
    take(ORDER, "甲", 2026, ref=ref(1))
    entry = Taken.objects.get()
    for number in (1, 0):
        with pytest.raises(IntegrityError), transaction.atomic():
            Taken.objects.create(series=entry.series, number=number, kind="k", key="1", label="l", at=entry.at)


@pytest.mark.django_db
def test_a_number_torn_out_of_the_register_is_found() -> None:
    for n in range(4):
        take(ORDER, "甲", 2026, ref=ref(n))
    Taken.objects.filter(number=3).delete()
    assert gaps(Series.objects.get()) == [3]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fresh", [True, False], ids=["the first ever", "an existing series"])
def test_fifty_at_once_leave_no_gap_and_take_none_twice(fresh: bool) -> None:
    if not fresh:
        Series.objects.create(series=ORDER, organ="甲", year=2026)
    undone = set(random.Random(14).sample(range(50), 17))
    with ThreadPoolExecutor(50) as pool:
        got = list(pool.map(lambda n: taken_by_thread(n, undo=n in undone), range(50)))
    kept = sorted(number for number in got if number is not None)
    assert kept == list(range(1, 34))
    assert gaps(Series.objects.get()) == []
    assert {int(key) for key in Taken.objects.values_list("key", flat=True)} == set(range(50)) - undone


def taken_by_thread(n: int, *, undo: bool) -> int | None:
    """One taker with its own connection; some change their mind after they have seen their number."""
    try:
        with transaction.atomic():
            number = take(ORDER, "甲", 2026, ref=ref(n))
            if undo:
                transaction.set_rollback(True)
        return None if undo else number
    finally:
        connection.close()


@given(st.integers(1949, 2200), st.integers(1, 10_000))
def test_a_number_is_printed_without_leading_zeros(year: int, number: int) -> None:
    assert shown("云法督", year, number) == f"云法督〔{year}〕{number}号"
