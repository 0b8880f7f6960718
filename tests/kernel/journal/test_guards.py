"""What another program at the database can do: nothing on SQLite, nothing unseen on PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.utils import DatabaseError
from pytest_django import Settings

from tests.kernel.journal.conftest import Clerk, foreign
from zhunsheng.kernel.journal import access, change
from zhunsheng.kernel.journal.kinds import AccessKind
from zhunsheng.kernel.journal.lifting import lifted
from zhunsheng.kernel.journal.models import Block, Entry
from zhunsheng.kernel.refs import Ref
from zhunsheng.people.models import Person

REFUSED = (sqlite3.Error, psycopg.Error)
TABLES = ("journal_entry", "journal_block", "journal_mention", "journal_access", "journal_accessseal")
COLUMNS = {"journal_entry": "origin", "journal_block": "action", "journal_mention": "label", "journal_access": "detail"}


@pytest.fixture
def filled(persons: list[Person], li: Clerk) -> None:
    """Something in every table of the journal."""
    with change(li, "提醒", about=[Ref("people.person", "1", "赵一")]):
        pass
    access.note(AccessKind.SIGN_IN, actor=li)
    access.seal()


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO people_person (name, office_phone) VALUES ('外来', '')",
        "UPDATE people_person SET name = '外来'",
        "DELETE FROM people_person",
    ],
)
def test_a_foreign_client_cannot_write_on_sqlite(persons: list[Person], statement: str) -> None:
    with foreign() as other, pytest.raises(sqlite3.OperationalError, match="no such function: zhunsheng_mark"):
        other(statement)
    assert sorted(Person.objects.values_list("name", flat=True)) == ["孙三", "赵一", "钱二"]


@pytest.mark.postgresql
def test_a_foreign_client_on_postgresql_is_in_the_journal(persons: list[Person], bad: Callable[[], list[str]]) -> None:
    with foreign() as other:
        other("SET TimeZone = 'Asia/Shanghai'")
        other("SET application_name = 'psql'")
        other("INSERT INTO people_person (name, office_phone) VALUES ('外来', '')")
        other("UPDATE people_person SET name = '改过'")
        other("DELETE FROM people_person WHERE id = ?", [persons[0].pk])
    assert bad() == []
    block = Block.objects.get(source="unknown")
    assert block.entries == 1 + 4 + 1
    assert all(
        origin.endswith(" psql") for origin in Entry.objects.filter(mark=block.mark).values_list("origin", flat=True)
    )


@pytest.mark.postgresql
def test_a_changed_key_is_a_row_that_goes_and_one_that_comes(
    persons: list[Person], bad: Callable[[], list[str]]
) -> None:
    with foreign() as other:
        other("UPDATE people_person SET id = id + 1000 WHERE id = ?", [persons[0].pk])
    assert bad() == []
    assert list(Entry.objects.order_by("-id").values_list("operation", flat=True)[:2]) == ["I", "D"]


@pytest.mark.sqlite
def test_a_key_cannot_be_changed_on_sqlite(persons: list[Person]) -> None:
    with pytest.raises(DatabaseError, match="主键不能改"):
        Person.objects.filter(pk=persons[0].pk).update(id=4711)


@pytest.mark.parametrize("table", TABLES)
def test_journal_rows_are_not_deleted(filled: None, table: str) -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="日志只增不改"):
        cursor.execute(f"DELETE FROM {table}")
    with foreign(armed=True) as other, pytest.raises(REFUSED, match="日志只增不改"):
        other(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", list(COLUMNS))
def test_journal_rows_are_not_changed(filled: None, table: str) -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="日志只增不改"):
        cursor.execute(f"UPDATE {table} SET {COLUMNS[table]} = '改'")


@pytest.mark.parametrize("assignment", ["mark = 1", "mark = NULL", "before = '', after = ''", "row_key = '9'"])
def test_a_sealed_entry_is_neither_moved_nor_emptied(filled: None, assignment: str) -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="日志只增不改"):
        cursor.execute(f"UPDATE journal_entry SET {assignment}")


def test_a_stray_entry_is_only_given_a_mark(transactional_db: None, home: object) -> None:
    Person.objects.create(name="来历不明")
    with connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="日志只增不改"):
            cursor.execute("UPDATE journal_entry SET mark = 5, after = '{}'")
        cursor.execute("UPDATE journal_entry SET mark = 5")


@pytest.mark.postgresql
@pytest.mark.parametrize("table", ["people_person", "journal_entry", "journal_block", "journal_access"])
def test_tables_are_not_truncated(persons: list[Person], table: str) -> None:
    with foreign() as other, pytest.raises(psycopg.Error, match="不能清空"):
        other(f"TRUNCATE {table} CASCADE")


@pytest.mark.sqlite
@pytest.mark.parametrize("table", TABLES)
def test_journal_rows_are_not_replaced(filled: None, table: str) -> None:
    with foreign(armed=True) as other, pytest.raises(sqlite3.IntegrityError, match="日志只增不改"):
        other(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.sqlite
def test_insert_or_replace_through_our_connection_is_two_entries(
    persons: list[Person], bad: Callable[[], list[str]]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO people_person (id, name, office_phone) VALUES (%s, '换人', '')", [persons[0].pk]
        )
    assert bad() == []
    assert list(Entry.objects.order_by("-id").values_list("operation", flat=True)[:2]) == ["I", "D"]


def test_only_the_settings_of_tests_let_tables_be_emptied(settings: Settings) -> None:
    import zhunsheng.settings

    assert not hasattr(zhunsheng.settings, "JOURNAL_MAY_BE_EMPTIED")
    del settings.JOURNAL_MAY_BE_EMPTIED
    with pytest.raises(ImproperlyConfigured, match="只在测试里"), lifted():
        pass
