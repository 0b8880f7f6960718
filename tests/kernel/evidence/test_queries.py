from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pytest
from django.db.models import Q
from pytest_django import DjangoAssertNumQueries

from tests.kernel.evidence import samples
from tests.kernel.evidence.test_actions import THIRD_QUARTER, given
from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.evidence import queries
from zhunsheng.kernel.evidence.actions import Period, attach, delete, detach
from zhunsheng.kernel.refs import Ref
from zhunsheng.people.models import Member


def task(number: int) -> Ref:
    return Ref("test.task", str(number), f"任务 {number}")


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_attached_is_found_in_one_query(
    clerk: Member, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    refs = [task(number) for number in range(count)] + [Ref("test.other", "0", "别的")]
    for ref in refs:
        attach(evidence=given(clerk), ref=ref, by=clerk)
        attach(evidence=given(clerk, samples.PNG, "照片.png"), ref=ref, by=clerk)
    with django_assert_num_queries(1):
        found = queries.of([*refs, task(99)])
        said = [(use.evidence.name, use.evidence.unit.short_name, use.evidence.size) for use in found[refs[0]]]
    assert said == [("台账.pdf", "南坪镇", "35 字节"), ("照片.png", "南坪镇", "72 字节")]
    assert found[task(99)] == []
    assert len(found) == count + 2


def test_what_was_taken_off_is_no_longer_found(clerk: Member) -> None:
    detach(use=attach(evidence=given(clerk), ref=task(1), by=clerk), by=clerk)
    assert queries.of([task(1)]) == {task(1): []}
    assert queries.of([]) == {}


def test_evidence_is_found_again_by_word_and_period(clerk: Member, stranger: Member) -> None:
    third = given(clerk, period=THIRD_QUARTER, name="三季度备案台账.pdf")
    photo = given(clerk, samples.PNG, "回执照片.png")
    given(stranger, samples.JPG, "台账.jpg")
    assert list(queries.reusable(clerk)) == [photo, third]
    assert list(queries.reusable(clerk, "台账 备案")) == [third]
    assert list(queries.reusable(clerk, "", Period(date(2026, 9, 30), date(2026, 12, 31)))) == [third]
    assert list(queries.reusable(clerk, "", Period(date(2026, 10, 1), date(2026, 12, 31)))) == []
    delete(evidence=photo, by=clerk)
    assert list(queries.reusable(clerk)) == [third]


def test_pieces_say_at_how_many_records_they_are_used(clerk: Member) -> None:
    one = given(clerk)
    uses = [attach(evidence=one, ref=task(number), by=clerk) for number in range(3)]
    detach(use=uses[0], by=clerk)
    assert [getattr(found, "use_count", None) for found in queries.standing(Q())] == [2]


def test_the_same_content_from_two_units_is_seen(clerk: Member, stranger: Member) -> None:
    mine, theirs = given(clerk), given(stranger)
    assert list(queries.same_content(mine)) == [theirs]


def reader(keys: Collection[str], actor: Actor) -> Collection[str]:
    return [key for key in keys if key == "7" and actor.full_name == "何秀兰"]


def test_the_room_of_the_record_says_who_may_read(clerk: Member, stranger: Member) -> None:
    queries.register_reader("test.read", reader)
    queries.register_reader("test.read", reader)
    one = given(clerk)
    assert queries.may_read(one, clerk)
    assert not queries.may_read(one, stranger)
    attach(evidence=one, ref=Ref("test.read", "6", "六"), by=clerk)
    attach(evidence=one, ref=Ref("test.unknown", "7", "七"), by=clerk)
    assert not queries.may_read(one, stranger)
    use = attach(evidence=one, ref=Ref("test.read", "7", "七"), by=clerk)
    assert queries.may_read(one, stranger)
    detach(use=use, by=clerk)
    assert not queries.may_read(one, stranger)
    with pytest.raises(ValueError, match="two owners"):
        queries.register_reader("test.read", lambda _keys, _actor: [])
