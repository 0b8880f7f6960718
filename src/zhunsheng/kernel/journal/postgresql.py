"""The journal's triggers on PostgreSQL: one for each statement, reading the transition tables.

Who writes is a setting of the transaction (``zhunsheng.mark``).
"""

# ruff: noqa: S608 - SQL made of the names of our own tables

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from zhunsheng.kernel.journal.coverage import Table

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

PREFIX: Final = "zhunsheng_"
LOCK: Final = 7_203_110
"""The advisory lock under which blocks are sealed one after the other."""
WRITTEN_AT: Final = "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
"""When an entry was written, as it is digested."""

# A row as JSON does not depend on the settings of whoever writes it, nor on tables that they put in our way.
PINNED: Final = {"TimeZone": "UTC", "bytea_output": "hex", "extra_float_digits": "1"}

_IMAGE_OF: Final = (
    "CASE WHEN TG_ARGV[1] = '' AND TG_ARGV[2] = '' THEN to_jsonb(r) "
    "ELSE zhunsheng_image(to_jsonb(r), TG_ARGV[1], TG_ARGV[2]) END"
)
_INTO: Final = "INSERT INTO journal_entry (table_name, row_key, operation, before, after, mark, origin, at)"
_BY: Final = """NULLIF(current_setting('zhunsheng.mark', true), '')::bigint,
    CASE WHEN COALESCE(current_setting('zhunsheng.mark', true), '') = '' THEN zhunsheng_origin() ELSE '' END,
    clock_timestamp()"""
_DIFFERENCE: Final = """(SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each({one}) e
      WHERE e.value IS DISTINCT FROM {other} -> e.key)"""

