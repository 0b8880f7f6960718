"""A prepared question answers as the queryset does that it was made of, whatever values it is asked with."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from zhunsheng.kernel import planned
from zhunsheng.kernel import prepared as prepared_module
from zhunsheng.kernel.clock.models import CalendarDay
from zhunsheng.kernel.prepared import Text, count, figures, prepared, value

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Span:
    first: date
    last: date
    regions: frozenset[int] = frozenset()


@pytest.fixture(autouse=True)
def _days() -> None:
    CalendarDay.objects.all().delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(
            region="", day=MONDAY + timedelta(days=index), works=index % 2 == 0, name=f"第 {index} 天", source="试"
        )
        for index in range(10)
    )


def within(span: Span) -> QuerySet[CalendarDay]:
    return CalendarDay.objects.filter(day__gte=span.first, day__lte=span.last).order_by("day")


def span(first: int, last: int) -> Span:
    return Span(MONDAY + timedelta(days=first), MONDAY + timedelta(days=last))


@pytest.mark.parametrize("bounds", [(0, 3), (2, 9), (5, 4), (9, 9)])
def test_other_values_give_their_own_rows(bounds: tuple[int, int]) -> None:
    ask = prepared(within)
    ask(span(1, 1))
    assert ask(span(*bounds)) == list(within(span(*bounds)))


def test_one_query_and_the_sql_is_made_once() -> None:
    made: list[object] = []

    @prepared
    def ask(day: date) -> QuerySet[CalendarDay]:
        made.append(day)
        return CalendarDay.objects.filter(day=day)

    with CaptureQueriesContext(connection) as queries:
        names = [one.name for index in range(4) for one in ask(MONDAY + timedelta(days=index))]
    assert names == ["第 0 天", "第 1 天", "第 2 天", "第 3 天"]
    assert (len(queries), len(made)) == (4, 1)


def test_what_is_no_value_makes_a_question_of_its_own() -> None:
    @prepared
    def ask(day: date | None, *, works: bool) -> QuerySet[CalendarDay]:
        rows = CalendarDay.objects.filter(works=works)
        return rows if day is None else rows.filter(day=day)

    assert [len(ask(None, works=True)), len(ask(MONDAY, works=True)), len(ask(MONDAY, works=False))] == [5, 1, 0]


@pytest.mark.parametrize("size", [0, 1, 2, 7])
def test_sets_of_any_size(size: int) -> None:
    @prepared
    def ask(keys: frozenset[int], more: frozenset[int]) -> QuerySet[CalendarDay]:
        return CalendarDay.objects.filter(pk__in=keys | more).order_by("pk")

    keys = list(CalendarDay.objects.order_by("pk").values_list("pk", flat=True))
    for start in (0, 2):
        wanted = frozenset(keys[start : start + size])
        assert [one.pk for one in ask(wanted, frozenset(keys[:1]))] == sorted(wanted | {keys[0]})
        assert [one.pk for one in ask(wanted, frozenset())] == sorted(wanted)


def test_days_may_be_counted_from_a_given_one() -> None:
    @prepared
    def ask(day: date) -> QuerySet[CalendarDay, str]:
        return CalendarDay.objects.filter(day=day + timedelta(days=3) - timedelta(days=1)).values_list(
            "name", flat=True
        )

    assert [ask(MONDAY), ask(MONDAY + timedelta(days=4))] == [["第 2 天"], ["第 6 天"]]


def test_words_that_are_a_value() -> None:
    @prepared
    def ask(name: str) -> QuerySet[CalendarDay]:
        return CalendarDay.objects.filter(name=name)

    assert [[one.day.day for one in ask(Text(name))] for name in ("第 1 天", "第 2 天", "' OR 1=1 --", "%s")] == [
        [24], [25], [], [],
    ]  # fmt: skip


def test_figures_over_all_rows_even_if_there_are_none() -> None:
    @prepared
    def ask(span: Span) -> QuerySet[CalendarDay, dict[str, Any]]:
        return figures(within(span), days=Count("pk"), working=Count("pk", filter=Q(works=True)))

    assert ask(span(0, 4)) == [{"days": 5, "working": 3}]
    assert ask(span(4, 0)) == [{"days": 0, "working": 0}]
    assert prepared(lambda span: count(within(span)))(span(0, 9)) == [10]


def test_parts_and_figures_by_group() -> None:
    @prepared
    def part(*, first: int, last: int) -> QuerySet[CalendarDay, str]:
        return CalendarDay.objects.order_by("day").values_list("name", flat=True)[first:last]

    @prepared
    def groups(after: date) -> QuerySet[CalendarDay, tuple[bool, int]]:
        return CalendarDay.objects.filter(day__gt=after).values_list("works").annotate(Count("pk")).order_by("works")

    assert [part(first=2, last=4), part(first=9, last=20)] == [["第 2 天", "第 3 天"], ["第 9 天"]]
    assert [groups(MONDAY), groups(MONDAY + timedelta(days=8))] == [[(False, 5), (True, 4)], [(False, 1)]]


def test_instants() -> None:
    from zhunsheng.kernel.journal.models import Block

    @prepared
    def ask(after: datetime) -> QuerySet[Block]:
        return Block.objects.filter(at__gt=after)

    assert ask(datetime(2999, 1, 1, tzinfo=UTC)) == []


@pytest.mark.parametrize("wrong", [[1, 2], {"a": 1}])
def test_what_may_change_under_the_hand_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError, match="prepared question"):
        prepared(lambda one: CalendarDay.objects.filter(pk=1))(wrong)


def test_a_record_is_refused() -> None:
    with pytest.raises(TypeError, match="not a CalendarDay"):
        prepared(lambda one: CalendarDay.objects.filter(pk=1))(CalendarDay.objects.first())


def test_endlessly_many_forms_do_not_fill_the_memory() -> None:
    made: list[str] = []

    @prepared
    def ask(*, words: str) -> QuerySet[CalendarDay]:
        made.append(words)
        return CalendarDay.objects.filter(name=words)

    for index in range(200):
        ask(words=f"第 {index} 天")
    assert ask(words="第 199 天") == []
    assert len(made) == 200
    assert [one.day.day for one in ask(words="第 3 天")] == [26]
    assert len(made) == 201  # it had made room for others


def test_what_was_asked_before_is_not_kept() -> None:
    ask = prepared(within)
    assert len(ask(span(0, 9))) == 10
    CalendarDay.objects.filter(day__gt=MONDAY).delete()
    assert [one.day for one in ask(span(0, 9))] == [MONDAY]


def test_many_threads_and_little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """One makes room while another has just found its question there: nobody's is lost."""
    monkeypatch.setattr(prepared_module, "MOST", 1)
    monkeypatch.setattr(prepared_module, "_made", lambda *_: None)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    ask = prepared(lambda span, *, form: CalendarDay.objects.none())
    wrong: list[BaseException] = []

    def run(number: int) -> None:
        try:
            for index in range(300):
                ask(span(0, index % 9), form=(number + index) % 4)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test tells it
            wrong.append(error)

    threads = [Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(before)
    assert wrong == []


def test_ordinary_statements_are_not_kept_on_the_connection() -> None:
    """On PostgreSQL; SQLite keeps none."""
    if connection.vendor != "postgresql":
        return
    ask = prepared(within)
    ask(span(0, 3))
    link: Any = connection.connection
    assert link.prepare_threshold is None
    assert len(link._prepared._names) >= 1
    counted = len(link._prepared._counts)
    CalendarDay.objects.filter(name="第 3 天").count()
    assert len(link._prepared._counts) == counted
    with connection.cursor() as cursor:
        assert not isinstance(cursor.cursor, planned.Cursor)


@pytest.mark.parametrize("words", ["50%", "%s", "_", "\\", "' --", "甲%%乙"])
def test_words_of_a_search_are_looked_for_as_they_are(words: str) -> None:
    CalendarDay.objects.filter(day=MONDAY).update(name=f"有 {words} 的一天")

    @prepared
    def ask(words: str, *, source: str) -> QuerySet[CalendarDay]:
        return CalendarDay.objects.filter(name__icontains=words, source=source)

    CalendarDay.objects.update(source=words)
    assert [one.day for one in ask(value(words), source=words)] == [MONDAY]
    assert ask(value("没有"), source=words) == []
