"""The years of a plan: dates without a year of their own follow them, dates that lie outside of them are a doubt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from zhunsheng.kernel.errors import Refused
from zhunsheng.programmes.plans.days import later
from zhunsheng.programmes.plans.models import Edition, Plan, Query, WordedDue
from zhunsheng.programmes.plans.reading.doubts import PRINTED_YEAR
from zhunsheng.programmes.plans.schedule import WrittenDue

OUTSIDE: Final = "date_outside"
EARLIEST: Final = 2000
LATEST: Final = 2100
AHEAD: Final = 5
"""Years by which a typed date may lie behind a plan's last: what waits longer is another plan's (五年规划)."""


@dataclass(frozen=True, slots=True)
class Move:
    """So many years by which a plan that ran from ``first`` to ``last`` is moved.

    ``all_dates``: in a plan carried forward the printed years are those of the year before, and move too.
    """

    first: int
    last: int
    years: int
    all_dates: bool

    def of(self, due: WrittenDue) -> WrittenDue:
        """The date as it follows; one with a printed year stays, and so does one that lay outside already."""
        held = due.day is None or not self.first <= due.day.year <= self.last
        if held or not due.printed or (PRINTED_YEAR.search(due.printed) and not self.all_dates):
            return due
        return replace(due, day=later(due.day, self.years))


def move_to(plan: Plan, first: int) -> Move:
    """The move by which a plan as it stands begins in ``first``."""
    return Move(plan.year_from, plan.year_to, first - plan.year_from, plan.carried_from_id is not None)


def check_years(plan: Plan, first: int, last: int) -> None:
    """Raises ``Refused`` for years that cannot be, or that would take the ground from an edition that runs."""
    if not EARLIEST <= first <= last <= LATEST:
        raise Refused("years", f"年度应当在 {EARLIEST} 到 {LATEST} 之间，结束年度不早于起始年度。请改其中一个。")
    if first != plan.year_from and plan.editions.filter(state="published").exists():
        raise Refused("years", "这份方案已有一版在执行，起始年度不能再改；结束年度可以改。")


def check_typed(plan: Plan, due: date, earliest: date | None = None) -> None:
    """Raises ``Refused`` for a due date that a person typed and cannot mean: before ``earliest`` (the plan's first day), or years after its end."""
    first = earliest or date(plan.year_from, 1, 1)
    if not first <= due or due.year > plan.year_to + AHEAD:
        raise Refused(
            "due", f"期限 {due} 不像是真的，应当在 {first} 到 {plan.year_to + AHEAD}-12-31 之间。请核对年份，重填。"
        )


def set_years(edition: Edition, first: int, last: int) -> None:
    """Give the plan of a draft its years, not yet saved; the dates of the draft follow, doubts are raised anew.

    Inside ``change``. Raises ``Refused``.
    """
    plan = edition.plan
    if (first, last) == (plan.year_from, plan.year_to):
        return
    check_years(plan, first, last)
    move = move_to(plan, first)
    plan.year_from, plan.year_to = first, last
    rows = list(WordedDue.objects.filter(wording__edition=edition, date__isnull=False))
    for row in rows:
        row.date = move.of(WrittenDue(row.date, row.recurs, row.printed)).day
    WordedDue.objects.bulk_update(rows, ["date"], batch_size=500)
    doubt_dates(edition)


def doubt_dates(edition: Edition) -> None:
    """A doubt for each printed date outside of the plan's years, once; what a person has answered is not asked again.

    Four queries, whatever the number of dates.
    """
    plan = edition.plan
    edition.queries.filter(code=OUTSIDE, settled_by=None).delete()
    answered = set(edition.queries.filter(code=OUTSIDE).values_list("start", "end"))
    dated = WordedDue.objects.filter(wording__edition=edition, date__isnull=False, start__isnull=False)
    within = (date(plan.year_from, 1, 1), date(plan.year_to, 12, 31))
    found = {(one.start, one.end or one.start): one for one in dated.exclude(date__range=within).order_by("start")}
    Query.objects.bulk_create(
        Query(edition=edition, code=OUTSIDE, message=_message(one, plan), start=start, end=end)
        for (start, end), one in found.items()
        if start is not None and end is not None and (start, end) not in answered
    )


def _message(due: WordedDue, plan: Plan) -> str:
    years = f"{plan.year_from}" if plan.year_from == plan.year_to else f"{plan.year_from}—{plan.year_to}"
    return (
        f"“{due.printed[:100]}”（{due.date}）日期不在方案年度（{years} 年）内。"
        "请核对：原文就是这样的，写明按原文；读错了的，改这项任务的期限；年度不对的，到“方案要素”改起止年度。"
    )
