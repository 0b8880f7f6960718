"""What the address of the desk asks for, and the page of the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final, cast, get_args

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict

from zhunsheng.faces.guard import member
from zhunsheng.kernel.now import today
from zhunsheng.kernel.waiting import Answer, Pile, Question, Waiting, When

SIZE: Final = 50
MOST: Final = 1_000
"""Items that can be leafed through, the earliest; all of them are in the workbook."""
IN_WORKBOOK: Final = 20_000
PILES: Final[dict[Pile, str]] = {"mine": "等我办", "back": "退回来的", "handed": "我交出的", "done": "本周办完的"}
NEARNESS: Final[dict[When, str]] = {
    "late": "逾期",
    "today": "今天到期",
    "week": "本周",
    "later": "以后",
    "undated": "没有期限",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """A pile, a group, a unit, a page: as the address has them, nonsense left out."""

    pile: Pile
    group: str
    unit: int | None
    page: int

    @property
    def filtered(self) -> bool:
        """Whether anything of the pile is left out."""
        return bool(self.group) or self.unit is not None

    def query(self, **changed: str) -> str:
        """As written into an address, without the page."""
        pile = "" if self.pile == "mine" else self.pile
        held = {"pile": pile, "group": self.group, "unit": str(self.unit or ""), **changed}
        made = QueryDict(mutable=True)
        made.update({key: value for key, value in held.items() if value})
        return made.urlencode()

    def question(self, request: HttpRequest, limit: int) -> Question:
        """The same for the rooms."""
        return Question(member(request), today(), self.pile, self.group, self.unit, limit)


def wish(request: HttpRequest) -> Wish:
    """What the address asks for."""
    given = request.GET
    pile = given.get("pile", "mine")
    return Wish(
        pile=cast("Pile", pile) if pile in get_args(Pile) else "mine",
        group=given.get("group", "").replace("\0", "")[:50],
        unit=_number(given.get("unit", "")),
        page=min(_number(given.get("page", "")) or 1, MOST // SIZE),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 10 else None


def total(answer: Answer) -> int:
    """How many there are of what was asked for."""
    return sum(answer.nearness.values())


def page_of(wanted: Wish, answer: Answer) -> tuple[Page[int], list[Waiting]]:
    """The pager, and the items of the page; the rooms were asked for the earliest up to its end."""
    shown = Paginator(range(min(total(answer), MOST)), SIZE).get_page(wanted.page)
    start = max(shown.start_index() - 1, 0)
    return shown, answer.items[start : start + SIZE]


def grouped(question: Question, items: list[Waiting]) -> Iterator[tuple[When, list[Waiting]]]:
    """The items, which are in the order of their dates, by how near these are."""
    for key, some in groupby(items, key=lambda one: _near(question, one)):
        yield key, list(some)


def _near(question: Question, one: Waiting) -> When:
    if one.due is None:
        return "undated"
    left = (one.due - question.day).days
    if left <= 0:
        return "late" if left < 0 else "today"
    return "week" if left <= 6 - question.day.weekday() else "later"
