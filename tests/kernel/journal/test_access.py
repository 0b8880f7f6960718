"""The access log: what is noted, sealed, and found where it was changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.kernel.journal.conftest import Clerk, Tampering
from zhunsheng.kernel.journal import access, verifying
from zhunsheng.kernel.journal.kinds import AccessKind
from zhunsheng.kernel.journal.models import Access, AccessSeal, Block, Entry
from zhunsheng.kernel.refs import Ref

Bad = Callable[[], list[str]]


@pytest.mark.django_db
def test_who_where_what(li: Clerk) -> None:
    access.note(
        AccessKind.UNMASK, actor=li, address="10.0.0.8", about=Ref("people.person", "3", "张某某"), detail="核对"
    )
    row = Access.objects.get()
    assert (row.kind, row.actor_id, row.actor_name, row.unit_name, row.address) == (
        *("unmask", 11, "李娜", "县司法局", "10.0.0.8"),
    )
    assert (row.ref_kind, row.ref_key, row.ref_label, row.detail, row.seal) == (
        *("people.person", "3", "张某某", "核对", None),
    )


@pytest.mark.django_db
def test_somebody_unknown_at_the_door() -> None:
    access.note(AccessKind.SIGN_IN_REFUSED, actor=None, username="某" * 300)
    row = Access.objects.get()
    assert (row.actor_id, row.actor_name, len(row.username)) == (None, "", 150)


@pytest.mark.django_db
def test_a_kind_may_be_named_but_must_exist() -> None:
    assert access.note("sign_out", actor=None).kind == AccessKind.SIGN_OUT
    with pytest.raises(ValueError, match="nonsense"):
        access.note("nonsense", actor=None)


@pytest.mark.django_db
def test_reading_is_not_a_change() -> None:
    access.note(AccessKind.VIEW, actor=None)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_a_seal_covers_what_was_not_covered(li: Clerk) -> None:
    access.seal()
    assert not Block.objects.exists()
    for _ in range(3):
        access.note(AccessKind.SIGN_IN, actor=li)
    access.seal()
    access.seal()
    seal = AccessSeal.objects.get()
    assert (seal.rows, Access.objects.filter(seal=seal.pk).count()) == (3, 3)
    assert Block.objects.get().action == "封存访问日志"


@pytest.mark.django_db(transaction=True)
def test_every_hundredth_line_is_sealed_by_itself(home: object, li: Clerk) -> None:
    for _ in range(access.EVERY + 1):
        access.note(AccessKind.SIGN_IN, actor=li)
    assert 1 <= Access.objects.filter(seal__isnull=True).count() <= access.EVERY


@pytest.mark.parametrize(
    "statement",
    ["UPDATE journal_access SET username = '别人'", "DELETE FROM journal_access", "DELETE FROM journal_accessseal"],
)
def test_a_changed_access_log_is_found(
    transactional_db: None, home: object, li: Clerk, bad: Bad, statement: str
) -> None:
    access.note(AccessKind.EXPORT, actor=li, username="li.na")
    assert bad() == []
    with Tampering() as tamper:
        tamper(statement)
    assert "access" in bad()


def test_verify_seals_it_first(transactional_db: None, home: object, li: Clerk) -> None:
    access.note(AccessKind.PRINT, actor=li)
    assert list(verifying.verify()) == []
    assert AccessSeal.objects.count() == 1
