from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.kernel.matter import scenes
from tests.kernel.matter.conftest import Cast
from zhunsheng.kernel import now
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.matter import actions
from zhunsheng.kernel.matter.models import Matter, Proposal
from zhunsheng.kernel.matter.proposals import decide, open_to, propose

LATER = date(2026, 12, 10)
"""After the first due date."""


def asked(cast: Cast, matter: Matter, new_due: date = date(2026, 12, 18)) -> Proposal:
    return propose(matter=matter, what="extend", reason="台账正在核对", new_due=new_due, by=cast.townsman)


def test_a_unit_asks_for_time_and_another_person_gives_it(cast: Cast) -> None:
    proposal = decide(proposal=asked(cast, scenes.signed(cast)), decision="approve", by=cast.head)
    assert (proposal.state, proposal.decider, proposal.matter.due) == ("approved", "陈国安", date(2026, 12, 18))
    assert proposal.matter.arithmetic == "原期限 2026-12-07，经批准延长到 2026-12-18"
    assert [step.label for step in proposal.matter.steps.all()][-2:] == ["提请延长期限", "批准延长期限"]


def test_a_rejected_one_changes_nothing_and_needs_a_reason(cast: Cast) -> None:
    proposal = asked(cast, scenes.signed(cast))
    with pytest.raises(Refused, match="理由"):
        decide(proposal=proposal, decision="reject", by=cast.head)
    proposal = decide(proposal=proposal, decision="reject", opinion="时间够用", by=cast.head)
    assert (proposal.state, proposal.matter.due) == ("rejected", scenes.FIRST_DUE)
    with pytest.raises(Refused, match="未批准"):
        decide(proposal=proposal, decision="approve", by=cast.head)


@pytest.mark.parametrize("day", [None, scenes.FIRST_DUE, date(2026, 11, 20)])
def test_more_time_must_be_more(cast: Cast, day: date | None) -> None:
    with pytest.raises(Refused, match="新期限要晚于"):
        propose(matter=scenes.signed(cast), what="extend", reason="x", new_due=day, by=cast.townsman)


def test_the_same_is_not_proposed_twice(cast: Cast) -> None:
    matter = scenes.signed(cast)
    proposal = asked(cast, matter)
    with pytest.raises(Refused, match="等着批准"):
        asked(cast, matter)
    decide(proposal=proposal, decision="withdraw", by=cast.townsman)
    assert asked(cast, matter).state == "open"


def test_nobody_approves_their_own(cast: Cast) -> None:
    with now.on(LATER):
        proposal = propose(
            matter=scenes.issued(cast, due=None), what="extend", reason="x", new_due=date(2027, 1, 20), by=cast.head
        )
        with pytest.raises(Refused, match="不归你办"):
            decide(proposal=proposal, decision="approve", by=cast.head)
        with pytest.raises(Refused, match="不归你办"):
            decide(proposal=proposal, decision="withdraw", by=cast.second)
        assert decide(proposal=proposal, decision="approve", by=cast.second).state == "approved"


def test_nobody_asks_for_a_date_years_ahead(cast: Cast) -> None:
    matter = scenes.signed(cast)
    for slip in (date(2032, 1, 1), date.max):
        with pytest.raises(Refused, match="太远了，最晚到 2031-12-31"):
            asked(cast, matter, slip)
    assert asked(cast, matter, date(2031, 12, 31)).state == "open"


