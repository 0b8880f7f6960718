from __future__ import annotations

from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhunsheng.kernel.errors import Refused
from zhunsheng.people.models import Member, Unit
from zhunsheng.programmes.plans.actions import mending
from zhunsheng.programmes.plans.actions.importing import import_plan
from zhunsheng.programmes.plans.models import Edition, Wording

from .test_importing import FOUR, ONE, THREE, TITLE, written

LONG = "2.编制目录，3月底前公布。全年评估不少于2件，每季度调度一次。（牵头单位：县司法局；责任单位：县教育局）\n"


@pytest.fixture
def edition(office: Unit, clerk: Member) -> Edition:
    loose = "另外，各单位要报送信息不少于30条，由县融媒体中心负责。\n"
    return import_plan(
        document=written(TITLE, ONE, LONG, THREE, loose, FOUR), name="甲", office=office, by=clerk
    ).edition


def at(edition: Edition, number: str) -> Wording:
    return edition.wordings.select_related("edition__plan", "edition__source").get(number=number)


def span(one: Wording) -> tuple[int, int]:
    return one.start, one.end


def place(edition: Edition, words: str) -> int:
    return edition.source.text.index(words)


def names(one: Wording) -> set[str]:
    return set(one.mentions.values_list("name__printed", flat=True))


def test_a_split_task_becomes_two_that_are_read_anew(edition: Edition, clerk: Member) -> None:
    whole = at(edition, "2")
    first, rest = mending.split_task(wording=whole, at=place(edition, "全年评估"), by=clerk)
    assert first.pk == whole.pk
    assert (first.number, first.task_id) == ("2", whole.task_id)
    assert [str(one.date) for one in first.dues.all()] == ["2026-03-31"]
    assert not rest.dues.exists()
    assert rest.targets.count() == 1
    assert rest.frequencies.get().per == "quarter"
    assert [one.pk for one in edition.wordings.all()][1:3] == [first.pk, rest.pk]


def test_a_part_without_units_keeps_those_of_the_whole(edition: Edition, clerk: Member) -> None:
    first, rest = mending.split_task(wording=at(edition, "2"), at=place(edition, "全年评估"), by=clerk)
    assert names(first) == names(rest) == {"县司法局", "县教育局"}
    assert set(first.mentions.values_list("start", flat=True)) == {None}
    assert None not in set(rest.mentions.values_list("start", flat=True))


@pytest.mark.parametrize("offset", [0, -3, 10_000])
def test_a_place_outside_the_task_is_no_place_to_split(edition: Edition, clerk: Member, offset: int) -> None:
    whole = at(edition, "2")
    with pytest.raises(Refused, match="中间"):
        mending.split_task(wording=whole, at=whole.start + offset, by=clerk)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_split_then_joined_it_is_the_same_span(edition: Edition, clerk: Member, data: st.DataObject) -> None:
    """Wherever it is split; the order of all tasks is kept as well."""
    with transaction.atomic():
        whole = at(edition, data.draw(st.sampled_from(["1", "2", "3", "4"])))
        before, order = span(whole), [one.pk for one in edition.wordings.all()]
        first, rest = mending.split_task(
            wording=whole, at=data.draw(st.integers(whole.start + 1, whole.end - 1)), by=clerk
        )
        spans = [span(one) for one in edition.wordings.all()]
        assert spans == sorted(spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
        assert span(mending.join_tasks(first=first, second=rest, by=clerk)) == before
        assert [one.pk for one in edition.wordings.all()] == order
        transaction.set_rollback(True)


def test_only_neighbours_can_be_joined(edition: Edition, clerk: Member) -> None:
    for first, second in (("1", "3"), ("2", "1"), ("1", "1")):
        with pytest.raises(Refused, match="相邻"):
            mending.join_tasks(first=at(edition, first), second=at(edition, second), by=clerk)
    assert edition.wordings.count() == 4


def test_joined_tasks_are_read_as_one(edition: Edition, clerk: Member) -> None:
    joined = mending.join_tasks(first=at(edition, "1"), second=at(edition, "2"), by=clerk)
    assert edition.wordings.count() == 3
    assert {"县司法局", "各乡镇、街道", "县教育局"} <= names(joined)


def test_words_that_were_not_read_become_a_task_in_their_place(edition: Edition, clerk: Member) -> None:
    third = at(edition, "3")
    start = place(edition, "另外，")
    mending.move_bounds(wording=third, start=third.start, end=start, by=clerk)
    made = mending.add_task(edition=edition, start=start, end=place(edition, "4.组织"), number="3-1", by=clerk)
    assert (made.number, made.change, made.edited) == ("3-1", "new", True)
    assert [one.number for one in edition.wordings.all()] == ["1", "2", "3", "3-1", "4"]
    assert edition.source.text[made.end - 1] == "。"
    assert [str(one.low.normalize()) for one in made.targets.all() if one.low] == ["3E+1"]


def test_no_words_belong_to_two_tasks(edition: Edition, clerk: Member) -> None:
    second = at(edition, "2")
    with pytest.raises(Refused, match="已经是任务") as refusal:
        mending.move_bounds(wording=second, start=second.start - 5, end=second.end, by=clerk)
    assert refusal.value.code == "taken"
    with pytest.raises(Refused, match="已经是任务"):
        mending.add_task(edition=edition, start=second.start, end=second.end, by=clerk)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 4), (0, 10_000_000), (-4, 3)])
def test_a_stretch_of_nothing_is_refused(edition: Edition, clerk: Member, start: int, end: int) -> None:
    with pytest.raises(Refused, match="重新选"):
        mending.add_task(edition=edition, start=start, end=end, by=clerk)


def test_moved_bounds_read_the_new_words(edition: Edition, clerk: Member) -> None:
    second = at(edition, "2")
    moved = mending.move_bounds(wording=second, start=second.start, end=place(edition, "全年评估"), by=clerk)
    assert not moved.targets.exists()
    assert moved.edited


def test_a_dropped_task_needs_a_reason_and_takes_its_doubts_along(edition: Edition, clerk: Member) -> None:
    one = at(edition, "3")
    edition.queries.create(code="date_unknown", message="算不出", start=one.start, end=one.start + 2)
    with pytest.raises(Refused, match="理由"):
        mending.drop_task(wording=one, by=clerk, reason="  ")
    mending.drop_task(wording=one, by=clerk, reason="重复")
    assert edition.queries.get(message="算不出").answer == "任务已删去：重复"
    assert not edition.wordings.filter(number="3").exists()


def test_whoever_comes_late_is_refused(edition: Edition, clerk: Member) -> None:
    version = edition.version
    whole = at(edition, "2")
    mending.split_task(wording=whole, at=place(edition, "全年评估"), by=clerk, version=version)
    with pytest.raises(Refused) as refusal:
        mending.drop_task(wording=whole, by=clerk, reason="重复", version=version)
    assert refusal.value.code == "stale"


def test_a_task_that_is_gone_is_not_written_again(edition: Edition, clerk: Member) -> None:
    one = at(edition, "3")
    mending.drop_task(wording=Wording.objects.get(pk=one.pk), by=clerk, reason="重复")
    with pytest.raises(Refused) as refusal:
        mending.move_bounds(wording=one, start=one.start, end=one.end, by=clerk)
    assert refusal.value.code == "gone"


def test_a_stranger_changes_nothing(edition: Edition) -> None:
    stranger = Member.objects.get(username="maoyuqing")
    with pytest.raises(Refused) as refusal:
        mending.drop_task(wording=at(edition, "2"), by=stranger, reason="不想办")
    assert refusal.value.code == "right"
