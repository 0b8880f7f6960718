from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.kernel.matter import scenes
from tests.kernel.matter.conftest import TODAY, Cast
from zhunsheng.kernel import events, now
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.evidence.actions import delete
from zhunsheng.kernel.evidence.queries import may_read, of
from zhunsheng.kernel.matter import actions
from zhunsheng.kernel.matter.models import Matter, MatterAnswer, MatterStep
from zhunsheng.kernel.numbers.models import Series, Taken
from zhunsheng.kernel.numbers.taking import gaps
from zhunsheng.kernel.refs import Ref

Told = list[tuple[str, Mapping[str, Any]]]


@pytest.fixture
def told() -> Iterator[Told]:
    heard: Told = []
    names = "opened issued signed answered closed returned recalled cancelled".split()

    def listener(name: str) -> Callable[[Ref, Mapping[str, Any]], None]:
        return lambda _ref, data: heard.append((name, data))

    listeners = {f"matter.{name}": listener(name) for name in names}
    for event, one in listeners.items():
        events.on(event, one)
    yield heard
    for event, one in listeners.items():
        events._LISTENERS[event].remove(one)


def test_an_order_runs_from_draft_to_closing(cast: Cast, told: Told) -> None:
    matter = scenes.closed(cast)
    assert (matter.state, matter.document_number) == ("closed", "法督〔2026〕1号")
    assert (matter.issuer_name, matter.unit_name) == ("青石县依法治县办", "青石县南坪镇")
    assert (matter.sign_by, matter.due) == (date(2026, 11, 25), scenes.FIRST_DUE)
    assert matter.arithmetic == "自 2026-11-23 的次日起 10 个工作日，到 2026-12-07"
    assert [step.label for step in matter.steps.all()] == ["拟稿", "签发", "签收", "报办理情况", "销号"]
    assert [(step.by_name, step.by_unit) for step in matter.steps.all()][2] == ("何秀兰", "南坪镇")
    answer = matter.answers.get()
    assert (answer.version, answer.in_time, answer.verdict, answer.opinion) == (1, True, "closed", "材料齐全。")
    assert [name for name, _ in told] == ["opened", "issued", "signed", "answered", "closed"]
    assert told[0][1]["origins"] == [scenes.TASK]
    assert Taken.objects.get().kind == "matter.matter"


def test_a_returned_one_is_answered_again_with_new_time(cast: Cast, told: Told) -> None:
    matter = scenes.signed(cast)
    with now.on(date(2026, 12, 9)):
        matter = scenes.answered(cast, matter)
        matter = actions.send_back(matter=matter, opinion="缺 2 号文回执。", by=cast.clerk)
        assert (matter.state, matter.due) == ("returned", date(2026, 12, 16))
        assert matter.arithmetic.startswith("退回重办：自 2026-12-09")
        matter = scenes.answered(cast, matter)
    answers = list(matter.answers.all())
    assert [(one.version, one.in_time, one.verdict) for one in answers] == [(1, False, "returned"), (2, True, "")]
    assert [name for name, _ in told][-2:] == ["returned", "answered"]


def test_returning_early_leaves_the_later_date(cast: Cast) -> None:
    assert scenes.returned(cast).due == scenes.FIRST_DUE


def test_a_date_that_was_typed_is_kept_and_must_lie_ahead(cast: Cast) -> None:
    assert scenes.issued(cast, due=date(2026, 12, 31)).due == date(2026, 12, 31)
    with pytest.raises(Refused, match="已经到了或者过了"):
        scenes.issued(cast, due=TODAY)


@pytest.mark.parametrize("slip", [date(206, 12, 1), date(2016, 12, 1), TODAY, date(2032, 1, 1), date.max])
def test_a_typed_date_that_nobody_can_mean_is_refused_at_once(cast: Cast, slip: date) -> None:
    with pytest.raises(Refused, match=r"已经到了或者过了|太远了，最晚到 2031-12-31"):
        scenes.drafted(cast, due=slip)
    matter = scenes.drafted(cast, due=date(2031, 12, 31))
    with pytest.raises(Refused, match=r"已经到了或者过了|太远了"):
        actions.revise(matter=matter, title="改", demands="", basis="", due=slip, by=cast.clerk)
    assert not Matter.objects.exclude(pk=matter.pk).exists()


def test_a_date_that_came_while_the_draft_lay_is_refused_at_issue(cast: Cast) -> None:
    matter = scenes.drafted(cast, due=date(2026, 12, 1))
    with now.on(date(2026, 12, 1)), pytest.raises(Refused, match="已经到了或者过了"):
        actions.issue(matter=matter, by=cast.head)


def test_a_kind_without_days_needs_a_date(cast: Cast) -> None:
    with pytest.raises(Refused, match="还差办结期限") as refused:
        scenes.issued(cast, kind="rectification_notice")
    assert refused.value.code == "missing"
    assert scenes.issued(cast, kind="rectification_notice", due=date(2026, 12, 31)).document_number == "法改〔2026〕1号"