def test_the_database_too_wants_two_people(cast: Cast) -> None:
    proposal = asked(cast, scenes.signed(cast))
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(
            state="approved", decided_by=proposal.proposed_by_id, decided_at=now.now()
        )
    for wrong in ({"new_due": None}, {"new_due": date(2026, 12, 1)}, {"reason": ""}, {"state": "approved"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.filter(pk=proposal.pk).update(**wrong)


def test_what_is_neither_late_nor_returned_is_not_escalated(cast: Cast) -> None:
    matter = scenes.signed(cast)
    with pytest.raises(Refused, match="逾期或者退回过"):
        propose(matter=matter, what="talk", reason="x", where="周五", by=cast.clerk)
    with now.on(LATER):
        assert propose(matter=matter, what="talk", reason="x", where="周五", by=cast.clerk).what == "talk"
    other = scenes.returned(cast)
    assert propose(matter=other, what="notice", reason="x", by=cast.clerk).what == "notice"


def test_a_late_one_is_escalated_step_by_step_with_numbers_of_their_own(cast: Cast) -> None:
    matter = scenes.signed(cast)
    with now.on(LATER):
        with pytest.raises(Refused, match="时间和地点"):
            propose(matter=matter, what="talk", reason="多次催办未办", by=cast.clerk)
        with pytest.raises(Refused, match="不归你办"):
            propose(matter=matter, what="notice", reason="x", by=cast.townsman)
        talk = propose(matter=matter, what="talk", reason="多次催办未办", where="12月14日上午，县司法局", by=cast.clerk)
        talk = decide(proposal=talk, decision="approve", by=cast.head)
        assert (talk.document_number, talk.matter.escalated) == ("法约〔2026〕1号", "talk")
        notice = propose(matter=matter, what="notice", reason="仍未办", by=cast.clerk)
        notice = decide(proposal=notice, decision="approve", by=cast.head)
        assert (notice.document_number, notice.matter.escalated) == ("法通〔2026〕1号", "notice")
        assert matter.steps.filter(action="approve_talk").exists()


def escalate(cast: Cast, matter: Matter, what: str) -> Matter:
    made = propose(matter=matter, what=what, reason="仍未办", where="12月14日上午，县司法局", by=cast.clerk)
    return decide(proposal=made, decision="approve", by=cast.head).matter


@pytest.mark.parametrize(
    ("reached", "left", "then"),
    [
        ("talk", ["notice", "transfer"], "可以提请通报、移送"),
        ("notice", ["transfer"], "可以提请移送"),
        ("transfer", [], "请退回重办"),
    ],
)
def test_only_steps_beyond_the_one_reached_are_offered(cast: Cast, reached: str, left: list[str], then: str) -> None:
    matter = scenes.signed(cast)
    with now.on(LATER):
        matter = escalate(cast, matter, reached)
        assert [what for what, _, _ in open_to(matter, cast.clerk)] == ["extend", *left]
        for over in {"talk", reached}:
            with pytest.raises(Refused, match=then):
                propose(matter=matter, what=over, reason="x", where="周五", by=cast.clerk)


def test_a_milder_step_that_waited_is_not_approved_after_a_graver_one(cast: Cast) -> None:
    matter = scenes.signed(cast)
    with now.on(LATER):
        talk = propose(matter=matter, what="talk", reason="x", where="周五", by=cast.clerk)
        escalate(cast, matter, "notice")
        with pytest.raises(Refused, match=r"已经通报，用不着再约谈"):
            decide(proposal=talk, decision="approve", by=cast.head)
        assert decide(proposal=talk, decision="reject", opinion="已通报", by=cast.head).state == "rejected"


def test_what_was_settled_meanwhile_is_not_carried_out(cast: Cast) -> None:
    matter = scenes.returned(cast)
    talk = propose(matter=matter, what="talk", reason="x", where="周五", by=cast.clerk)
    more = asked(cast, matter)
    actions.close(matter=scenes.answered(cast, matter), opinion="好", by=cast.clerk)
    for one in (talk, more):
        with pytest.raises(Refused, match=r"已销号.*用不着"):
            decide(proposal=one, decision="approve", by=cast.head)
        assert decide(proposal=one, decision="reject", opinion="已办结", by=cast.head).state == "rejected"


def test_what_may_be_proposed_is_offered_with_what_is_missing(cast: Cast) -> None:
    matter = scenes.signed(cast)
    assert open_to(matter, cast.townsman) == [("extend", "延长期限", "")]
    offered = open_to(matter, cast.clerk)
    assert [(what, bool(missing)) for what, _, missing in offered] == [
        ("extend", False), ("talk", True), ("notice", True), ("transfer", True),
    ]  # fmt: skip
    asked(cast, matter)
    assert open_to(matter, cast.townsman) == [("extend", "延长期限", "已经提请，等着批准")]
    assert open_to(matter, cast.other) == []
    assert open_to(scenes.closed(cast), cast.clerk) == []
