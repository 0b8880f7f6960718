"""Before an upgrade: what somebody changed past the journal is found, what the upgrade will change is no finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import replace

import pytest
from django.db import connection

from tests.kernel.journal.conftest import Clerk, Tampering
from zhunsheng.kernel.journal import change, upgrades, verifying
from zhunsheng.kernel.journal.coverage import Table, tables
from zhunsheng.kernel.journal.models import Block
from zhunsheng.people.models import Division, Person

EDIT = "UPDATE people_person SET name = '冒名' WHERE name = '钱二'"
Shape = Callable[[Mapping[str, Set[str]]], Iterable[Table]]


def found() -> list[str]:
    return [f"{one.what}：{one.where}" for one in verifying.verify_behind()]


def without_telephone(existing: Mapping[str, Set[str]]) -> Iterable[Table]:
    """A program whose persons have no telephone any more."""
    for table in tables(existing):
        kept = tuple(column for column in table.columns if column.name != "office_phone")
        yield replace(table, columns=kept) if table.name == "people_person" else table


def without_persons(existing: Mapping[str, Set[str]]) -> Iterable[Table]:
    """A program that has no persons any more."""
    return (table for table in tables(existing) if table.name != "people_person")


def test_honest_work_is_clean_and_nothing_is_written(persons: list[Person], li: Clerk) -> None:
    with change(li, "更正"):
        Person.objects.filter(pk=persons[0].pk).update(name="赵甲")
        persons[1].delete()
    Person.objects.create(name="散行")
    blocks = Block.objects.count()
    assert found() == []
    assert Block.objects.count() == blocks


def test_what_verify_finds_is_found(persons: list[Person]) -> None:
    with Tampering() as tamper:
        tamper(EDIT)
        tamper("UPDATE journal_block SET actor_name = '别人' WHERE number = 1")
        tamper("INSERT INTO people_division (path, kind, name) VALUES ('0009', 'county', '冒名县')")
    added = Division.objects.get(name="冒名县")
    assert [one.partition("（")[0] for one in found()] == [
        "内容和封存时不一样：第 1 块",
        f"日志里没有这一行：表 people_division，第 {added.pk} 行",
        f"和日志不一样的列：name：表 people_person，第 {persons[1].pk} 行",
    ]


@pytest.mark.parametrize("shape", [without_telephone, without_persons])
def test_what_this_program_has_no_more_is_no_finding(
    persons: list[Person], shape: Shape, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "tables", shape)
    assert found() == []


def test_in_the_columns_that_stay_an_edit_is_found(persons: list[Person], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "tables", without_telephone)
    with Tampering() as tamper:
        tamper(EDIT)
    assert len(found()) == 1


def test_a_table_that_was_not_journalled_so_far_is_no_finding(persons: list[Person]) -> None:
    on = " ON people_division" if connection.vendor == "postgresql" else ""
    names = [name.split()[0] for name in upgrades.expected() if name.split()[0].endswith("_people_division")]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TRIGGER {name}{on}")
        cursor.execute("INSERT INTO people_division (path, kind, name) VALUES ('0001', 'county', '青石县')")
    try:
        assert found() == []
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM people_division")
        upgrades.install()