IMAGE: Final = """
SELECT (image - string_to_array(ignored, ',')) || COALESCE((
  SELECT jsonb_object_agg(name, 'sha256:' || encode(sha256(convert_to(image ->> name, 'UTF8')), 'hex'))
  FROM unnest(string_to_array(redacted, ',')) name WHERE image ->> name IS NOT NULL), '{}')
"""
ORIGIN: Final = """
SELECT left(format('%s@%s %s', session_user, COALESCE(host(inet_client_addr()), '本机'),
  current_setting('application_name', true)), 200)
"""
INSERT: Final = f"""
BEGIN
  {_INTO}
  SELECT TG_TABLE_NAME, n.image ->> TG_ARGV[0], 'I', '', n.image::text, {_BY}
  FROM (SELECT {_IMAGE_OF} AS image FROM new_rows r) n;
  RETURN NULL;
END
"""
DELETE: Final = f"""
BEGIN
  {_INTO}
  SELECT TG_TABLE_NAME, o.image ->> TG_ARGV[0], 'D', o.image::text, '', {_BY}
  FROM (SELECT {_IMAGE_OF} AS image FROM old_rows r) o;
  RETURN NULL;
END
"""
# A row whose key was changed has no partner on the other side: it went under one key and came under another.
UPDATE: Final = f"""
BEGIN
  {_INTO}
  SELECT TG_TABLE_NAME, COALESCE(o.key, n.key),
    CASE WHEN o.image IS NULL THEN 'I' WHEN n.image IS NULL THEN 'D' ELSE 'U' END,
    COALESCE(CASE WHEN n.image IS NULL THEN o.image ELSE {_DIFFERENCE.format(one="o.image", other="n.image")} END::text, ''),
    COALESCE(CASE WHEN o.image IS NULL THEN n.image ELSE {_DIFFERENCE.format(one="n.image", other="o.image")} END::text, ''),
    {_BY}
  FROM (SELECT i.image ->> TG_ARGV[0] AS key, i.image FROM (SELECT {_IMAGE_OF} AS image FROM old_rows r) i) o
  FULL JOIN (SELECT i.image ->> TG_ARGV[0] AS key, i.image FROM (SELECT {_IMAGE_OF} AS image FROM new_rows r) i) n
    ON o.key = n.key
  WHERE o.image IS DISTINCT FROM n.image
  ORDER BY n.key NULLS FIRST;
  RETURN NULL;
END
"""
REFUSE: Final = """
BEGIN
  RAISE EXCEPTION '日志只增不改（%）', TG_TABLE_NAME;
END
"""
TRUNCATE: Final = """
BEGIN
  RAISE EXCEPTION '不能清空 %，逐行的变动要写入日志', TG_TABLE_NAME;
END
"""
TRUNCATE_LIFTED: Final = """
BEGIN
  RETURN NULL;
END
"""
# Swept (a mark where there was none) or blanked (by two persons); everything else stays.
ENTRY: Final = """
BEGIN
  IF (OLD.id, OLD.table_name, OLD.row_key, OLD.operation, OLD.origin, OLD.at)
     IS NOT DISTINCT FROM (NEW.id, NEW.table_name, NEW.row_key, NEW.operation, NEW.origin, NEW.at)
     AND (OLD.mark IS NULL AND NEW.mark IS NOT NULL AND OLD.before = NEW.before AND OLD.after = NEW.after
       OR OLD.mark IS NOT DISTINCT FROM NEW.mark AND NEW.before = '' AND NEW.after = ''
       AND EXISTS (SELECT 1 FROM journal_blanking WHERE entry = OLD.id))
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '日志只增不改（%）', TG_TABLE_NAME;
END
"""
ACCESS: Final = """
BEGIN
  IF OLD.seal IS NULL AND NEW.seal IS NOT NULL AND to_jsonb(OLD) - 'seal' = to_jsonb(NEW) - 'seal' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '日志只增不改（%）', TG_TABLE_NAME;
END
"""
# Each statement of a volatile function sees what was committed before it: the newest block is read after the lock.
HEAD: Final = f"""
BEGIN
  PERFORM pg_advisory_xact_lock({LOCK});
  RETURN QUERY SELECT b.number, b.digest::text, EXISTS (SELECT 1 FROM journal_entry WHERE mark IS NULL)
    FROM (SELECT 1) one LEFT JOIN (SELECT * FROM journal_block ORDER BY journal_block.number DESC LIMIT 1) b ON true;
END
"""
FUNCTIONS: Final = {
    "zhunsheng_image": ("(image jsonb, ignored text, redacted text) RETURNS jsonb LANGUAGE sql IMMUTABLE", IMAGE),
    "zhunsheng_origin": ("() RETURNS text LANGUAGE sql STABLE", ORIGIN),
    "zhunsheng_insert": ("() RETURNS trigger LANGUAGE plpgsql", INSERT),
    "zhunsheng_update": ("() RETURNS trigger LANGUAGE plpgsql", UPDATE),
    "zhunsheng_delete": ("() RETURNS trigger LANGUAGE plpgsql", DELETE),
    "zhunsheng_refuse": ("() RETURNS trigger LANGUAGE plpgsql", REFUSE),
    "zhunsheng_truncate": ("() RETURNS trigger LANGUAGE plpgsql", TRUNCATE),
    "zhunsheng_guard_entry": ("() RETURNS trigger LANGUAGE plpgsql", ENTRY),
    "zhunsheng_guard_access": ("() RETURNS trigger LANGUAGE plpgsql", ACCESS),
    "zhunsheng_head": ("() RETURNS TABLE (number bigint, digest text, stray boolean) LANGUAGE plpgsql", HEAD),
}
INHERITING: Final = frozenset({"zhunsheng_image", "zhunsheng_origin"})
GUARDED: Final = (
    "journal_entry",
    "journal_block",
    "journal_mention",
    "journal_blanking",
    "journal_accessseal",
    "journal_access",
)
_REFERENCING: Final = {
    "INSERT": "REFERENCING NEW TABLE AS new_rows",
    "UPDATE": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "REFERENCING OLD TABLE AS old_rows",
}


def columns(cursor: CursorWrapper) -> dict[str, set[str]]:
    """The columns of every table in our schema."""
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
    )
    found: dict[str, set[str]] = {}
    for table, column in cursor.fetchall():
        found.setdefault(table, set()).add(column)
    return found


def wanted(cursor: CursorWrapper, tables: Iterable[Table]) -> dict[str, str]:
    """What must stand in the database, as the server itself describes it: triggers and functions by name."""
    schema = _schema(cursor)
    return _wanted_triggers(schema, tables) | {
        name: f"{body}|{'; '.join(f'{setting}={value}' for setting, value in _settings(schema, name).items())}"
        for name, (_, body) in FUNCTIONS.items()
    }


def present(cursor: CursorWrapper) -> dict[str, str]:
    """All triggers in our schema, and our functions. One that is disabled is described otherwise."""
    cursor.execute(
        """SELECT t.tgname || ' ' || c.relname, pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' ' || t.tgenabled::text END
           FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
           WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
           UNION ALL SELECT p.proname, p.prosrc || '|' || COALESCE(array_to_string(p.proconfig, '; '), '')
           FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace AND starts_with(p.proname, %s)""",
        [PREFIX],
    )
    return dict(cursor.fetchall())


