"""Rows folded from their entries: whatever is done to rows, honestly, the journal agrees with the tables."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from django.db import connection

from tests.kernel.journal.conftest import Clerk
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.journal.images import Image, Row, agrees, loaded, paired
from zhunsheng.people.models import Person


@pytest.mark.parametrize("seed", range(5))
def test_any_honest_history_agrees(
    transactional_db: None, home: object, li: Clerk, bad: Callable[[], list[str]], seed: int
) -> None:
    """Entered, changed, deleted, entered again under the same number; one by one, in bulk, by raw SQL."""
    dice = random.Random(seed)

    def insert() -> None:
        Person.objects.bulk_create(Person(name=f"甲{dice.random()}") for _ in range(dice.randint(1, 12)))

    def update() -> None:
        Person.objects.filter(pk__gt=dice.randint(0, 20)).update(name=f"乙{dice.random()}")

    def delete() -> None:
        Person.objects.filter(pk__in=dice.sample(range(1, 40), 5)).delete()

    def again() -> None:
        key = dice.randint(100, 103)
        Person.objects.filter(pk=key).delete()
        Person.objects.create(pk=key, name="丙")

    def raw() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE people_person SET name = name || '丁' WHERE id %% 3 = %s", [dice.randint(0, 2)])

    for _ in range(25):
        step = dice.choice([insert, update, delete, again, raw])
        if dice.random() < 0.7:
            with change(li, "随意"):
                step()
        else:
            step()
    assert bad() == []


def test_numbers_are_compared_as_written() -> None:
    assert loaded('{"a": 1.50, "b": 2, "c": 1e400}') == {"a": "1.50", "b": 2, "c": "1e400"}


def test_both_sides_are_paired_by_key() -> None:
    left = [("1", Row({"a": 1})), ("3", Row(None)), ("4", Row({"a": 4}))]
    right: list[tuple[str, Image]] = [("10", {"a": 10}), ("2", {"a": 2}), ("4", {"a": 4})]
    found = [(key, row is not None, image is not None) for key, row, image in paired(iter(left), iter(right))]
    assert found == [
        *[("1", True, False), ("10", False, True), ("2", False, True), ("3", True, False), ("4", True, True)],
    ]


@pytest.mark.parametrize(
    ("row", "image", "expected"),
    [
        (Row(None), None, True),
        (Row({"a": 1}), {"a": 1}, True),
        (Row({"a": 1}), None, False),
        (Row(None), {"a": 1}, False),
        (Row({"a": 1}), {"a": 1, "b": 2}, False),
        (Row({"a": 1}, partial=True), {"a": 1, "b": 2}, True),
        (Row({"a": 1}, partial=True), {"a": 2, "b": 2}, False),
        (Row({}, partial=True), None, False),
    ],
)
def test_agreement(row: Row, image: Image | None, expected: bool) -> None:
    assert agrees(row, image) is expected