def test_a_paper_from_outside_keeps_its_number(cast: Cast) -> None:
    with pytest.raises(Refused, match="来文机关和来文文号"):
        scenes.issued(cast, kind="judicial_advice", due=date(2026, 12, 31))
    matter = scenes.issued(
        cast, kind="judicial_advice", due=date(2026, 12, 31), outside=("青石县人民法院", "（2026）青法建3号")
    )
    assert (matter.issuer_name, matter.document_number, matter.number) == ("青石县人民法院", "（2026）青法建3号", None)
    assert not Taken.objects.exists()


def test_what_is_not_in_the_pack_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="规则包"):
        scenes.drafted(cast, kind="love_letter")


def test_a_draft_is_revised_and_nothing_else_is(cast: Cast) -> None:
    matter = scenes.drafted(cast, demands="")
    with pytest.raises(Refused, match="还差办理要求"):
        actions.issue(matter=matter, by=cast.head)
    matter = actions.revise(matter=matter, title="新题", demands="要求", basis="依据", due=None, by=cast.clerk)
    matter = actions.issue(matter=matter, by=cast.head)
    with pytest.raises(Refused, match="发出以后不能再改"):
        actions.revise(matter=matter, title="x", demands="", basis="", due=None, by=cast.clerk)


def test_a_recalled_one_keeps_its_number_and_its_date_starts_anew(cast: Cast) -> None:
    matter = actions.recall(matter=scenes.issued(cast), reason="单位写错", by=cast.head)
    assert (matter.state, matter.due, matter.sign_by, matter.issued_at) == ("draft", None, None, None)
    other = scenes.issued(cast)
    with now.on(date(2026, 11, 24)):
        again = actions.issue(matter=matter, by=cast.head)
    assert (again.number, other.number, again.due) == (1, 2, date(2026, 12, 8))
    assert Taken.objects.count() == 2


def test_after_signing_there_is_no_recall_but_it_can_be_cancelled(cast: Cast) -> None:
    matter = scenes.signed(cast)
    with pytest.raises(Refused, match="现在是“办理中”，不能撤回"):
        actions.recall(matter=matter, reason="x", by=cast.head)
    with pytest.raises(Refused, match="理由"):
        actions.cancel(matter=matter, reason=" ", by=cast.head)
    assert actions.cancel(matter=matter, reason="重复交办", by=cast.head).state == "cancelled"
    assert MatterStep.objects.last().reason == "重复交办"  # type: ignore[union-attr]


def test_each_step_is_for_those_whose_it_is(cast: Cast) -> None:
    draft = scenes.drafted(cast)
    for who in (cast.clerk, cast.townsman):
        with pytest.raises(Refused, match="不归你办"):
            actions.issue(matter=draft, by=who)
    sent = actions.issue(matter=draft, by=cast.head)
    for who in (cast.other, cast.clerk):
        with pytest.raises(Refused, match="不归你办"):
            actions.sign(matter=sent, by=who)
    done = scenes.answered(cast, actions.sign(matter=sent, by=cast.townsman))
    with pytest.raises(Refused, match="不归你办"):
        actions.close(matter=done, opinion="好", by=cast.townsman)
    for who in (cast.townsman, cast.other):
        with pytest.raises(Refused, match="拟稿"):
            actions.open(
                kind="supervision_order", origins=[], unit_id=cast.town.pk, issuer_id=cast.office.pk, title="t", by=who
            )


def test_nobody_drafts_for_a_unit_that_they_do_not_oversee(cast: Cast) -> None:
    narrow = cast.rights.standings[cast.townsman.pk]
    cast.rights.standings[cast.other.pk] = type(narrow)(drafts=frozenset({cast.office.pk}))
    with pytest.raises(Refused, match="不在你管的范围"):
        actions.open(
            kind="supervision_order",
            origins=[],
            unit_id=cast.town.pk,
            issuer_id=cast.office.pk,
            title="t",
            by=cast.other,
        )


def test_the_program_may_draft_but_not_issue(cast: Cast) -> None:
    matter = actions.open(
        kind="supervision_order",
        origins=[],
        unit_id=cast.town.pk,
        issuer_id=cast.office.pk,
        title="t",
        demands="d",
        by=SYSTEM,
    )
    assert matter.steps.get().by_name == "系统"
    with pytest.raises(Refused):
        actions.issue(matter=matter, by=SYSTEM)


def test_an_answer_needs_words_and_evidence_of_its_own_unit(cast: Cast) -> None:
    matter = scenes.signed(cast)
    with pytest.raises(Refused, match="佐证材料"):
        actions.answer(matter=matter, text="好了", by=cast.townsman)
    with pytest.raises(Refused, match="办理情况：此字段不能为空"):
        actions.answer(matter=matter, text=" ", evidence=[cast.paper()], by=cast.townsman)
    matter.refresh_from_db()
    assert (matter.state, MatterAnswer.objects.count()) == ("signed", 0)


def test_evidence_of_an_answer_is_read_by_those_who_see_the_matter_and_cannot_be_deleted(cast: Cast) -> None:
    matter = scenes.answered(cast)
    use = of([matter.answers.get().ref])[matter.answers.get().ref][0]
    assert may_read(use.evidence, cast.clerk)
    assert not may_read(use.evidence, cast.other)
    with pytest.raises(Refused, match="不能删除"):
        delete(evidence=use.evidence, by=cast.townsman)


