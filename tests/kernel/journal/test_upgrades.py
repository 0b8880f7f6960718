"""Migrations: triggers come back by themselves, and what was done to rows meanwhile is in the journal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import connection

from tests.kernel.journal.conftest import Clerk
from zhunsheng.kernel.journal import change, upgrades
from zhunsheng.kernel.journal.models import Block, Entry
from zhunsheng.people.models import Person

Bad = Callable[[], list[str]]


def run(query: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query)


def test_a_migration_that_remakes_a_table_keeps_the_triggers(persons: list[Person], bad: Bad) -> None:
    """Django copies the table on SQLite; the triggers of the old one vanish with it."""
    plan = [object()]
    upgrades.before(using="default", plan=plan)
    assert not [name for name in upgrades._triggers() if name.split()[0].endswith("_people_person")]
    with connection.schema_editor() as editor:
        field = Person._meta.get_field("name")
        wider = field.clone()
        wider.max_length, wider.column = 60, "name"
        wider.set_attributes_from_name("name")
        editor.alter_field(Person, field, wider)
    upgrades.after(using="default", plan=plan)
    assert upgrades._triggers() == upgrades.expected()
    assert bad() == []


def test_what_a_data_migration_does_is_a_block_of_the_upgrade(persons: list[Person], bad: Bad) -> None:
    Person.objects.create(name="升级之前的散行")
    plan = [object()]
    upgrades.before(using="default", plan=plan)
    run("UPDATE people_person SET name = '迁移改的' WHERE name = '赵一'")
    run("DELETE FROM people_person WHERE name = '钱二'")
    run("INSERT INTO people_person (name, office_phone) VALUES ('迁移加的', '')")
    upgrades.after(using="default", plan=plan)
    assert bad() == []
    assert list(Block.objects.order_by("number").values_list("source", flat=True)[3:]) == ["unknown", "upgrade"]
    entries = Entry.objects.filter(mark=Block.objects.get(source="upgrade").mark)
    assert sorted(entries.values_list("operation", flat=True)) == ["D", "S", "S"]
    changed = entries.get(key=str(persons[0].pk))
    assert "赵一" in changed.before
    assert "迁移改的" in changed.after


def test_rows_older_than_the_journal_are_entered(transactional_db: None, home: object, li: Clerk, bad: Bad) -> None:
    """A county that was founded before there was a journal."""
    upgrades.before(using="default", plan=[object()])
    Person.objects.bulk_create(Person(name=f"第{number}人") for number in range(1200))
    upgrades.after(using="default", plan=[object()])
    assert Block.objects.get().entries == 1200
    assert bad() == []
    with change(li, "更正"):
        Person.objects.update(name="改")
    assert bad() == []


def test_an_upgrade_cut_off_is_finished_by_the_next(persons: list[Person], bad: Bad) -> None:
    upgrades.before(using="default", plan=[object()])
    run("UPDATE people_person SET name = '迁移改的'")
    call_command("migrate", verbosity=0)
    assert bad() == []
    assert Block.objects.latest("number").source == "upgrade"


def test_migrating_nothing_hides_nothing(persons: list[Person], bad: Bad) -> None:
    """Only a migration may explain a difference: otherwise ``upgrade`` would be the way to hide one."""
    on = " ON people_person" if connection.vendor == "postgresql" else ""
    run(f"DROP TRIGGER zhunsheng_update_people_person{on}")
    run("UPDATE people_person SET name = '冒名' WHERE name = '赵一'")
    call_command("migrate", verbosity=0)
    assert upgrades._triggers() == upgrades.expected()
    assert bad() == ["rows"]


@pytest.mark.django_db
def test_another_database_is_left_alone() -> None:
    upgrades.before(using="another", plan=[object()])
    upgrades.after(using="another", plan=[object()])
    assert upgrades._triggers() == upgrades.expected()
