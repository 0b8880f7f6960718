from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from zhunsheng.kernel.now import today
from zhunsheng.people.history import units_on
from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans.candidates import MOST_ALIKE, Likely, candidates
from zhunsheng.programmes.plans.models import Edition, Name


def likely(edition: Edition, printed: str, *, collective: bool) -> list[str]:
    units = list(units_on(today(), edition.plan.division).select_related("division"))
    name, _ = Name.objects.get_or_create(edition=edition, printed=printed, defaults={"collective": collective})
    return [unit.short_name for unit in candidates([name], edition.plan, units)[name.pk].units]


def test_a_group_is_chosen_among_those_that_its_rule_names(draft: Edition) -> None:
    found = likely(draft, "县政府其他相关部门", collective=True)
    assert "县教育局" in found
    assert "白石镇" not in found


@pytest.mark.parametrize(
    ("printed", "unit"), [("市司法局", "县司法局"), ("县卫计委", "县卫健委"), ("县公安", "县公安局")]
)
def test_a_name_from_elsewhere_or_before_finds_those_called_alike(draft: Edition, printed: str, unit: str) -> None:
    found = likely(draft, printed, collective=False)
    assert unit in found
    assert len(found) <= MOST_ALIKE


@pytest.mark.parametrize(("printed", "alike"), [("市司法局", False), ("县总工会", True)])
def test_what_only_sounds_similar_is_said_to(draft: Edition, printed: str, *, alike: bool) -> None:
    """A union is no bureau, however alike the words: such a unit must never be taken with one press."""
    units = list(units_on(today(), draft.plan.division))
    name = Name.objects.create(edition=draft, printed=printed)
    assert candidates([name], draft.plan, units)[name.pk].alike == alike


def test_what_is_like_nothing_finds_nothing(draft: Edition) -> None:
    assert likely(draft, "某某某某某某", collective=False) == []


def test_only_units_that_may_be_chosen(draft: Edition) -> None:
    name = Name.objects.create(edition=draft, printed="市司法局")
    assert candidates([name], draft.plan, [])[name.pk] == Likely((), alike=True)


def test_many_names_cost_as_much_as_two(draft: Edition, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    units = list(Unit.objects.select_related("division"))
    names = list(draft.names.all())
    assert {name.collective for name in names} == {True, False}
    two = [next(name for name in names if name.collective == group) for group in (True, False)]
    for some in (two, names):
        with django_assert_num_queries(4):
            candidates(some, draft.plan, units)
