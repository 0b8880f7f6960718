from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.kernel.clock.conftest import BY, CASE, Started
from tests.kernel.clock.test_calendar import rows
from zhunsheng.kernel import now
from zhunsheng.kernel.clock import actions
from zhunsheng.kernel.clock.compute import CST
from zhunsheng.kernel.clock.models import Clock, ClockMove, ClockState, Extension, Suspension
from zhunsheng.kernel.clock.stored import of
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.refs import Ref

pytestmark = pytest.mark.django_db
Told = list[tuple[Ref, Mapping[str, Any]]]
HOLIDAY: dict[str, Any] = {"works": False, "name": "县庆"}


def fresh(clock: Clock) -> Clock:
    return Clock.objects.get(pk=clock.pk)


def test_a_started_clock_is_a_row_with_its_arithmetic(started: Started) -> None:
    clock = fresh(started())
    assert clock.due == date(2026, 10, 10)
    assert clock.state == ClockState.RUNNING
    assert clock.rule_from == date(2024, 1, 1)
    assert clock.steps[-1] == "期满：2026-10-10（周六）。"
    assert (clock.span_from, clock.span_to) == (date(2026, 9, 29), date(2026, 10, 10))
    assert not clock.provisional
    assert (clock.subject_kind, clock.subject_key, clock.subject_label) == (CASE.kind, CASE.key, CASE.label)


def test_the_version_is_that_of_the_act(started: Started) -> None:
    old = started("R06-2", date(2024, 1, 5), acted_on=date(2023, 12, 20))
    assert old.rule_from == date(1999, 10, 1)
    assert old.due == date(2024, 1, 15)


def test_hours_are_instants(started: Started) -> None:
    clock = fresh(started("F01", datetime(2026, 9, 30, 23, 30, tzinfo=CST)))
    assert clock.due == date(2026, 10, 1)
    assert clock.due_at == datetime(2026, 10, 1, 23, 30, tzinfo=CST)


@pytest.mark.parametrize(
    ("rule", "code"), [("R99", "unknown_rule"), ("N02", "not_set"), ("P18", "not_a_limit"), ("F01", "time_needed")]
)
def test_what_gives_no_date_is_refused(started: Started, rule: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        started(rule)
    assert refused.value.code == code
    assert not Clock.objects.exists()


def test_a_suspension_stops_the_clock_and_its_end_moves_the_date(started: Started) -> None:
    clock = started("L02", date(2026, 4, 17))
    clock = actions.suspend(by=BY, clock=clock, start=date(2026, 5, 6), reason="专家评审", document="告知书1号")
    assert (clock.state, clock.due) == (ClockState.SUSPENDED, None)
    assert "恢复后重算" in clock.steps[-1]
    clock = actions.resume(by=BY, clock=clock, end=date(2026, 5, 11), document="告知书2号")
    assert (clock.state, clock.due) == (ClockState.RUNNING, date(2026, 5, 26))
    assert Suspension.objects.get().end_document == "告知书2号"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"start": date(2026, 4, 16)}, "suspension_dates"),
        ({"start": date(2026, 5, 20)}, "suspension_dates"),
        ({"reason": " "}, "suspension_incomplete"),
        ({"document": ""}, "suspension_incomplete"),
    ],
)
def test_a_bad_suspension_is_refused(started: Started, change: dict[str, Any], code: str) -> None:
    given = {"start": date(2026, 5, 6), "reason": "专家评审", "document": "告知书", **change}
    with pytest.raises(Refused) as refused:
        actions.suspend(by=BY, clock=started("L02", date(2026, 4, 17)), **given)
    assert refused.value.code == code


def test_a_rule_without_times_to_leave_out_cannot_be_suspended(started: Started) -> None:
    with pytest.raises(Refused, match="没有可以扣除的时间"):
        actions.suspend(by=BY, clock=started(), start=date(2026, 9, 29), reason="出差", document="无")


