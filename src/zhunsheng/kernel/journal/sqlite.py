"""The journal's triggers on SQLite: one for each row; who writes is asked of functions that only our connections have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from zhunsheng.kernel.journal.coverage import Column, Table

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

PREFIX: Final = "zhunsheng_"
REFUSED: Final = "日志只增不改"
KEY_CHANGED: Final = "主键不能改"
ENTRY: Final = (
    "INSERT INTO journal_entry (table_name, row_key, operation, before, after, mark, origin, at) "
    "SELECT {name}, {key}, {operation}, {before}, {after}, "
    "zhunsheng_mark(), zhunsheng_origin(), strftime('%Y-%m-%d %H:%M:%f', 'now')"
)
WRITTEN_AT: Final = "CAST(at AS TEXT) || '000'"
"""When an entry was written, as it is digested."""
GUARDED: Final = (
    "journal_entry",
    "journal_block",
    "journal_mention",
    "journal_blanking",
    "journal_accessseal",
    "journal_access",
)
KEYS: Final = {"journal_block": ("number", "mark"), "journal_blanking": ("id", "entry")}
FIXED: Final = {
    "journal_entry": ("id", "table_name", "row_key", "operation", "origin", "at"),
    "journal_access": (
        *("id", "kind", "at", "actor_id", "actor_name", "unit_name", "username"),
        *("address", "ref_kind", "ref_key", "ref_label", "detail"),
    ),
}
"""What never changes in tables of which something may: a stray entry is swept, a blanked one emptied, an access sealed."""


def columns(cursor: CursorWrapper) -> dict[str, set[str]]:
    """The columns of every table in the database."""
    cursor.execute("SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'")
    found: dict[str, set[str]] = {}
    for table, column in cursor.fetchall():
        found.setdefault(table, set()).add(column)
    return found


def wanted(cursor: CursorWrapper, tables: Iterable[Table]) -> dict[str, str]:
    """What must stand in the database: statements by name of the trigger."""
    statements = [*_guards(), *(one for table in tables for one in _journal(table))]
    return {_name_of(statement): statement for statement in statements}


def present(cursor: CursorWrapper) -> dict[str, str]:
    """All triggers that stand in the database, by name; no other program has any here."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return dict(cursor.fetchall())


def drop(cursor: CursorWrapper) -> None:
    """Remove the journal's triggers, before a migration remakes tables or new ones take their places."""
    for name in present(cursor):
        if name.startswith(PREFIX):
            cursor.execute(f"DROP TRIGGER {_quoted(name)}")


def install(cursor: CursorWrapper, tables: Iterable[Table]) -> None:
    """Put the generated triggers in the places of whatever stands there."""
    drop(cursor)
    for statement in wanted(cursor, tables).values():
        cursor.execute(statement)


def rows(table: Table) -> str:
    """A query for the key and the image of every row, in the order of the keys."""
    image = _image(table.columns, _quoted(table.name))
    key = f"CAST({_quoted(table.name)}.{_quoted(table.key)} AS TEXT)"
    return f"SELECT {key} AS k, {image} FROM {_quoted(table.name)} ORDER BY k"  # noqa: S608 - names of our own tables


def _journal(table: Table) -> Iterator[str]:
    """The three triggers of a journalled table."""
    name, new, old = _text(table.name), _image(table.columns, "NEW"), _image(table.columns, "OLD")
    yield _trigger(table.name, "insert", "AFTER", _entry(name, _key(table, "NEW"), "'I'", "''", new))
    yield _trigger(table.name, "delete", "AFTER", _entry(name, _key(table, "OLD"), "'D'", old, "''"))
    same_key = f"SELECT RAISE(ABORT, '{KEY_CHANGED}') WHERE OLD.{_quoted(table.key)} IS NOT NEW.{_quoted(table.key)}"
    pairs = " UNION ALL ".join(
        f"SELECT {_text(column.name)} AS c, {_value(column, 'OLD')} AS o, {_value(column, 'NEW')} AS n"
        for column in table.columns
    )
    change = _entry(name, _key(table, "OLD"), "'U'", "json_group_object(c, o)", "json_group_object(c, n)")
    yield _trigger(
        table.name, "update", "AFTER", f"{same_key}; {change} FROM ({pairs}) WHERE o IS NOT n HAVING count(*) > 0"
    )


def _guards() -> Iterator[str]:
    """Nothing in the journal's own tables is replaced, changed or deleted."""
    refuse = f"SELECT RAISE(ABORT, '{REFUSED}')"
    for table in GUARDED:
        taken = " OR ".join(f"{key} = NEW.{key}" for key in KEYS.get(table, ("id",)))
        again = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken})"  # noqa: S608 - names of our own tables
        yield _trigger(table, "guard_insert", "BEFORE", refuse, again)
        yield _trigger(table, "guard_update", "BEFORE", refuse, _unless_allowed(table))
        yield _trigger(table, "guard_delete", "BEFORE", refuse, "WHEN zhunsheng_guarded()")


def _unless_allowed(table: str) -> str:
    if table not in FIXED:
        return ""
    fixed = " AND ".join(f"OLD.{column} IS NEW.{column}" for column in FIXED[table])
    return f"WHEN NOT ({fixed} AND ({_ALLOWED[table]}))"


_ALLOWED: Final = {
    "journal_access": "OLD.seal IS NULL AND NEW.seal IS NOT NULL",
    "journal_entry": (
        "OLD.mark IS NULL AND NEW.mark IS NOT NULL AND OLD.before = NEW.before AND OLD.after = NEW.after "
        "OR OLD.mark IS NEW.mark AND NEW.before = '' AND NEW.after = '' "
        "AND EXISTS (SELECT 1 FROM journal_blanking WHERE entry = OLD.id)"
    ),
}


def _trigger(table: str, what: str, when: str, body: str, condition: str = "") -> str:
    """``what`` ends with the operation: insert, update, delete."""
    name, event = f"{PREFIX}{what}_{table}", what.rpartition("_")[2].upper()
    return (
        f"CREATE TRIGGER {_quoted(name)} {when} {event} ON {_quoted(table)} FOR EACH ROW {condition} BEGIN {body}; END"
    )


def _entry(name: str, key: str, operation: str, before: str, after: str) -> str:
    return ENTRY.format(name=name, key=key, operation=operation, before=before, after=after)


def _key(table: Table, row: str) -> str:
    return f"CAST({row}.{_quoted(table.key)} AS TEXT)"


def _image(columns: Iterable[Column], row: str) -> str:
    """The row as a JSON object."""
    pairs = ", ".join(f"{_text(column.name)}, {_value(column, row)}" for column in columns)
    return f"json_object({pairs})"


def _value(column: Column, row: str) -> str:
    """A column in a JSON object: bytes as digits, a secret as its digest."""
    value = f"{row}.{_quoted(column.name)}"
    if column.redacted:
        return f"zhunsheng_secret({value})"
    return f"CASE WHEN {value} IS NOT NULL THEN hex({value}) END" if column.binary else value


def _name_of(statement: str) -> str:
    return statement.split('"', 2)[1]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
