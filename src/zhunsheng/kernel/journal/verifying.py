"""``verify``: does everything still stand as it was sealed? Streaming; memory does not grow with the journal.

Each check is a generator of findings over one moment of the database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, Literal

from django.db import DatabaseError, connection

from zhunsheng.kernel.journal import access, anchors, sealing
from zhunsheng.kernel.journal.coverage import Table, tables
from zhunsheng.kernel.journal.dialects import dialect
from zhunsheng.kernel.journal.digests import ALGORITHM, FIRST, KNOWN, digest, instant, total
from zhunsheng.kernel.journal.images import (
    Image,
    Row,
    agrees,
    agrees_where_shared,
    journalled,
    named,
    paired,
    snapshot,
    standing,
    stream,
)
from zhunsheng.kernel.journal.kinds import Source

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

CHUNK: Final = 200
MOST: Final = 20
"""Findings told one by one of one table; the rest is counted."""
COMPARE: Final = "请不要再改动数据，用最近一次核验通过的备份逐项比对，并向审计管理员报告。"
ADVICE: Final = {
    "triggers": "有人动过数据库的触发器。请先查明是谁、为什么，再运行 zhunsheng upgrade 重新生成。",
    "chain": "日志被改动过。" + COMPARE,
    "entries": "日志里的变动被改动过。" + COMPARE,
    "orphans": "这些变动所在的日志块不见了，多半是最后几块被删除。" + COMPARE,
    "rows": "这一行绕过日志被改动过。" + COMPARE,
    "access": "访问日志被改动过。" + COMPARE,
    "anchors": "锚点之后的日志不见了或者换过：删了最后几块，或者换回了旧的数据库。"
    "如果是有意恢复旧备份，请把数据目录里的 anchors/anchors.txt 另存后移走，并写下原因；否则" + COMPARE,
    "sweep": "日志写不了，请先运行 zhunsheng upgrade 重新生成触发器，再核验。",
}
NOTES: Final = {
    "unknown": "请审计管理员逐块看“来源不明”的变动，问清来由。",
    "no_anchor": "请运行 zhunsheng verify --anchor，并把打印的一行存到别处。",
    "algorithm": "请换用带 SM3 的 OpenSSL；已有的块不必重算。",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not stand as it was sealed: what, where, and what to do. ``note`` is worth a look, and no tampering."""

    code: str
    state: Literal["bad", "note"]
    what: str
    where: str
    remedy: str


def verify() -> Iterator[Finding]:
    """All findings, none where everything stands. Strays are swept and the access log is sealed first."""
    try:
        sealing.sweep()
        access.seal()
    except DatabaseError as error:
        yield _bad("sweep", f"核验前的封存没有办成：{' '.join(str(error).split())}", "数据库")
    with snapshot() as on:
        for check in (triggers, chain, orphans, rows, accesses, anchored, remarks):
            yield from check(on)


def verify_behind() -> Iterator[Finding]:
    """All findings before tables of an earlier program are migrated; nothing is written.

    Afterwards what somebody changed past the journal could not be told from what the migrations did to the rows. Which
    triggers must stand only the earlier program knows. Raises ``DatabaseError`` where the journal's own tables are such
    that this program cannot read them.
    """
    with snapshot() as on:
        for check in (chain, orphans, rows_behind, accesses, anchored):
            yield from check(on)


def newest(on: BaseDatabaseWrapper | None = None) -> anchors.Anchor | None:
    """The newest block; ``None`` before the first."""
    with (on or connection).cursor() as cursor:
        cursor.execute("SELECT number, digest, at FROM journal_block ORDER BY number DESC LIMIT 1")
        found = cursor.fetchone()
    return anchors.Anchor(found[0], found[1], instant(found[2])) if found else None


def anchor() -> anchors.Anchor | None:
    """Write the newest block as an anchor, as at the close of a day; ``None`` before the first. Raises ``OSError``."""
    last = newest()
    if last is not None:
        anchors.append(last)
    return last


def triggers(on: BaseDatabaseWrapper) -> Iterator[Finding]:
    """The triggers in the database are the generated ones, no more and no less."""
    with on.cursor() as cursor:
        speech = dialect(on)
        there = speech.present(cursor)
        wanted = speech.wanted(cursor, tables(speech.columns(cursor)))
    for name in sorted(there.keys() | wanted.keys()):
        if there.get(name) != wanted.get(name):
            how = "不见了" if name not in there else "不是准绳生成的" if name not in wanted else "和生成的不一样"
            yield _bad("triggers", f"触发器{how}", name)


def chain(on: BaseDatabaseWrapper) -> Iterator[Finding]:
    """Every block follows the one before it and holds what was sealed in it."""
    previous, number = FIRST, 0
    blocks = stream(on, f"SELECT {', '.join(sealing.BLOCK)}, digest FROM journal_block ORDER BY number")  # noqa: S608 - our own names
    while page := [dict(zip((*sealing.BLOCK, "digest"), row, strict=True)) for row in islice(blocks, CHUNK)]:
        contents = _contents(on, page)
        for block in page:
            yield from _block(block, number, previous, contents)
            number, previous = block["number"], block["digest"]


