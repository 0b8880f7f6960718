from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from tests.kernel.journal.conftest import Clerk
from zhunsheng.kernel.journal import change, latest
from zhunsheng.kernel.refs import Ref
from zhunsheng.people.models import Person

pytestmark = pytest.mark.django_db
Do = Callable[..., None]


@pytest.fixture
def persons(monkeypatch: pytest.MonkeyPatch) -> list[Person]:
    """Of four persons everybody sees those named 见; nothing else is watched."""

    def seen(rights: None) -> QuerySet[Any]:
        return Person.objects.filter(name="见")

    monkeypatch.setattr(latest, "_WATCHED", {"a.person": (lambda actor: None, seen)})
    return [Person.objects.create(name=name) for name in ("见", "不见", "见", "见")]


def done(by: Clerk, action: str, *about: Person | str, reason: str = "") -> None:
    refs = [
        Ref("a.person", str(one.pk), one.name) if isinstance(one, Person) else Ref("b.word", one, one) for one in about
    ]
    with change(by, action, about=refs, reason=reason):
        pass


def said(by: Clerk) -> list[tuple[str, int]]:
    return [(one.action, one.count) for one in latest.latest(by)]


def test_the_newest_come_first_and_only_what_is_seen(persons: list[Person], li: Clerk) -> None:
    done(li, "一", persons[0])
    done(li, "二", persons[1])
    done(li, "三", "not a number", persons[2], reason="因为")
    assert said(li) == [("三", 1), ("一", 1)]
    newest = latest.latest(li)[0]
    assert (newest.ref.label, newest.reason, newest.block.actor_name) == ("见", "因为", "李娜")


def test_a_change_of_many_is_one_line(persons: list[Person], li: Clerk) -> None:
    done(li, "批量", *persons)
    assert said(li) == [("批量", 3)]


def test_a_record_that_has_gone_is_not_shown(persons: list[Person], li: Clerk) -> None:
    done(li, "一", persons[0])
    Person.objects.filter(pk=persons[0].pk).delete()
    assert said(li) == []


def test_only_the_newest_blocks_are_looked_at(
    persons: list[Person], li: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(latest, "REACH", 2)
    done(li, "远", persons[0])
    done(li, "近", persons[0])
    done(li, "新", persons[1])
    assert said(li) == [("近", 1)]


def test_nobody_watches_anything(li: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(latest, "_WATCHED", {})
    done(li, "一", "x")
    assert said(li) == []


@pytest.mark.parametrize("count", [1, 3, 20])
def test_three_queries(
    persons: list[Person], li: Clerk, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        done(li, "一", *persons)
    with django_assert_num_queries(3):
        assert len(latest.latest(li)) == min(count, 8)
