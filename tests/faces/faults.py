"""Faults of the installation, made on the database under test: no room, no answer, somebody else in the way."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
from django.apps import apps
from django.db import DatabaseError, connection

from zhunsheng.kernel.actor import Program
from zhunsheng.kernel.journal import change
from zhunsheng.people.models import Person

UNBOUNDED = 1_073_741_823


def stored() -> dict[str, int]:
    """How many rows each table has."""
    return {model._meta.db_table: model._default_manager.count() for model in apps.get_models()}


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def no_room() -> Iterator[None]:
    """A disk that is full: SQLite's file may not grow and has no page left; PostgreSQL's server says so at the last row."""
    if connection.vendor == "postgresql":
        with trigger("RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'"):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    execute(f"PRAGMA max_page_count = {pages}")
    try:
        _fill()
        yield
    finally:
        execute(f"PRAGMA max_page_count = {UNBOUNDED}")


def _fill() -> None:
    """Use what room the last pages have."""
    for number in range(10_000):
        try:
            with change(Program("写手"), "登记"):
                Person.objects.create(name=f"写手{number}")
        except DatabaseError:
            return
    raise AssertionError("the disk does not fill up")


@contextmanager
def shut_down() -> Iterator[None]:
    """PostgreSQL ends the connection while a change is being sealed."""
    with trigger("PERFORM pg_terminate_backend(pg_backend_pid())"):
        yield


@contextmanager
def trigger(body: str) -> Iterator[None]:
    """``body`` is what PostgreSQL does before a block is written, or a session is stored again."""
    execute(
        f"CREATE FUNCTION test_fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NEW; END $$",
        "CREATE TRIGGER test_fault BEFORE INSERT ON journal_block EXECUTE FUNCTION test_fault()",
        "CREATE TRIGGER test_fault BEFORE UPDATE ON django_session EXECUTE FUNCTION test_fault()",
    )
    try:
        yield
    finally:
        connection.close()
        execute("DROP FUNCTION test_fault() CASCADE")


@contextmanager
def in_the_way() -> Iterator[None]:
    """Somebody else writes, and does not end; our patience is short."""
    if connection.vendor == "postgresql":
        parameters = {**connection.get_connection_params(), "autocommit": False}
        names = ("host", "port", "user", "password", "dbname")
        with psycopg.connect(**{name: parameters[name] for name in names if parameters.get(name)}) as other:
            other.execute("LOCK TABLE journal_block, django_session IN EXCLUSIVE MODE")
            execute("SET lock_timeout = '200ms'")
            yield
            other.rollback()
        execute("SET lock_timeout = 0")
        return
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        execute("PRAGMA busy_timeout = 100")
        yield
        other.execute("ROLLBACK")
    execute("PRAGMA busy_timeout = 20000")