def _block(
    block: dict[str, Any], number: int, previous: str, contents: dict[Any, tuple[int, str]]
) -> Iterator[Finding]:
    """What is wrong with a block that should come after ``number`` and ``previous``."""
    where = f"第 {block['number']} 块（{block['at']}，{block['actor_name']}，{block['action']}）"
    if block["number"] != number + 1:
        yield _bad("chain", f"日志块缺号：第 {number} 块之后是第 {block['number']} 块", where)
    elif block["previous"] != previous:
        yield _bad("chain", "和上一块接不上", where)
    if block["algorithm"] not in KNOWN or block["algorithm"] not in hashlib.algorithms_available:
        yield _bad("chain", f"摘要算法 {block['algorithm']} 这里不认得", where)
        return
    if sealing.block_digest(block | {"at": instant(block["at"])}, block["algorithm"]) != block["digest"]:
        yield _bad("chain", "内容和封存时不一样", where)
    nothing = (0, hashlib.new(block["algorithm"]).hexdigest())
    if contents.get(block["mark"], nothing) != (block["entries"], block["entries_digest"]):
        yield _bad("entries", "块里的变动和封存时不一样", where)
    if contents.get(("mentions", block["number"]), nothing)[1] != block["mentions_digest"]:
        yield _bad("entries", "块里写明的涉及记录和封存时不一样", where)


def _contents(on: BaseDatabaseWrapper, page: Sequence[dict[str, Any]]) -> dict[Any, tuple[int, str]]:
    """Count and digest of the entries of each block by its mark, and of its mentions by its number."""
    algorithms = {block["mark"]: block["algorithm"] for block in page if block["algorithm"] in KNOWN}
    places = ", ".join(["%s"] * len(algorithms)) or "NULL"
    columns = ", ".join(f"e.{name}" for name in sealing.ENTRY)
    entries = stream(
        on,
        f"""SELECT e.mark, b.digest, e.before = '' AND e.after = '', {columns}, {dialect(on).WRITTEN_AT}
            FROM journal_entry e LEFT JOIN journal_blanking b ON b.entry = e.id
            WHERE e.mark IN ({places}) ORDER BY e.mark, e.id""",  # noqa: S608 - our own names
        algorithms,
    )
    found: dict[Any, tuple[int, str]] = {
        mark: total((_entry(row, algorithms[mark]) for row in rows), algorithms[mark])
        for mark, rows in groupby(entries, key=itemgetter(0))
    }
    return found | _mentions(on, {block["number"]: block["algorithm"] for block in page if block["algorithm"] in KNOWN})


def _entry(row: Sequence[Any], algorithm: str) -> str:
    """The digest of an entry; of a blanked one, that of what it was."""
    _, blanked, empty, *cells = row
    return str(blanked) if blanked and empty else digest(cells, algorithm)


def _mentions(on: BaseDatabaseWrapper, algorithms: dict[int, str]) -> dict[Any, tuple[int, str]]:
    places = ", ".join(["%s"] * len(algorithms)) or "NULL"
    query = f"""SELECT block_id, {", ".join(sealing.MENTION)} FROM journal_mention
        WHERE block_id IN ({places}) ORDER BY block_id, id"""  # noqa: S608 - our own names
    return {
        ("mentions", number): total((digest(row[1:], algorithms[number]) for row in rows), algorithms[number])
        for number, rows in groupby(stream(on, query, algorithms), key=itemgetter(0))
    }


def orphans(on: BaseDatabaseWrapper) -> Iterator[Finding]:
    """Every entry that was sealed belongs to a block that is there."""
    with on.cursor() as cursor:
        cursor.execute(
            """SELECT count(*), min(e.id), max(e.id) FROM journal_entry e LEFT JOIN journal_block b ON b.mark = e.mark
               WHERE e.mark IS NOT NULL AND b.mark IS NULL"""
        )
        count, first, last = cursor.fetchone()
    if count:
        yield _bad("orphans", f"{count} 条变动没有所属的日志块", f"变动 {first} 至 {last}")


def rows(on: BaseDatabaseWrapper) -> Iterator[Finding]:
    """Every row of every journalled table stands as its last entry left it."""
    known = _known(on)
    for name in sorted(known.keys() | named(on)):
        yield from _told(name, _differences(on, name, known.get(name), agrees))


