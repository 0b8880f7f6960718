"""What pages read of the journal, with the same number of queries whatever the size."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.kernel.journal.conftest import Clerk
from zhunsheng.kernel import now
from zhunsheng.kernel.journal import access, change
from zhunsheng.kernel.journal.kinds import AccessKind, Source
from zhunsheng.kernel.journal.models import Block, Entry
from zhunsheng.kernel.journal.reading import SHOWN, Field, Wanted, accesses, blocks, changed, entries_of, history
from zhunsheng.kernel.refs import Ref
from zhunsheng.people.models import Division, Person

pytestmark = pytest.mark.django_db
ONE = Ref("people.person", "1", "赵一")
Queries = Callable[[int], Any]
ANY = Wanted()


def made(count: int, by: Clerk, ref: Ref = ONE) -> None:
    for number in range(count):
        with change(by, "登记", about=[ref], reason=f"第{number}次"):
            Person.objects.create(name=f"第{number}人")


@pytest.mark.parametrize("count", [1, 3])
def test_a_history_is_two_queries(li: Clerk, count: int, django_assert_num_queries: Queries) -> None:
    made(count, li)
    with django_assert_num_queries(2):
        events = history(ONE)
    assert [event.reason for event in events] == [f"第{number}次" for number in reversed(range(count))]
    assert all(event.block.actor_name == "李娜" and len(event.changed) == 1 for event in events)


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_blocks_is_two_queries(li: Clerk, count: int, django_assert_num_queries: Queries) -> None:
    made(count, li)
    with django_assert_num_queries(2):
        page = blocks(about=ONE)
    assert (len(page.rows), page.total) == (count, count)
    with django_assert_num_queries(1):
        assert len(entries_of(page.rows[0])) == 1


def test_blocks_are_found_by_what_is_known_of_them(li: Clerk, wang: Clerk) -> None:
    with now.on(date(2026, 3, 2)):
        made(2, li)
    with now.on(date(2026, 5, 6)):
        made(1, wang, Ref("people.person", "2", "钱二"))
    Person.objects.create(name="散行")
    made(1, li)

    def found(wanted: Wanted = ANY, **more: Any) -> list[int]:
        return [block.number for block in blocks(wanted, **more).rows]

    assert found() == [5, 4, 3, 2, 1]
    assert found(Wanted(actor_id=12)) == [3]
    assert found(Wanted(since=date(2026, 3, 3), until=date(2026, 5, 6))) == [3]
    assert found(Wanted(until=date(2026, 3, 2))) == [2, 1]
    assert found(Wanted(words="王")) == [3]
    assert found(Wanted(words="%")) == []
    assert found(source=Source.UNKNOWN) == [4]
    assert found(about=Ref("people.person", "2", "")) == [3]
    assert (found(page=2, size=2), blocks(size=2).total) == ([3, 2], 5)


def test_changes_are_told_in_words(li: Clerk) -> None:
    with change(li, "登记"):
        division = Division.objects.create(path="0001", kind="county", name="青石县")
    with change(li, "更正"):
        Division.objects.filter(pk=division.pk).update(kind="prefecture", name="青石市")
    first, second = (entries_of(block)[0] for block in Block.objects.order_by("number"))
    assert (second.label, second.key, second.operation, second.blanked) == ("区划", str(division.pk), "修改", False)
    assert set(second.fields) == {Field("层级", "县区", "地市"), Field("名称", "青石县", "青石市")}
    assert Field("上级区划", None, None) in first.fields
    assert Field("名称", None, "青石县") in first.fields


def test_a_column_of_json_is_told_as_it_is() -> None:
    """PostgreSQL's triggers write what such a column holds, not its text."""
    entry = Entry(
        table="journal_verification", operation="I", before="", after='{"findings": ["块", {"no": 1}], "id": 3}'
    )
    said = {field.label: field.after for field in changed(entry).fields}
    assert '["块", {"no": 1}]' in said.values()
    assert "3" in said.values()


def test_of_a_large_block_a_history_shows_the_beginning(li: Clerk) -> None:
    with change(li, "导入", about=[ONE]):
        Person.objects.bulk_create(Person(name=f"第{number}人") for number in range(SHOWN + 10))
    (event,) = history(ONE)
    assert (len(event.changed), event.block.entries) == (SHOWN, SHOWN + 10)
    assert len(entries_of(event.block, page=2, size=30)) == 20


def test_a_record_without_history() -> None:
    assert history(Ref("people.person", "9", "")) == ()


@pytest.mark.parametrize("count", [1, 3])
def test_accesses_are_two_queries(li: Clerk, count: int, django_assert_num_queries: Queries) -> None:
    for _ in range(count):
        access.note(AccessKind.EXPORT, actor=li)
    access.note(AccessKind.SIGN_IN_REFUSED, actor=None, username="mallory", address="10.9.9.9")
    with django_assert_num_queries(2):
        page = accesses(kind=AccessKind.EXPORT)
    assert (len(page.rows), page.total) == (count, count)
    assert [row.username for row in accesses(Wanted(words="10.9")).rows] == ["mallory"]
