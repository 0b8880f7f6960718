from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.faces.desk.home.question import MOST, SIZE, Wish, grouped, page_of, wish
from zhunsheng.kernel.refs import Ref
from zhunsheng.kernel.waiting import Answer, Question, Waiting

MONDAY = date(2026, 11, 23)


def asked(query: str) -> Wish:
    return wish(RequestFactory().get(f"/desk/?{query}"))


def item(due: date | None, key: int = 0) -> Waiting:
    return Waiting(Ref("x.y", str(key), f"第 {key} 件"), "", "看", "/", "任务", "", due)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", Wish("mine", "", None, 1)),
        ("pile=back&group=督办单&unit=7&page=3", Wish("back", "督办单", 7, 3)),
        ("pile=nonsense&unit=-1&page=x", Wish("mine", "", None, 1)),
        ("unit=²&page=0", Wish("mine", "", None, 1)),
        (f"unit={'9' * 30}&page=99999", Wish("mine", "", None, MOST // SIZE)),
        ("group=%00甲", Wish("mine", "甲", None, 1)),
    ],
)
def test_nonsense_in_the_address_is_left_out(query: str, expected: Wish) -> None:
    assert asked(query) == expected


@given(st.sampled_from(["mine", "back", "handed", "done"]), st.text(max_size=20), st.integers(1, 99_999) | st.none())
def test_the_address_says_what_was_wished(pile: str, group: str, unit: int | None) -> None:
    wanted = asked("pile=" + pile)
    wanted = Wish(wanted.pile, group.replace("\0", "").replace("\r", "").replace("\n", ""), unit, 1)
    request = HttpRequest()
    request.GET = QueryDict(wanted.query())
    request.user = AnonymousUser()
    assert wish(request) == wanted


@pytest.mark.parametrize(
    ("total", "page", "first", "shown"), [(0, 1, None, 0), (50, 1, 0, 50), (51, 2, 50, 1), (120, 9, 100, 20)]
)
def test_a_page_shows_its_part(total: int, page: int, first: int | None, shown: int) -> None:
    items = [item(MONDAY, key) for key in range(min(total, page * SIZE))]
    pager, found = page_of(Wish("mine", "", None, page), Answer(items, nearness=Counter({"today": total})))
    assert len(found) == shown
    assert pager.paginator.count == total
    if first is not None:
        assert found[0].ref.key == str(first)


def test_no_more_can_be_leafed_through_than_is_worth_it() -> None:
    pager, _ = page_of(Wish("mine", "", None, 1), Answer(nearness=Counter({"later": 12_000})))
    assert pager.paginator.count == MOST


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.lists(st.integers(-9, 20) | st.none(), max_size=12))
def test_bands_keep_every_item_in_its_order(day: date, lefts: list[int | None]) -> None:
    dues = sorted(day + timedelta(days=left) for left in lefts if left is not None) + [None] * lefts.count(None)
    items = [item(due, key) for key, due in enumerate(dues)]
    bands = list(grouped(Question(object(), day), items))  # type: ignore[arg-type]
    assert [one for _, some in bands for one in some] == items
    order = ["late", "today", "week", "later", "undated"]
    assert [key for key, _ in bands] == sorted({key for key, _ in bands}, key=order.index)


def test_bands_follow_the_days_of_a_week_that_ends_on_sunday() -> None:
    keys = [key for due in (-1, 0, 6, 7) for key, _ in grouped(_question(), [item(MONDAY + timedelta(days=due))])]
    assert keys == ["late", "today", "week", "later"]


def _question() -> Question:
    return Question(object(), MONDAY)  # type: ignore[arg-type]