def test_nobody_checks_what_they_answered_themselves(cast: Cast) -> None:
    matter = scenes.answered(cast)
    cast.rights.standings[cast.townsman.pk] = cast.rights.standings[cast.clerk.pk]
    with pytest.raises(Refused, match="请换一人"):
        actions.close(matter=matter, opinion="好", by=cast.townsman)


def test_a_stale_form_is_told_what_changed(cast: Cast) -> None:
    matter = scenes.issued(cast)
    seen = matter.version
    actions.sign(matter=matter, by=cast.townsman, seen=seen)
    with pytest.raises(Refused, match=r"何秀兰刚刚办了“签收”.*你写的都还在") as refused:
        actions.recall(matter=matter, reason="x", by=cast.head, seen=seen)
    assert refused.value.code == "stale"


@pytest.mark.parametrize(
    "wrong",
    [{"state": "lost"}, {"title": ""}, {"number": None}, {"due": None}, {"document_number": ""}, {"state": "signed"},
     {"state": "closed"}, {"number": 0}, {"state": "draft", "issued_at": None, "closed_at": now.now()}],
)  # fmt: skip
def test_the_database_refuses_what_cannot_be(cast: Cast, wrong: dict[str, Any]) -> None:
    matter = scenes.issued(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Matter.objects.filter(pk=matter.pk).update(**wrong)


def test_a_number_is_not_given_twice_by_the_database(cast: Cast) -> None:
    scenes.issued(cast)
    other = scenes.issued(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Matter.objects.filter(pk=other.pk).update(number=1)


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_at_once_sign_once_and_ten_issued_at_once_have_ten_numbers(cast: Cast) -> None:
    drafts = [scenes.drafted(cast) for _ in range(10)]

    def issue(matter: Matter) -> Matter:
        try:
            with now.on(TODAY):
                return actions.issue(matter=matter, by=cast.head)
        finally:
            connection.close()

    def sign(_: int) -> str:
        try:
            actions.sign(matter=drafts[0], by=cast.townsman)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "signed"

    with ThreadPoolExecutor(10) as pool:
        assert sorted(one.number or 0 for one in pool.map(issue, drafts)) == list(range(1, 11))
        assert sorted(pool.map(sign, range(6))) == ["signed", "state", "state", "state", "state", "state"]
    assert MatterStep.objects.filter(action="sign").count() == 1


def test_a_unit_gives_no_order_to_itself_whoever_drafts_it(cast: Cast) -> None:
    for by in (cast.clerk, SYSTEM):
        with pytest.raises(Refused, match=r"自己不能给自己发督办单.*政府办公室"):
            actions.open(
                kind="supervision_order", origins=[], unit_id=cast.office.pk, issuer_id=cast.office.pk, title="t", by=by
            )
    assert not Matter.objects.exists()


def test_a_paper_from_outside_may_concern_the_office_itself(cast: Cast) -> None:
    made = scenes.drafted(
        cast,
        kind="judicial_advice",
        unit_id=cast.office.pk,
        due=date(2026, 12, 20),
        outside=("某法院", "法建〔2026〕1号"),
    )
    assert actions.issue(matter=made, by=cast.head).state == "issued"


def test_a_draft_to_itself_from_before_is_not_issued(cast: Cast) -> None:
    made = scenes.drafted(cast)
    Matter.objects.filter(pk=made.pk).update(unit=cast.office)
    with pytest.raises(Refused, match="另一个交办单位"):
        actions.issue(matter=Matter.objects.get(pk=made.pk), by=cast.head)
    assert actions.cancel(matter=Matter.objects.get(pk=made.pk), reason="另拟", by=cast.head).state == "cancelled"


def test_a_clock_that_steps_over_the_new_year_leaves_no_gap_and_gives_no_number_twice(cast: Cast) -> None:
    """The year is that of the day on the clock; a paper of the wrong year is recalled by people, its number stays."""
    days = [date(2026, 12, 31), date(2027, 1, 2), date(2026, 12, 29), date(2026, 12, 31), date(2027, 1, 4)]
    numbers = []
    for day in days:
        with now.on(day):
            numbers.append(scenes.issued(cast).document_number)
    assert numbers == [f"法督〔{year}〕{number}号" for year, number in
                       ((2026, 1), (2027, 1), (2026, 2), (2026, 3), (2027, 2))]  # fmt: skip
    assert [gaps(row) for row in Series.objects.all()] == [[], []]


@pytest.mark.parametrize("step", [timedelta(days=2), -timedelta(days=2)])
def test_a_clock_that_steps_stops_no_matter_on_its_way(cast: Cast, step: timedelta) -> None:
    with now.on(TODAY + step):
        matter = scenes.signed(cast)
    assert scenes.answered(cast, matter).state == "answered"
    with now.on(TODAY - step):
        assert actions.close(matter=matter, opinion="材料齐全。", by=cast.clerk).state == "closed"
