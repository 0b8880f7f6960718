"""Content taken out of the journal: by two persons, for ever, and the chain still proves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.kernel.journal.conftest import Clerk, Tampering
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change, reading
from zhunsheng.kernel.journal.blanking import blank
from zhunsheng.kernel.journal.models import Blanking, Block, Entry
from zhunsheng.people.models import Person

Bad = Callable[[], list[str]]
MISTAKE = "身份证号11010119000101001X"


@pytest.fixture
def mistaken(transactional_db: None, home: object, li: Clerk) -> list[int]:
    """The entries that hold what should not have been typed; the record itself is mended."""
    with change(li, "登记"):
        person = Person.objects.create(name=MISTAKE)
    with change(li, "更正"):
        person.name = "赵一"
        person.save()
    return list(Entry.objects.order_by("id").values_list("id", flat=True))


def test_the_content_is_gone_and_the_chain_proves(mistaken: list[int], li: Clerk, wang: Clerk, bad: Bad) -> None:
    assert blank(entries=mistaken, by=li, second=wang, reason="误录身份证号") == 2
    assert not Entry.objects.filter(before__contains=MISTAKE).exists()
    assert not Entry.objects.filter(after__contains=MISTAKE).exists()
    assert bad() == []
    block = Block.objects.latest("number")
    assert (block.action, block.reason, block.actor_name) == ("清除误录内容", "误录身份证号", "李娜")
    assert set(Blanking.objects.values_list("second_name", flat=True)) == {"王芳"}
    assert [row.blanked for row in reading.entries_of(Block.objects.get(number=1))] == [True]


def test_what_comes_later_is_still_checked(mistaken: list[int], li: Clerk, wang: Clerk, bad: Bad) -> None:
    blank(entries=mistaken, by=li, second=wang, reason="误录")
    with change(li, "更正"):
        Person.objects.update(name="赵甲")
    assert bad() == []
    with Tampering() as tamper:
        tamper("UPDATE people_person SET name = '冒名'")
    assert bad() == ["rows"]


def test_a_deleted_row_stays_deleted(mistaken: list[int], li: Clerk, wang: Clerk, bad: Bad) -> None:
    with change(li, "删除"):
        Person.objects.all().delete()
    everything = list(Entry.objects.values_list("id", flat=True))
    blank(entries=everything, by=li, second=wang, reason="误录")
    assert bad() == []


def test_content_wiped_without_two_persons_is_found(mistaken: list[int], bad: Bad) -> None:
    with Tampering() as tamper:
        tamper("UPDATE journal_entry SET before = '', after = ''")
    assert "entries" in bad()


def test_a_digest_put_in_its_place_is_found(mistaken: list[int], li: Clerk, wang: Clerk, bad: Bad) -> None:
    blank(entries=mistaken, by=li, second=wang, reason="误录")
    with Tampering() as tamper:
        tamper("UPDATE journal_blanking SET digest = ?", ["0" * 64])
    assert "entries" in bad()


def test_it_takes_two_members_and_a_reason(mistaken: list[int], li: Clerk, wang: Clerk) -> None:
    for by, second, reason, code in (
        (li, li, "误录", "two_persons"),
        (SYSTEM, wang, "误录", "two_persons"),
        (li, SYSTEM, "误录", "two_persons"),
        (li, wang, "  ", "reason"),
    ):
        with pytest.raises(Refused) as refused:
            blank(entries=mistaken, by=by, second=second, reason=reason)
        assert refused.value.code == code
    assert not Blanking.objects.exists()


@pytest.mark.parametrize("wrong", [[], [4711]])
def test_only_what_is_there_is_blanked(mistaken: list[int], li: Clerk, wang: Clerk, wrong: list[int]) -> None:
    with pytest.raises(Refused, match="不存在"):
        blank(entries=wrong, by=li, second=wang, reason="误录")


def test_twice_is_refused(mistaken: list[int], li: Clerk, wang: Clerk) -> None:
    blank(entries=mistaken, by=li, second=wang, reason="误录")
    with pytest.raises(Refused, match="已经清除"):
        blank(entries=mistaken, by=li, second=wang, reason="误录")