def test_only_a_suspended_clock_is_resumed_and_not_before_it_stopped(started: Started) -> None:
    clock = started("L02", date(2026, 4, 17))
    with pytest.raises(Refused, match="在走"):
        actions.resume(by=BY, clock=clock, end=date(2026, 5, 1), document="书")
    actions.suspend(by=BY, clock=clock, start=date(2026, 5, 6), reason="专家评审", document="告知书")
    with pytest.raises(Refused, match="才中止"):
        actions.resume(by=BY, clock=clock, end=date(2026, 5, 5), document="书")
    with pytest.raises(Refused, match="书面通知"):
        actions.resume(by=BY, clock=clock, end=date(2026, 5, 8), document=" ")
    with pytest.raises(Refused, match="中止"):
        actions.suspend(by=BY, clock=clock, start=date(2026, 5, 7), reason="又一次", document="书")
    with pytest.raises(Refused, match="中止"):
        actions.finish(by=BY, clock=clock)


def test_an_extension_takes_what_the_law_allows(started: Started) -> None:
    with now.on(date(2026, 10, 20)):
        clock = actions.extend(by=BY, clock=started("R09", date(2026, 9, 1)), approver="复议机构负责人李某")
    assert clock.due == date(2026, 11, 30)
    assert Extension.objects.get().granted_on == date(2026, 10, 20)
    with pytest.raises(Refused, match="最多延长 1 次"), now.on(date(2026, 10, 21)):
        actions.extend(by=BY, clock=clock, approver="复议机构负责人李某")


@pytest.mark.parametrize(
    ("rule", "more", "code"),
    [
        ("R09", {"approver": " "}, "no_approver"),
        ("R10", {"approver": "李某"}, "extension_not_allowed"),
        ("R09", {"approver": "李某", "n": 31}, "extension_too_long"),
        ("P02", {"approver": "李某"}, "extension_too_long"),
        ("R09", {"approver": "李某", "granted_on": date(2026, 11, 3)}, "already_over"),
    ],
)
def test_an_extension_that_the_law_does_not_allow(started: Started, rule: str, more: dict[str, Any], code: str) -> None:
    clock = started(rule, date(2026, 9, 1))
    with pytest.raises(Refused) as refused, now.on(date(2026, 9, 20)):
        actions.extend(by=BY, clock=clock, **more)
    assert refused.value.code == code
    assert fresh(clock).due == clock.due
    assert not Extension.objects.exists()


def test_done_and_cancelled_are_final(started: Started) -> None:
    done = actions.finish(by=BY, clock=started(), day=date(2026, 9, 30))
    assert (done.state, done.done_on) == (ClockState.DONE, date(2026, 9, 30))
    with pytest.raises(Refused, match="办结"):
        actions.cancel(by=BY, clock=done, reason="撤回")
    gone = actions.cancel(by=BY, clock=started(), reason="申请人撤回")
    with pytest.raises(Refused, match="取消"):
        actions.finish(by=BY, clock=gone)
    with pytest.raises(Refused, match="理由"):
        actions.cancel(by=BY, clock=started(), reason="")
    with pytest.raises(Refused, match="才起算"):
        actions.finish(by=BY, clock=started(), day=date(2026, 9, 27))


@pytest.mark.parametrize(
    "change",
    [
        {"state": "lost"},
        {"due": None},
        {"state": "suspended"},
        {"state": "done"},
        {"done_on": date(2026, 10, 1)},
        {"span_to": date(2026, 1, 1)},
        {"due_at": datetime(2026, 10, 1, tzinfo=CST)},
    ],
)
def test_the_database_keeps_the_states(started: Started, change: dict[str, Any]) -> None:
    clock = started()
    with pytest.raises(IntegrityError), transaction.atomic():
        Clock.objects.filter(pk=clock.pk).update(**change)