def drop(cursor: CursorWrapper) -> None:
    """Remove the journal's triggers and functions; until they are back nothing can be sealed, so nothing is changed."""
    cursor.execute(
        """SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
           WHERE c.relnamespace = current_schema()::regnamespace AND starts_with(t.tgname, %s)""",
        [PREFIX],
    )
    for name, table in cursor.fetchall():
        cursor.execute(f"DROP TRIGGER {_quoted(name)} ON {_quoted(table)}")
    cursor.execute(
        """SELECT p.oid::regprocedure::text FROM pg_proc p
           WHERE p.pronamespace = current_schema()::regnamespace AND starts_with(p.proname, %s)""",
        [PREFIX],
    )
    for (function,) in cursor.fetchall():
        cursor.execute(f"DROP FUNCTION {function}")


def install(cursor: CursorWrapper, tables: Iterable[Table]) -> None:
    """Put the generated functions and triggers in the places of whatever stands there."""
    drop(cursor)
    schema = _schema(cursor)
    for name in FUNCTIONS:
        replace_function(cursor, name, FUNCTIONS[name][1])
    for statement in _wanted_triggers(schema, tables).values():
        cursor.execute(statement)


def replace_function(cursor: CursorWrapper, name: str, body: str) -> None:
    """Put one of our functions in place, with this body."""
    settings = _settings(_schema(cursor), name)
    # Without quotes it would be folded to "utc".
    pinned = " ".join(f"SET {setting} = {value}" for setting, value in settings.items()).replace("= UTC", "= 'UTC'")
    cursor.execute(f"CREATE OR REPLACE FUNCTION {name}{FUNCTIONS[name][0]} {pinned} AS $body${body}$body$")


def rows(table: Table) -> str:
    """A query for the key and the image of every row, in the order of the keys."""
    image = f"zhunsheng_image(to_jsonb(r), {_arguments(table)})"
    key = f'r.{_quoted(table.key)}::text COLLATE "C"'
    return f"SELECT {key} AS k, {image}::text FROM {_quoted(table.name)} r ORDER BY k"


def _wanted_triggers(schema: str, tables: Iterable[Table]) -> dict[str, str]:
    found = [trigger for table in GUARDED for trigger in _guards(schema, table)]
    found += [trigger for table in tables for trigger in _journal(schema, table)]
    return {_name_of(statement): statement for statement in found}


def _journal(schema: str, table: Table) -> Iterable[str]:
    """The triggers of a journalled table. The text is that of ``pg_get_triggerdef``, so that both can be compared."""
    for event, referencing in _REFERENCING.items():
        function = f"zhunsheng_{event.lower()}('{table.key}', {_arguments(table)})"
        yield _trigger(
            schema, table.name, event, f"AFTER {event}", each=f"{referencing} FOR EACH STATEMENT", function=function
        )
    if table.name not in GUARDED:
        yield _no_truncate(schema, table.name)


def _guards(schema: str, table: str) -> Iterable[str]:
    """Nothing in the journal's own tables is changed or deleted."""
    special = {"journal_entry": "zhunsheng_guard_entry()", "journal_access": "zhunsheng_guard_access()"}
    function = special.get(table, "zhunsheng_refuse()")
    yield _trigger(schema, table, "guard_update", "BEFORE UPDATE", each="FOR EACH ROW", function=function)
    yield _trigger(schema, table, "guard_delete", "BEFORE DELETE", each="FOR EACH ROW", function="zhunsheng_refuse()")
    yield _no_truncate(schema, table)


def _no_truncate(schema: str, table: str) -> str:
    return _trigger(
        schema, table, "truncate", "BEFORE TRUNCATE", each="FOR EACH STATEMENT", function="zhunsheng_truncate()"
    )


def _trigger(schema: str, table: str, what: str, when: str, *, each: str, function: str) -> str:
    name = f"{PREFIX}{what.lower()}_{table}"[:63]
    return f"CREATE TRIGGER {name} {when} ON {schema}.{table} {each} EXECUTE FUNCTION {function}"


def _name_of(statement: str) -> str:
    """Names of triggers are unique for each table only: "name table"."""
    name, table = re.match(r"CREATE TRIGGER (\S+) .+? ON \S+\.(\S+)", statement).groups()  # type: ignore[union-attr]
    return f"{name} {table}"


def _arguments(table: Table) -> str:
    return f"'{','.join(table.ignored)}', '{','.join(table.redacted)}'"


def _settings(schema: str, function: str) -> dict[str, str]:
    """What is pinned for a function. Those that the triggers call for each row inherit it, and are the quicker for it."""
    return {} if function in INHERITING else {"search_path": f"{schema}, pg_temp"} | PINNED


def _schema(cursor: CursorWrapper) -> str:
    """The schema that our tables live in."""
    cursor.execute("SELECT current_schema()::text")
    return str(cursor.fetchone()[0])


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