def rows_behind(on: BaseDatabaseWrapper) -> Iterator[Finding]:
    """The same while the tables are those of an earlier program: in the columns that both programs have.

    Left out: a table that is there and that this program has no more, and one that was not journalled so far.
    """
    known, speech = _known(on), dialect(on)
    with on.cursor() as cursor:
        there, present = speech.columns(cursor), speech.present(cursor).keys()
        guards = speech.wanted(cursor, []).keys()
        watched = {name for name, table in known.items() if speech.wanted(cursor, [table]).keys() & present - guards}
    for name in sorted(watched | named(on)):
        if name in known or name not in there:
            yield from _told(name, _differences(on, name, known.get(name), agrees_where_shared))


def _known(on: BaseDatabaseWrapper) -> dict[str, Table]:
    with on.cursor() as cursor:
        return {table.name: table for table in tables(dialect(on).columns(cursor))}


def _told(name: str, found: Iterator[Finding]) -> Iterator[Finding]:
    """The first few findings about a table; the rest is counted."""
    yield from islice(found, MOST)
    more = sum(1 for _ in found)
    if more:
        yield _bad("rows", f"还有 {more} 行和日志对不上", f"表 {name}")


def _differences(
    on: BaseDatabaseWrapper, name: str, table: Table | None, agree: Callable[[Row, Image | None], bool]
) -> Iterator[Finding]:
    there = standing(on, table) if table else iter(())
    for key, row, image in paired(journalled(on, name), there):
        if not agree(row or Row(), image):
            yield _bad("rows", _difference(row, image), f"表 {name}，第 {key} 行")
        elif row and row.torn:
            yield _bad("rows", f"变动 {row.torn} 和它之前的变动接不上", f"表 {name}，第 {key} 行")


def _difference(row: Row | None, image: Image | None) -> str:
    """How a row differs; columns by name, never by content."""
    old = row.image if row else None
    if old is None:
        return "日志里没有这一行"
    if image is None:
        return "这一行没有经过日志就被删掉了"
    names = sorted(name for name in old.keys() | image.keys() if old.get(name, ...) != image.get(name, ...))
    return f"和日志不一样的列：{'、'.join(names)}"


def accesses(on: BaseDatabaseWrapper) -> Iterator[Finding]:
    """Every sealed line of the access log is there as it was sealed."""
    sealed = {
        number: (algorithm, kept)
        for number, algorithm, kept in stream(on, "SELECT id, algorithm, digest FROM journal_accessseal")
    }
    lines = stream(
        on,
        f"SELECT seal, {', '.join(access.COLUMNS)} FROM journal_access WHERE seal IS NOT NULL ORDER BY seal, id",  # noqa: S608 - our own names
    )
    for number, group in groupby(lines, key=itemgetter(0)):
        algorithm, kept = sealed.pop(number, (ALGORITHM, ""))
        if total(access.digests((row[1:] for row in group), algorithm), algorithm)[1] != kept:
            yield _bad("access", "访问日志和封存时不一样", f"封条 {number}")
    for number in sealed:
        yield _bad("access", "封存过的访问日志不见了", f"封条 {number}")


def anchored(on: BaseDatabaseWrapper) -> Iterator[Finding]:
    """Every anchor kept outside has its block."""
    last = newest(on)
    try:
        lines = anchors.kept()
        while page := list(islice(lines, CHUNK)):
            places = ", ".join(["%s"] * len(page))
            query = f"SELECT number, digest FROM journal_block WHERE number IN ({places})"  # noqa: S608 - placeholders
            there = dict(stream(on, query, [anchor.number for anchor in page]))
            for anchor in page:
                if there.get(anchor.number) != anchor.digest:
                    yield _bad("anchors", _unanchored(anchor, there, last), f"锚点 {anchor}")
                    return
    except anchors.BadAnchor as error:
        yield _bad("anchors", str(error), str(anchors.path()))


def _unanchored(anchor: anchors.Anchor, there: dict[int, str], last: anchors.Anchor | None) -> str:
    if anchor.number in there:
        return f"第 {anchor.number} 块和锚点不一样"
    return f"锚点已到第 {anchor.number} 块，数据库只到第 {last.number if last else 0} 块"


def remarks(on: BaseDatabaseWrapper) -> Iterator[Finding]:
    """What is no tampering and yet worth knowing."""
    with on.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), min(number), max(number) FROM journal_block WHERE source = %s", [Source.UNKNOWN.value]
        )
        unknown, first, last = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM journal_block WHERE algorithm <> %s", [KNOWN[0]])
        other = cursor.fetchone()[0]
    if unknown:
        yield _note("unknown", f"{unknown} 块变动来源不明", f"第 {first} 块至第 {last} 块之间")
    if other:
        yield _note("algorithm", f"{other} 块没有用 SM3", "这台机器的 OpenSSL 没有 SM3")
    if newest(on) and not anchors.path().is_file():
        yield _note("no_anchor", "还没有存放在数据库之外的锚点", str(anchors.path()))


def _bad(code: str, what: str, where: str) -> Finding:
    return Finding(code, "bad", what, where, ADVICE[code])


def _note(code: str, what: str, where: str) -> Finding:
    return Finding(code, "note", what, where, NOTES[code])