def test_a_new_holiday_moves_the_dates_that_rest_on_it_and_tells(started: Started, moved: Told) -> None:
    hit, done, before = started(), started(), started(trigger=date(2026, 9, 1))
    actions.finish(by=BY, clock=done, day=date(2026, 9, 30))
    moves = actions.set_day(by=BY, day=date(2026, 10, 9), **HOLIDAY)
    assert [(move.clock_id, move.old, move.new) for move in moves] == [(hit.pk, date(2026, 10, 10), date(2026, 10, 12))]
    assert fresh(hit).due == date(2026, 10, 12)
    assert fresh(done).due == date(2026, 10, 10)
    assert fresh(before).due == before.due
    assert [(ref.key, data["old"], data["new"], data["subject"]) for ref, data in moved] == [
        (str(hit.pk), date(2026, 10, 10), date(2026, 10, 12), CASE)
    ]
    assert ClockMove.objects.get().why == "工作日历改了 2026-10-09"


def test_a_regional_holiday_moves_the_clocks_of_the_region(started: Started) -> None:
    own, other, national = started(region="450103"), started(region="440103"), started()
    actions.set_day(by=BY, day=date(2026, 10, 9), region="450000", **HOLIDAY)
    assert fresh(own).due == date(2026, 10, 12)
    assert fresh(other).due == fresh(national).due == date(2026, 10, 10)


def test_a_notice_settles_what_was_provisional(started: Started, moved: Told) -> None:
    stays = started(trigger=date(2026, 12, 28))
    moves = started(trigger=date(2027, 2, 3))
    assert stays.provisional
    assert moves.due == date(2027, 2, 12)
    found = actions.load_notice(by=BY, year=2027, document="国办发明电〔2026〕9号", rows=rows())
    assert not fresh(stays).provisional
    assert fresh(stays).due == stays.due
    # 2月4日；5—11日放假；12日；14日周日上班；15、16日
    assert fresh(moves).due == date(2027, 2, 16)
    assert [move.clock_id for move in found] == [moves.pk]
    assert len(moved) == 1


def test_a_changed_pack_moves_only_the_clocks_of_the_rule(started: Started, local_pack: Path) -> None:
    mine, other = started("N05", date(2026, 11, 16)), started()
    local_pack.write_text("version: '2'\nsource: 本县\nrules:\n  N05: {n: 30, roll: yes}\n", "utf-8")
    moves = actions.recompute(by=BY, why="本县规则包改了")
    assert [(move.clock_id, move.new) for move in moves] == [(mine.pk, date(2026, 12, 16))]
    assert fresh(other).due == other.due
    assert actions.recompute(by=BY, why="再来一次") == []


def test_recomputing_costs_the_same_for_one_and_for_three(started: Started) -> None:
    actions.seed(by=BY)
    counts = []
    for day, more in ((9, 1), (8, 2)):
        for _ in range(more):
            started()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            moves = actions.set_day(by=BY, day=date(2026, 10, day), **HOLIDAY)
        counts.append(len(queries))
        assert len(moves) == Clock.objects.count()
    assert counts[0] == counts[1]


def test_the_clocks_of_a_record_come_by_their_dates(started: Started) -> None:
    late, soon = started("R09", date(2026, 9, 1)), started()
    stopped = started("R09", date(2026, 9, 1))
    actions.suspend(by=BY, clock=stopped, start=date(2026, 9, 10), reason="复议中止", document="通知书")
    other = Ref(CASE.kind, "8", "另一件")
    actions.start(by=BY, rule="R03", trigger=date(2026, 9, 28), subject=other)
    assert [clock.pk for clock in of(CASE)] == [soon.pk, late.pk, stopped.pk]


def test_starting_costs_one_look_at_the_calendar_and_one_row(started: Started, django_assert_num_queries: Any) -> None:
    actions.seed(by=BY)
    started()
    # Stamp, savepoint, insert, release; the journal's entries, head, block and mention, and its mark on PostgreSQL.
    with django_assert_num_queries({"sqlite": 8, "postgresql": 10}[connection.vendor]):
        started()
