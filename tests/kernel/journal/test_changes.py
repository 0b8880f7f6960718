"""One change is one transaction and one block, whatever happens inside, and nothing half."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError

from tests.kernel.journal.conftest import Clerk
from zhunsheng.kernel import now
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.journal import change, sealing
from zhunsheng.kernel.journal.models import Block, Entry, Mention
from zhunsheng.kernel.refs import Ref
from zhunsheng.people.models import Person

ONE = Ref("people.person", "1", "赵一")
TWO = Ref("people.person", "2", "钱二")


def add(name: str) -> Person:
    return Person.objects.create(name=name)


def add_and_fail(name: str) -> None:
    add(name)
    raise ZeroDivisionError


@pytest.mark.django_db
def test_a_change_is_a_block(li: Clerk) -> None:
    with now.on(now.today()), change(li, "登记", about=[ONE], reason="新来"):
        person = add("赵一")
    block = Block.objects.get()
    assert (block.number, block.source, block.actor_id, block.actor_name) == (1, "change", 11, "李娜")
    assert (block.unit_id, block.unit_name, block.action, block.reason) == (7, "县司法局", "登记", "新来")
    assert (block.entries, block.previous, len(block.digest)) == (1, "0" * 64, 64)
    entry = Entry.objects.get()
    assert (entry.table, entry.key, entry.operation, entry.mark) == ("people_person", str(person.pk), "I", block.mark)
    assert (entry.before, entry.origin) == ("", "")
    mention = Mention.objects.get()
    assert (mention.block_id, mention.kind, mention.key, mention.label) == (1, "people.person", "1", "赵一")


@pytest.mark.django_db
def test_the_algorithm_is_sm3_where_there_is_one(li: Clerk) -> None:
    import hashlib

    with change(li, "登记"):
        add("赵一")
    assert Block.objects.get().algorithm == ("sm3" if "sm3" in hashlib.algorithms_available else "sha256")


@pytest.mark.django_db
def test_blocks_follow_one_another(li: Clerk) -> None:
    for name in ("赵一", "钱二", "孙三"):
        with change(li, "登记"):
            add(name)
    blocks = list(Block.objects.order_by("number"))
    assert [block.number for block in blocks] == [1, 2, 3]
    assert [block.previous for block in blocks[1:]] == [block.digest for block in blocks[:-1]]


@pytest.mark.django_db
def test_the_program_itself_can_change_things() -> None:
    with change(SYSTEM, "到期"):
        add("赵一")
    assert (Block.objects.get().actor_id, Block.objects.get().actor_name) == (None, "系统")


@pytest.mark.django_db
def test_only_changed_columns_are_kept_and_nothing_where_nothing_changed(li: Clerk) -> None:
    with change(li, "登记"):
        person = add("赵一")
    with change(li, "更正"):
        person.name = "赵甲"
        person.save()
        person.save()
    (entry,) = Entry.objects.filter(operation="U")
    assert [text.replace(" ", "") for text in (entry.before, entry.after)] == ['{"name":"赵一"}', '{"name":"赵甲"}']


@pytest.mark.django_db
def test_a_change_that_changes_nothing_is_no_block_unless_it_is_about_something(li: Clerk) -> None:
    with change(li, "看看"):
        pass
    assert not Block.objects.exists()
    with change(li, "提醒", about=[ONE]):
        pass
    assert (Block.objects.get().entries, Mention.objects.get().action) == (0, "提醒")


@pytest.mark.django_db
def test_bulk_changes_are_journalled_row_by_row(li: Clerk) -> None:
    with change(li, "导入"):
        Person.objects.bulk_create(Person(name=f"第{number}人") for number in range(50))
    with change(li, "批量更正"):
        Person.objects.update(name="同名")
    with change(li, "清退"):
        Person.objects.filter(name="同名").delete()
    assert list(Block.objects.order_by("number").values_list("entries", flat=True)) == [50, 50, 50]


@pytest.mark.django_db
def test_a_change_inside_a_change_joins_it(li: Clerk, wang: Clerk) -> None:
    with change(li, "批量退回", about=[ONE], reason="不全"):
        add("赵一")
        with change(wang, "退回", about=[TWO, TWO], reason="缺附件"):
            add("钱二")
    block = Block.objects.get()
    assert (block.actor_name, block.action, block.entries) == ("李娜", "批量退回", 2)
    assert list(Mention.objects.order_by("id").values_list("key", "action", "reason")) == [
        ("1", "批量退回", "不全"),
        ("2", "退回", "缺附件"),
    ]


@pytest.mark.django_db
def test_an_inner_change_that_fails_leaves_nothing_of_itself(li: Clerk) -> None:
    with change(li, "批量登记", about=[ONE]):
        add("赵一")
        with pytest.raises(ZeroDivisionError), change(li, "登记", about=[TWO]):
            add_and_fail("钱二")
        add("孙三")
    assert (Block.objects.get().entries, Mention.objects.count()) == (2, 1)
    assert list(Person.objects.order_by("id").values_list("name", flat=True)) == ["赵一", "孙三"]


@pytest.mark.django_db
def test_a_change_that_fails_leaves_nothing(li: Clerk) -> None:
    with pytest.raises(ZeroDivisionError), change(li, "登记", about=[ONE]):
        add_and_fail("赵一")
    assert not any(model.objects.exists() for model in (Person, Block, Entry, Mention))
    with change(li, "登记"):
        add("钱二")
    assert Block.objects.get().number == 1


@pytest.mark.django_db
def test_a_transaction_to_be_rolled_back_seals_nothing(li: Clerk) -> None:
    with change(li, "登记"):
        add("赵一")
        transaction.set_rollback(True)
    assert not Block.objects.exists()


@pytest.mark.django_db
def test_what_comes_after_a_change_in_a_wider_transaction_is_not_taken_for_it(li: Clerk) -> None:
    with transaction.atomic():
        with change(li, "登记"):
            add("赵一")
        add("钱二")
    assert list(Entry.objects.filter(mark__isnull=True).values_list("operation", flat=True)) == ["I"]
    assert Block.objects.get().entries == 1


@pytest.mark.django_db
def test_what_was_changed_outside_is_swept_by_the_next_change(li: Clerk) -> None:
    stray = add("来历不明")
    assert Entry.objects.get().mark is None
    assert Entry.objects.get().origin
    with change(li, "登记"):
        add("赵一")
    unknown, known = Block.objects.order_by("number")
    assert (unknown.source, unknown.action, unknown.entries) == ("unknown", "来源不明的变动", 1)
    assert (known.source, known.entries, known.previous) == ("change", 1, unknown.digest)
    assert Entry.objects.get(mark=unknown.mark).key == str(stray.pk)


@pytest.mark.django_db
def test_raw_sql_through_our_connection_is_swept() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO people_person (name, office_phone) VALUES ('直接写', '')")
        cursor.execute("UPDATE people_person SET name = '直接改'")
        cursor.execute("DELETE FROM people_person")
    assert sealing.sweep() is True
    assert Block.objects.get().entries == 3
    assert sealing.sweep() is False


@pytest.mark.django_db
def test_a_change_costs_few_queries(li: Clerk, django_assert_num_queries: Callable[..., object]) -> None:
    """Begin and end, mark, the row itself, its entry, head, block, mention."""
    with change(li, "登记"):
        add("赵零")
    expected = {"sqlite": 7, "postgresql": 9}[connection.vendor]
    with django_assert_num_queries(expected), change(li, "登记", about=[ONE]):  # type: ignore[attr-defined]
        add("赵一")


@pytest.mark.django_db(transaction=True)
def test_eight_writers_make_one_whole_chain(home: object, li: Clerk, bad: Callable[[], list[str]]) -> None:
    with change(li, "登记"):
        shared = [add(f"共用{number}") for number in range(4)]
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(12):
                with change(Clerk(number, f"第{number}人"), "登记", about=[ONE]):
                    add(f"{number}-{turn}")
                    # Everybody locks some of the same rows: were the chain locked first, this would deadlock.
                    person = Person.objects.select_for_update().get(pk=shared[(number + turn) % 4].pk)
                    person.name = f"{number}-{turn} 改"
                    person.save()
        except BaseException as error:  # noqa: BLE001 - told by the main thread
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert list(Block.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 8 * 12 + 2))
    assert bad() == []


@pytest.mark.django_db(transaction=True)
def test_a_write_that_cannot_be_journalled_is_not_done(home: object, li: Clerk) -> None:
    """Audit cannot be interrupted: a full or broken journal stops the work."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry RENAME TO gone" if connection.vendor == "postgresql" else "SELECT 1")
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.create_function("zhunsheng_mark", 0, None)
    try:
        with pytest.raises(DatabaseError), change(li, "登记"):
            add("赵一")
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE gone RENAME TO journal_entry" if connection.vendor == "postgresql" else "SELECT 1"
            )
        connection.close()
    assert not Person.objects.exists()
