from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest
from django.db import IntegrityError, connection, transaction

from tests.kernel.evidence import samples
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.evidence.actions import Period, attach, delete, detach, ref_of, store
from zhunsheng.kernel.evidence.files import path_of
from zhunsheng.kernel.evidence.models import Evidence, EvidenceUse, StoredFile
from zhunsheng.kernel.refs import Ref
from zhunsheng.people.models import Member

TASK = Ref("test.task", "13", "任务 13")
THIRD_QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))


def given(by: Member, data: bytes = samples.PDF, name: str = "台账.pdf", period: Period | None = None) -> Evidence:
    return store(data=data, name=name, unit_id=by.unit_id, period=period, not_secret=True, by=by).evidence


def test_a_file_is_taken_in(clerk: Member) -> None:
    stored = store(
        data=samples.PDF, name="C:\\x\\三季度台账.pdf", unit_id=clerk.unit_id, period=THIRD_QUARTER, note=" 盖章件 ",
        not_secret=True, by=clerk,
    )  # fmt: skip
    one = stored.evidence
    assert not stored.known
    assert (one.name, one.note, one.uploader, one.size) == ("三季度台账.pdf", "盖章件", "何秀兰", "35 字节")
    assert (one.period_from, one.period_to) == (date(2026, 7, 1), date(2026, 9, 30))
    assert path_of(one.file.digest).read_bytes() == samples.PDF
    assert one.file.path == f"{one.file.digest[:2]}/{one.file.digest[2:]}"
    assert ref_of(one) == Ref("evidence.piece", str(one.pk), "三季度台账.pdf")


def test_a_file_without_a_name_is_given_one(clerk: Member) -> None:
    assert given(clerk, name="").name == "未命名.pdf"


def test_the_same_again_is_recognised(clerk: Member, stranger: Member) -> None:
    first = given(clerk, period=THIRD_QUARTER)
    again = store(
        data=samples.PDF, name="换个名字.pdf", unit_id=clerk.unit_id, period=THIRD_QUARTER, not_secret=True, by=clerk
    )
    assert again.known
    assert again.evidence == first
    assert given(clerk) != first  # another period
    assert given(stranger).file == first.file
    assert StoredFile.objects.count() == 1
    assert Evidence.objects.count() == 3


def test_nothing_is_taken_unless_declared_free_of_secrets(clerk: Member, home: Path) -> None:
    with pytest.raises(Refused, match="不涉密"):
        store(data=samples.PDF, name="a.pdf", unit_id=clerk.unit_id, not_secret=False, by=clerk)
    assert not (home / "files").exists()


def test_the_database_too_refuses_what_is_not_declared_and_half_a_period(clerk: Member) -> None:
    one = given(clerk)
    for wrong in ({"not_secret": False}, {"period_from": date(2026, 1, 1)}, {"name": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.filter(pk=one.pk).update(**wrong)


def test_a_period_that_ends_before_it_begins_is_refused(clerk: Member) -> None:
    with pytest.raises(Refused, match="止日不能早于起日"):
        given(clerk, period=Period(date(2026, 9, 30), date(2026, 7, 1)))


def test_people_handle_the_evidence_of_their_own_unit(clerk: Member, stranger: Member) -> None:
    one = given(clerk)
    with pytest.raises(Refused, match="本单位"):
        store(data=samples.PDF, name="a.pdf", unit_id=clerk.unit_id, not_secret=True, by=stranger)
    with pytest.raises(Refused, match="本单位"):
        attach(evidence=one, ref=TASK, by=stranger)
    with pytest.raises(Refused, match="本单位"):
        delete(evidence=one, by=stranger)
    assert not store(data=samples.PNG, name="a.png", unit_id=clerk.unit_id, not_secret=True, by=SYSTEM).known


def test_what_is_used_cannot_be_deleted_and_what_was_used_is_only_withdrawn(clerk: Member) -> None:
    one = given(clerk)
    use = attach(evidence=one, ref=TASK, by=clerk)
    assert attach(evidence=one, ref=TASK, by=clerk) == use
    with pytest.raises(Refused, match="还用在：任务 13") as refused:
        delete(evidence=one, by=clerk)
    assert refused.value.code == "evidence_used"
    detach(use=use, by=clerk)
    with pytest.raises(Refused, match="已经取下"):
        detach(use=use, by=clerk)
    delete(evidence=one, by=clerk)
    one.refresh_from_db()
    assert one.withdrawn_at is not None
    with pytest.raises(Refused, match="已经作废"):
        attach(evidence=one, ref=TASK, by=clerk)
    assert not store(data=samples.PDF, name="a.pdf", unit_id=clerk.unit_id, not_secret=True, by=clerk).known


def test_what_was_never_used_goes_with_its_content_unless_another_has_it(clerk: Member, stranger: Member) -> None:
    mine, theirs = given(clerk), given(stranger)
    delete(evidence=mine, by=clerk)
    assert StoredFile.objects.count() == 1
    delete(evidence=theirs, by=stranger)
    assert not StoredFile.objects.exists()


def test_the_database_refuses_the_same_use_twice(clerk: Member) -> None:
    use = attach(evidence=given(clerk), ref=TASK, by=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenceUse.objects.create(evidence=use.evidence, kind=use.kind, key=use.key, label="x", since=use.since)


def test_a_full_disk_leaves_no_row(clerk: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(Refused, match="磁盘满了"):
        given(clerk)
    assert not StoredFile.objects.exists()
    assert not Evidence.objects.exists()


def test_a_transaction_undone_leaves_a_file_without_a_row_and_the_next_one_uses_it(clerk: Member) -> None:
    with transaction.atomic():
        given(clerk)
        transaction.set_rollback(True)
    assert not StoredFile.objects.exists()
    assert path_of(given(clerk).file.digest).read_bytes() == samples.PDF


@pytest.mark.django_db(transaction=True)
def test_twelve_people_bring_the_same_file_at_once(clerk: Member) -> None:
    def bring(_: int) -> int:
        try:
            return given(clerk).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        got = set(pool.map(bring, range(12)))
    assert StoredFile.objects.count() == 1
    assert len(got) == 1
