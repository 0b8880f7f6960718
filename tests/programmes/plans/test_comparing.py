from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from zhunsheng.people.models import Member, Unit
from zhunsheng.programmes.plans.actions.importing import import_plan
from zhunsheng.programmes.plans.comparing import before, compared, is_further, parted
from zhunsheng.programmes.plans.models import Edition

from .actions.test_importing import FOUR, ONE, THREE, TITLE, TWO, publish, written

TEXT = st.text(alphabet="每季度半年组织，。一二", max_size=40)


@given(TEXT, TEXT)
def test_both_sides_put_together_again_are_the_texts(old: str, new: str) -> None:
    left, right = parted(old, new)
    assert "".join(part.text for part in left) == old
    assert "".join(part.text for part in right) == new
    assert all(part.text for part in (*left, *right))


@given(TEXT)
def test_nothing_is_marked_where_nothing_changed(text: str) -> None:
    left, right = parted(text, text)
    assert not any(part.changed for part in (*left, *right))


def test_only_the_words_that_changed_are_marked() -> None:
    left, right = parted("每季度组织一次", "每半年组织一次")
    assert [part.text for part in left if part.changed] == ["季度"]
    assert [part.text for part in right if part.changed] == ["半年"]


@pytest.fixture
def second_edition(office: Unit, clerk: Member, second: Member) -> Edition:
    first = import_plan(document=written(TITLE, ONE, TWO, THREE), name="甲", office=office, by=clerk).edition
    publish(first, clerk, second)
    changed = ONE.replace("9月底", "10月底").replace("县司法局；", "县教育局；")
    return import_plan(document=written(TITLE, changed, TWO, FOUR), name="乙", office=office, by=clerk).edition


def test_what_an_edition_changes(second_edition: Edition) -> None:
    found = compared(second_edition)
    assert [(one.kind, (one.new or one.old).number) for one in found if one.new or one.old] == [  # type: ignore[union-attr]
        ("changed", "1"),
        ("new", "4"),
        ("gone", "3"),
        ("same", "2"),
    ]
    changed, fresh, gone, same = found
    assert changed.units == (("牵头 县司法局",), ("牵头 县教育局",))
    assert changed.times == (("2026-09-30",), ("2026-10-31",))
    assert fresh.kept is None
    assert gone.kept is not None
    assert same.kept is not None
    assert (same.kept.done, same.kept.units) == (0, 2)
    assert same.kept.total > 0
    assert same.units == same.times == ((), ())


def test_the_first_edition_has_nothing_before_it(draft: Edition) -> None:
    assert before(draft) is None
    assert not is_further(draft)
    assert {one.kind for one in compared(draft)} == {"new"}


def test_an_edition_that_was_given_up_is_not_compared_with(second_edition: Edition) -> None:
    third = Edition.objects.create(plan=second_edition.plan, source=second_edition.source, number=3, state="dropped")
    found = before(third)
    assert found is not None
    assert found.number == 1


def test_comparing_asks_as_often_for_one_task_as_for_three(
    office: Unit,
    clerk: Member,
    second: Member,
    second_edition: Edition,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    title = "云溪县2026年执法工作要点\n\n"
    publish(import_plan(document=written(title, ONE), name="丙", office=office, by=clerk).edition, clerk, second)
    small = import_plan(document=written(title, ONE.replace("9月", "10月")), name="丁", office=office, by=clerk).edition
    for edition in (second_edition, small):
        found = Edition.objects.select_related("plan", "source").get(pk=edition.pk)
        with django_assert_num_queries(14):
            compared(found)
