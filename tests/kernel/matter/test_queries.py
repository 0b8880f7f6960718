from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Q
from pytest_django import DjangoAssertNumQueries

from tests.kernel.matter import scenes
from tests.kernel.matter.conftest import Cast
from zhunsheng.kernel import now
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.matter import rights
from zhunsheng.kernel.matter.models import Matter
from zhunsheng.kernel.matter.queries import (
    Figure,
    Filters,
    about,
    figures,
    matters_for,
    may_read_answers,
    visible,
)
from zhunsheng.kernel.refs import Ref


def test_each_sees_what_concerns_them(cast: Cast) -> None:
    draft, sent = scenes.drafted(cast), scenes.issued(cast)
    elsewhere = scenes.issued(cast, unit_id=cast.other_town.pk)
    assert set(visible(cast.clerk)) == {draft, sent, elsewhere}
    assert set(visible(cast.townsman)) == {sent}
    assert set(visible(cast.other)) == {elsewhere}
    assert set(visible(SYSTEM)) == set()


def test_without_rights_nobody_sees_anything(cast: Cast) -> None:
    scenes.issued(cast)
    rights.register(rights.Nobody())
    assert not visible(cast.clerk).exists()
    assert rights.printed_name(cast.town.pk) == ""


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_is_one_query(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, count: int) -> None:
    for _ in range(count):
        scenes.issued(cast)
    seat = rights.seated(cast.clerk)
    with django_assert_num_queries(1):
        assert len([(str(one.unit), str(one.issuer), one.late) for one in visible(seat)]) == count


def test_filters_narrow_and_sort(cast: Cast) -> None:
    first = scenes.signed(cast)
    second = scenes.issued(cast, kind="rectification_notice", due=date(2026, 12, 1), title="关于整改旧账")
    third = scenes.issued(cast, unit_id=cast.other_town.pk, due=date(2026, 12, 31))
    draft = scenes.drafted(cast)

    def found(**asked: object) -> list[Matter]:
        return list(matters_for(Q(), Filters(**asked)))  # type: ignore[arg-type]

    assert found() == [second, first, third, draft]
    assert found(sort="new") == [draft, third, second, first]
    assert found(kind="rectification_notice") == [second]
    assert found(state="draft") == [draft]
    assert found(unit=cast.other_town.pk) == [third]
    assert found(text="整改 旧账") == [second]
    assert found(text="法督〔2026〕1号") == [first]
    assert found(sort="nonsense") == found()
    with now.on(date(2026, 12, 2)):
        assert found(late=True) == [second]


def test_figures_are_counted_by_kind_unit_and_state(cast: Cast) -> None:
    scenes.drafted(cast)
    scenes.signed(cast)
    scenes.issued(cast)
    scenes.closed(cast)
    scenes.issued(cast, unit_id=cast.other_town.pk, due=date(2026, 12, 31))
    with now.on(date(2026, 12, 10)):
        assert figures(Q()) == [
            Figure("supervision_order", cast.town.pk, "closed", 1, 0),
            Figure("supervision_order", cast.town.pk, "issued", 1, 1),
            Figure("supervision_order", cast.town.pk, "signed", 1, 1),
            Figure("supervision_order", cast.other_town.pk, "issued", 1, 0),
        ]


@pytest.mark.parametrize("count", [1, 3])
def test_figures_are_one_query(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, count: int) -> None:
    for _ in range(count):
        scenes.issued(cast)
    with django_assert_num_queries(1):
        assert figures(Q())[0].count == count


def test_a_record_finds_what_presses_for_it(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    other = Ref("test.task", "14", "任务 14")
    matter = scenes.issued(cast, origins=[scenes.TASK, other])
    scenes.issued(cast, origins=[Ref("test.problem", "13", "问题 13")])
    with django_assert_num_queries(1):
        found = about([scenes.TASK, other, Ref("test.task", "99", "")])
    assert [len(matters) for matters in found.values()] == [1, 1, 0]
    assert found[scenes.TASK] == [matter]
    assert matter.origins.all()[1].ref == other


def test_answers_are_read_by_those_who_see_the_matter(cast: Cast) -> None:
    key = str(scenes.answered(cast).answers.get().pk)
    assert may_read_answers({key, "x"}, cast.head) == {key}
    assert may_read_answers({key}, cast.townsman) == {key}
    assert may_read_answers({key}, cast.other) == set()
