"""``verify`` is silent about honest work, and finds every tampering that the house promises to find."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError

from tests.kernel.journal.conftest import Clerk, Tampering, foreign
from zhunsheng.kernel.journal import anchors, change, digests, sealing, verifying
from zhunsheng.kernel.journal.models import Block, Entry
from zhunsheng.people.models import Person

Bad = Callable[[], list[str]]


def run(query: str, *parameters: int | str) -> None:
    """Raw SQL through our own connection."""
    with connection.cursor() as cursor:
        cursor.execute(query, list(parameters))


def test_honest_work_is_clean(persons: list[Person], li: Clerk, bad: Bad) -> None:
    with change(li, "更正"):
        Person.objects.filter(pk=persons[0].pk).update(name="赵甲")
        persons[1].delete()
    assert bad() == []
    assert list(verifying.verify()) == []


def test_an_empty_journal_is_clean(transactional_db: None, home: Path) -> None:
    assert list(verifying.verify()) == []


def test_a_journal_row_edited(persons: list[Person], bad: Bad) -> None:
    with Tampering() as tamper:
        tamper("UPDATE journal_entry SET after = replace(after, '钱二', '钱大') WHERE table_name = 'people_person'")
    assert bad() == ["entries", "rows"]


def test_a_block_edited(persons: list[Person], bad: Bad) -> None:
    with Tampering() as tamper:
        tamper("UPDATE journal_block SET actor_name = '别人' WHERE number = 2")
    (finding,) = (finding for finding in verifying.verify() if finding.state == "bad")
    assert (finding.code, finding.what) == ("chain", "内容和封存时不一样")
    assert "第 2 块" in finding.where
    assert "审计管理员" in finding.remedy


def test_a_block_edited_and_digested_again(persons: list[Person], bad: Bad) -> None:
    """Whoever knows how to digest would have to do all later blocks again, and the anchors outside."""
    names = (*sealing.BLOCK,)
    row = dict(zip(names, Block.objects.values_list(*names).get(number=2), strict=True))
    row |= {"actor_name": "别人", "at": digests.instant(row["at"])}
    digest = sealing.block_digest(row, "sm3")
    with Tampering() as tamper:
        tamper("UPDATE journal_block SET actor_name = '别人', digest = ? WHERE number = 2", [digest])
    assert [finding.what for finding in verifying.verify() if finding.state == "bad"] == ["和上一块接不上"]


@pytest.mark.sqlite
def test_insert_or_replace_by_a_client_without_recursive_triggers(persons: list[Person], bad: Bad) -> None:
    with foreign(armed=True) as other:
        other("INSERT OR REPLACE INTO people_person (id, name, office_phone) VALUES (?, '冒名', '')", [persons[1].pk])
    assert bad() == ["rows"]


@pytest.mark.sqlite
def test_insert_or_replace_of_a_journal_row_is_refused(persons: list[Person], bad: Bad) -> None:
    with foreign(armed=True) as other, pytest.raises(sqlite3.IntegrityError, match="日志只增不改"):
        other(
            "INSERT OR REPLACE INTO journal_entry SELECT id, table_name, row_key, operation, before, '{}', mark, origin, at "
            "FROM journal_entry LIMIT 1"
        )
    with Tampering() as tamper:
        tamper("UPDATE journal_entry SET after = '{}' WHERE id = (SELECT min(id) FROM journal_entry)")
    assert bad() == ["entries", "rows"]


@pytest.mark.postgresql
def test_an_upsert_is_journalled(persons: list[Person], bad: Bad) -> None:
    run(
        "INSERT INTO people_person (id, name, office_phone) VALUES (%s, '换', '') ON CONFLICT (id) DO UPDATE SET name = '换'",
        persons[0].pk,
    )
    assert bad() == []
    assert Entry.objects.filter(operation="U", after='{"name": "换"}').count() == 1


def test_a_trigger_dropped_and_recreated_around_an_edit(persons: list[Person], bad: Bad) -> None:
    with Tampering() as tamper:
        tamper("UPDATE people_person SET name = '冒名' WHERE id = ?", [persons[2].pk])
    (finding,) = (finding for finding in verifying.verify() if finding.state == "bad")
    assert finding.code == "rows"
    assert finding.what == "和日志不一样的列：name"
    assert finding.where == f"表 people_person，第 {persons[2].pk} 行"


def test_an_edit_that_a_later_change_covers(persons: list[Person], li: Clerk, bad: Bad) -> None:
    """The last image is right again, but the change after the edit began with what nobody had entered."""
    with Tampering() as tamper:
        tamper("UPDATE people_person SET name = '冒名' WHERE id = ?", [persons[2].pk])
    with change(li, "更正"):
        Person.objects.filter(pk=persons[2].pk).update(name="孙甲")
    (finding,) = (finding for finding in verifying.verify() if finding.state == "bad")
    assert "接不上" in finding.what


def test_a_row_deleted_or_added_around_the_triggers(persons: list[Person], bad: Bad) -> None:
    with Tampering() as tamper:
        tamper("DELETE FROM people_person WHERE id = ?", [persons[0].pk])
        tamper("INSERT INTO people_person (id, name, office_phone) VALUES (4711, '冒名', '')")
    assert sorted(finding.what for finding in verifying.verify() if finding.state == "bad") == [
        "日志里没有这一行",
        "这一行没有经过日志就被删掉了",
    ]


def test_a_trigger_dropped(persons: list[Person], bad: Bad) -> None:
    on = " ON people_person" if connection.vendor == "postgresql" else ""
    run(f"DROP TRIGGER zhunsheng_update_people_person{on}")
    try:
        assert bad() == ["triggers"]
    finally:
        restore_triggers()
    assert bad() == []


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE people_person DISABLE TRIGGER zhunsheng_update_people_person",
        "CREATE OR REPLACE FUNCTION zhunsheng_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    ],
)
def test_a_trigger_weakened(persons: list[Person], bad: Bad, statement: str) -> None:
    run(statement)
    try:
        assert bad() == ["triggers"]
    finally:
        restore_triggers()
    assert bad() == []


def test_a_foreign_trigger(persons: list[Person], bad: Bad) -> None:
    if connection.vendor == "sqlite":
        run("CREATE TRIGGER evil AFTER INSERT ON people_person BEGIN SELECT 1; END")
        undo = "DROP TRIGGER evil"
    else:
        run("CREATE TRIGGER evil BEFORE INSERT ON people_person EXECUTE FUNCTION zhunsheng_refuse()")
        undo = "DROP TRIGGER evil ON people_person"
    found = [finding for finding in verifying.verify() if finding.state == "bad"]
    run(undo)
    assert [(finding.code, finding.what) for finding in found] == [("triggers", "触发器不是准绳生成的")]


def restore_triggers() -> None:
    from zhunsheng.kernel.journal.upgrades import install

    with transaction.atomic():
        install()


def test_the_newest_block_deleted(persons: list[Person], bad: Bad) -> None:
    anchors.append(verifying.newest() or pytest.fail("no block"))
    with Tampering() as tamper:
        tamper("DELETE FROM journal_block WHERE number = 3")
    assert bad() == ["anchors", "orphans"]


def test_the_newest_block_deleted_with_all_that_it_did(persons: list[Person], bad: Bad) -> None:
    """Only what is kept outside of the database can tell."""
    anchors.append(verifying.newest() or pytest.fail("no block"))
    mark = Block.objects.get(number=3).mark
    with Tampering() as tamper:
        tamper("DELETE FROM journal_block WHERE number = 3")
        tamper("DELETE FROM journal_entry WHERE mark = ?", [mark])
        tamper("DELETE FROM people_person WHERE id = ?", [persons[2].pk])
    (finding,) = (finding for finding in verifying.verify() if finding.state == "bad")
    assert finding.what == "锚点已到第 3 块，数据库只到第 2 块"


@pytest.mark.sqlite
def test_an_old_copy_restored(persons: list[Person], li: Clerk, bad: Bad, tmp_path: Path) -> None:
    file = Path(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(file)) as now, closing(sqlite3.connect(tmp_path / "old")) as old:
        now.backup(old)
    with change(li, "登记"):
        Person.objects.create(name="李四")
    anchors.append(verifying.newest() or pytest.fail("no block"))
    assert bad() == []
    connections.close_all()
    with closing(sqlite3.connect(file)) as now, closing(sqlite3.connect(tmp_path / "old")) as old:
        old.backup(now)
    shutil.copy(tmp_path / "old", tmp_path / "older")
    assert bad() == ["anchors"]


def test_another_chain_in_its_place(persons: list[Person], bad: Bad) -> None:
    anchors.append(anchors.Anchor(2, "f" * 64, "2026-01-01T00:00:00+00:00"))
    (finding,) = (finding for finding in verifying.verify() if finding.state == "bad")
    assert finding.what == "第 2 块和锚点不一样"


def test_a_line_that_is_no_anchor(persons: list[Person], home: Path, bad: Bad) -> None:
    (home / "anchors").mkdir(exist_ok=True)
    (home / "anchors/anchors.txt").write_text("乱写\n", "utf-8")
    assert bad() == ["anchors"]


def test_a_block_taken_out_of_the_middle(persons: list[Person], bad: Bad) -> None:
    with Tampering() as tamper:
        tamper("DELETE FROM journal_entry WHERE mark = (SELECT mark FROM journal_block WHERE number = 2)")
        tamper("DELETE FROM journal_block WHERE number = 2")
    found = [finding.what for finding in verifying.verify() if finding.state == "bad"]
    assert "日志块缺号：第 1 块之后是第 3 块" in found


def test_of_a_table_rewritten_only_some_rows_are_told_one_by_one(transactional_db: None, home: Path, li: Clerk) -> None:
    with change(li, "导入"):
        Person.objects.bulk_create(Person(name=f"第{number}人") for number in range(30))
    with Tampering() as tamper:
        tamper("UPDATE people_person SET name = '冒名'")
    found = [finding.what for finding in verifying.verify() if finding.code == "rows"]
    assert len(found) == 21
    assert found[-1] == "还有 10 行和日志对不上"


def test_unknown_sources_are_a_note(persons: list[Person]) -> None:
    run("UPDATE people_person SET name = '直接改'")
    (finding,) = verifying.verify()
    assert (finding.code, finding.state) == ("unknown", "note")


def test_a_database_that_cannot_be_sealed_is_told(persons: list[Person], li: Clerk) -> None:
    run("UPDATE people_person SET name = '直接改'")
    if connection.vendor == "sqlite":
        run("CREATE TRIGGER evil BEFORE INSERT ON journal_block BEGIN SELECT RAISE(ABORT, 'no'); END")
        undo = "DROP TRIGGER evil"
    else:
        run("CREATE TRIGGER evil BEFORE INSERT ON journal_block EXECUTE FUNCTION zhunsheng_refuse()")
        undo = "DROP TRIGGER evil ON journal_block"
    with pytest.raises(DatabaseError), change(li, "登记"):
        Person.objects.create(name="不成")
    found = {finding.code for finding in verifying.verify()}
    run(undo)
    assert {"sweep", "triggers"} <= found
    assert not Person.objects.filter(name="不成").exists()
