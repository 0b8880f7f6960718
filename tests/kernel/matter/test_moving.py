"""Dates of matters that cross the Spring Festival of 2027, whose notice comes after they were given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.kernel.matter.conftest import Cast
from tests.kernel.matter.scenes import answered, drafted, issued
from tests.people.acting import BY
from zhunsheng.kernel import events, now
from zhunsheng.kernel.clock import actions as calendar
from zhunsheng.kernel.clock import shipped
from zhunsheng.kernel.clock.days import Calendar, DayNote
from zhunsheng.kernel.clock.models import ClockMove
from zhunsheng.kernel.clock.notice import NoticeRow, parse_text
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal.models import Block, Mention
from zhunsheng.kernel.matter import actions, deadlines, moving, proposals
from zhunsheng.kernel.matter.kinds import Span
from zhunsheng.kernel.matter.models import Matter

DOCUMENT = "国办发明电〔2026〕9号"
NOTICE = """2027-01-01至2027-01-03,放假,元旦
2027-02-05至2027-02-11,放假,春节
2027-02-20,上班,春节
2027-04-05,放假,清明节
2027-05-01至2027-05-05,放假,劳动节
2027-06-09,放假,端午节
2027-09-15,放假,中秋节
2027-10-01至2027-10-07,放假,国庆节
"""
JANUARY = date(2027, 1, 25)
"""A Monday. Ten working days: 26—29 January, 1—4 February; by the law alone 5—8 are free, then 9 and 10 February; by
the notice 5—11 are free, then 12 and 15."""
BEFORE, AFTER = date(2027, 2, 10), date(2027, 2, 15)


def rows(*, without: str = "") -> list[NoticeRow]:
    found, errors = parse_text(NOTICE, 2027)
    assert not errors
    return [row for row in found if row.name != without]


def load() -> list[ClockMove]:
    return calendar.load_notice(by=BY, year=2027, document=DOCUMENT, rows=rows())


def fresh(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)


@pytest.fixture
def january(cast: Cast) -> Iterator[Cast]:
    calendar.seed(by=BY)
    with now.on(JANUARY):
        yield cast


def test_a_notice_moves_the_date_and_the_history_says_so(january: Cast) -> None:
    order = issued(january)
    assert (order.due, order.due_provisional) == (BEFORE, True)
    moves = load()
    moved = fresh(order)
    assert (moved.due, moved.due_provisional, moved.version) == (AFTER, False, order.version + 1)
    assert moved.arithmetic == "自 2027-01-25 的次日起 10 个工作日，到 2027-02-15"
    step = moved.steps.last()
    assert step is not None
    assert (step.by_name, step.label) == ("系统", "期限变动")
    assert step.reason == f"{DOCUMENT}载入：办结期限 2027-02-10 改为 2027-02-15"
    assert [(one.what, one.subject, one.old, one.new, one.unit_id) for one in moves] == [
        ("办结期限", order.ref, BEFORE, AFTER, january.town.pk)
    ]
    assert list(ClockMove.objects.all()) == moves


def test_it_is_one_block_of_the_journal_that_names_the_matter(january: Cast) -> None:
    order, blocks = issued(january), Block.objects.count()
    load()
    assert Block.objects.count() == blocks + 1
    block = Block.objects.latest("pk")
    assert block.action == "载入放假安排"
    mention = Mention.objects.get(block=block, kind="matter.matter", key=str(order.pk))
    assert (mention.action, mention.reason) == ("期限变动", f"{DOCUMENT}载入")


def test_loading_it_again_changes_nothing(january: Cast) -> None:
    order = issued(january)
    load()
    once = fresh(order)
    assert load() == []
    again = fresh(order)
    assert (again.due, again.version, again.steps.count()) == (once.due, once.version, once.steps.count())
    assert ClockMove.objects.count() == 1


def test_sixty_days_that_end_in_the_festival_are_carried_on_to_its_end(cast: Cast) -> None:
    calendar.seed(by=BY)
    with now.on(date(2026, 12, 11)):
        opinion = issued(cast, kind="reconsideration_opinion")
        assert (opinion.due, opinion.due_provisional) == (date(2027, 2, 9), True)
        load()
    assert (fresh(opinion).due, fresh(opinion).due_provisional) == (date(2027, 2, 12), False)


def test_a_date_that_stays_is_no_longer_provisional_and_has_no_line(cast: Cast) -> None:
    calendar.seed(by=BY)
    with now.on(date(2026, 12, 28)):
        order = issued(cast)
        assert order.due_provisional
        assert load() == []
    kept = fresh(order)
    assert (kept.due, kept.due_provisional, kept.version) == (order.due, False, order.version)
    assert kept.steps.count() == order.steps.count()


def test_the_date_to_sign_by_moves_too_until_it_is_signed(cast: Cast) -> None:
    calendar.seed(by=BY)
    with now.on(date(2027, 2, 4)):
        waiting, taken = issued(cast), actions.sign(matter=issued(cast), by=cast.townsman)
        assert waiting.sign_by == taken.sign_by == date(2027, 2, 10)
        load()
    assert fresh(waiting).sign_by == date(2027, 2, 15)
    assert fresh(taken).sign_by == date(2027, 2, 10)
    step = fresh(waiting).steps.last()
    assert step is not None
    assert "签收期限 2027-02-10 改为 2027-02-15；办结期限" in step.reason


def test_what_is_answered_closed_cancelled_or_not_given_yet_stays(january: Cast) -> None:
    handed_in = answered(january)
    done = actions.close(matter=answered(january), opinion="材料齐全。", by=january.clerk)
    gone = actions.cancel(matter=issued(january), reason="重复交办。", by=january.head)
    recalled = actions.recall(matter=issued(january), reason="写错单位。", by=january.head)
    draft = drafted(january, due=BEFORE)
    before = {one.pk: (fresh(one).due, fresh(one).version) for one in (handed_in, done, gone, recalled, draft)}
    assert load() == []
    assert {pk: (one.due, one.version) for pk in before for one in [Matter.objects.get(pk=pk)]} == before


def test_a_date_that_somebody_set_or_granted_stays(january: Cast) -> None:
    typed, longer = issued(january, due=BEFORE), issued(january)
    asked = proposals.propose(
        matter=longer, what="extend", reason="要会同县局核实。", new_due=date(2027, 2, 11), by=january.townsman
    )
    proposals.decide(proposal=asked, decision="approve", by=january.head)
    assert load() == []
    assert (fresh(typed).due, fresh(longer).due) == (BEFORE, date(2027, 2, 11))


def test_an_answer_sent_back_is_due_by_the_calendar_of_that_day(january: Cast) -> None:
    order = answered(january)
    load()
    assert fresh(order).due == BEFORE
    back = actions.send_back(matter=order, opinion="缺回执。", by=january.clerk)
    assert (back.due, back.due_provisional) == (AFTER, False)


def test_the_time_to_mend_moves_with_its_word(cast: Cast) -> None:
    calendar.seed(by=BY)
    with now.on(date(2027, 1, 18)):
        order = answered(cast)
    with now.on(date(2027, 2, 1)):
        back = actions.send_back(matter=order, opinion="缺回执。", by=cast.clerk)
        assert back.due == date(2027, 2, 10)
        load()
    assert fresh(back).arithmetic == "退回重办：自 2027-02-01 的次日起 5 个工作日，到 2027-02-15"


def test_a_return_counts_its_new_date_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    calendar.seed(by=BY)
    with now.on(date(2027, 1, 18)):
        order = answered(cast)
    counted, count = list[tuple[date, int | None]](), deadlines.after

    def after(start: date, span: Span, days: Calendar | None = None) -> deadlines.Deadline:
        counted.append((start, span.days))
        return count(start, span, days)

    monkeypatch.setattr(deadlines, "after", after)
    with now.on(date(2027, 2, 1)), CaptureQueriesContext(connection) as asked:
        back = actions.send_back(matter=order, opinion="缺回执。", by=cast.clerk)
    assert counted == [(date(2027, 1, 18), 10), (date(2027, 2, 1), 5)], "its own date and the new one, each once"
    assert sum("clock_calendarstamp" in query["sql"] for query in asked) == 2, "held, and read once"
    assert [one.label for one in back.steps.all()][-2:] == ["报办理情况", "退回重办"]


def test_a_single_day_moves_it_there_and_back(january: Cast) -> None:
    order = issued(january)
    calendar.set_day(by=BY, day=date(2027, 1, 28), works=False, name="雪灾停工", source="县政府通知")
    assert fresh(order).due == BEFORE + timedelta(days=1)
    calendar.clear_day(by=BY, day=date(2027, 1, 28))
    assert fresh(order).due == BEFORE
    assert [one.label for one in order.steps.all()][-2:] == ["期限变动"] * 2


def test_what_one_region_says_moves_nothing(january: Cast) -> None:
    order = issued(january)
    calendar.set_day(by=BY, day=date(2027, 1, 28), works=False, name="三月三", region="450000", source="乙号")
    assert fresh(order).due == BEFORE


def test_who_had_the_page_open_is_told_that_the_date_moved(january: Cast) -> None:
    order = issued(january)
    load()
    with pytest.raises(Refused, match="系统刚刚办了“期限变动”"):
        actions.sign(matter=order, by=january.townsman, seen=order.version)


def test_a_listener_that_fails_leaves_nothing_moved(january: Cast) -> None:
    order = issued(january)

    def fails(*_: object) -> None:
        raise RuntimeError

    events.on("calendar.moved", fails)
    try:
        with pytest.raises(RuntimeError):
            load()
    finally:
        events._LISTENERS["calendar.moved"].remove(fails)
    assert (fresh(order).due, ClockMove.objects.count()) == (BEFORE, 0)
    load()
    assert fresh(order).due == AFTER


def test_the_calendar_is_held_while_a_date_is_counted(january: Cast) -> None:
    """A notice that is being loaded is waited for: else the new date would be missed by it (PostgreSQL)."""
    draft = drafted(january)
    with CaptureQueriesContext(connection) as queries:
        actions.issue(matter=draft, by=january.head)
    if connection.features.has_select_for_update:
        asked = [one["sql"] for one in queries if "clock_calendarstamp" in one["sql"]]
        assert asked[0].endswith("FOR UPDATE")


def test_many_are_moved_in_as_many_queries_as_one(
    january: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    orders = [issued(january) for _ in range(12)]
    with django_assert_max_num_queries(60):
        assert len(load()) == 12
    assert {fresh(one).due for one in orders} == {AFTER}


@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(1, 60),
    st.sampled_from(["working", "calendar"]),
    st.sets(st.dates(date(2026, 1, 1), date(2027, 3, 31)), max_size=12),
)
def test_a_recount_is_what_would_have_been_counted(start: date, days: int, how: str, free: set[date]) -> None:
    """Whatever days change: counted again, a date is the one that the new calendar gives from the beginning."""
    notes = {day: DayNote(False, "停工") for day in free}
    changed = Calendar("", {**shipped.calendar().notes, **notes}, shipped.calendar().loaded)
    span = Span(days, "working" if how == "working" else "calendar")
    first = deadlines.after(start, span, shipped.calendar())
    matter = Matter(state="signed", due=first.day, due_from=start, due_days=days, due_count=how, arithmetic=first.said)
    moves = moving.recount(matter, changed)
    expected = deadlines.after(start, span, changed)
    assert (matter.due, matter.due_provisional, matter.arithmetic) == (
        expected.day, expected.provisional, expected.said,
    )  # fmt: skip
    assert [(one.old, one.new) for one in moves] == ([(first.day, expected.day)] if first.day != expected.day else [])
    assert moving.recount(matter, changed) == []
