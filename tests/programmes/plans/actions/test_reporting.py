from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from zhunsheng.kernel import now
from zhunsheng.kernel.actor import SYSTEM
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.evidence.queries import of
from zhunsheng.kernel.waiting import Question
from zhunsheng.people import actions
from zhunsheng.people.actions import grant_role
from zhunsheng.people.models import Account, Member, Role, Unit
from zhunsheng.programmes.plans import desk
from zhunsheng.programmes.plans.actions import reporting
from zhunsheng.programmes.plans.actions.reporting import Typed
from zhunsheng.programmes.plans.flow import FLOW
from zhunsheng.programmes.plans.models import Duty, Plan, Report
from zhunsheng.programmes.plans.reports import ref_of_report

Find = Callable[[str, Role], Member]


def duty_of(plan: Plan, number: str, unit: str, label: str = "") -> Duty:
    """The first duty of a unit for the task with this number."""
    found = Duty.objects.filter(task__plan=plan, task__wording__number=number, unit__short_name=unit)
    return found.filter(occurrence__label__contains=label).order_by("begins", "pk")[0]


def typed(duty: Duty) -> dict[int, Typed]:
    """A figure for every target that wants one."""
    wording = duty.task.wording
    assert wording is not None
    return {one.pk: Typed(one.low) for one in wording.targets.filter(low__isnull=False)}


def prove(duty: Duty, by: Member) -> None:
    """Hang a small file on the draft."""
    data = f"签到表 {duty.pk}\n".encode()
    reporting.add_evidence(duty=duty, data=data, name="签到表.txt", not_secret=True, by=by)


@pytest.fixture
def duty(published: Plan) -> Duty:
    """任务 1, 白石镇, the first quarter: 县司法局 leads."""
    return duty_of(published, "1", "白石镇")


@pytest.fixture
def liaison(of_unit: Find) -> Member:
    return of_unit("白石镇", Role.LIAISON_OFFICER)


@pytest.fixture
def head(of_unit: Find) -> Member:
    return of_unit("白石镇", Role.UNIT_HEAD)


@pytest.fixture
def lead(of_unit: Find) -> Member:
    return of_unit("县司法局", Role.LIAISON_OFFICER)


@pytest.fixture
def submitted(duty: Duty, liaison: Member) -> Duty:
    reporting.save_draft(duty=duty, text="一季度学法一次", figures=typed(duty), by=liaison)
    prove(duty, liaison)
    return reporting.submit(duty=duty, by=liaison)


def test_a_report_goes_through_head_lead_and_office(submitted: Duty, head: Member, lead: Member, clerk: Member) -> None:
    assert submitted.state == "head"
    assert reporting.confirm(duty=submitted, by=head).state == "lead"
    assert reporting.accept(duty=Duty.objects.get(pk=submitted.pk), by=lead).state == "office"
    with now.on(date(2026, 3, 30)):
        done = reporting.accept(duty=Duty.objects.get(pk=submitted.pk), by=clerk)
    assert (done.state, done.done_on) == ("done", date(2026, 3, 30))
    steps = done.reports.get().opinions.order_by("pk").values_list("step", "accepted")
    assert list(steps) == [("head", True), ("lead", True), ("office", True)]


def test_the_assignment_follows(submitted: Duty, head: Member, lead: Member, clerk: Member) -> None:
    reporting.confirm(duty=submitted, by=head)
    reporting.accept(duty=Duty.objects.get(pk=submitted.pk), by=lead)
    reporting.accept(duty=Duty.objects.get(pk=submitted.pk), by=clerk)
    shown = Duty.objects.get(pk=submitted.pk).assignment
    assert (shown.state, shown.begins, shown.done, shown.total) == ("new", date(2026, 4, 1), 1, 4)


def test_the_lead_unit_itself_needs_only_the_office(published: Plan, of_unit: Find, lead: Member) -> None:
    duty = duty_of(published, "1", "县司法局")
    reporting.save_draft(duty=duty, text="牵头安排", figures=typed(duty), by=lead)
    prove(duty, lead)
    reporting.submit(duty=duty, by=lead)
    assert reporting.confirm(duty=duty, by=of_unit("县司法局", Role.UNIT_HEAD)).state == "office"


def test_a_task_without_lead_goes_from_the_head_to_the_office(published: Plan, liaison: Member, head: Member) -> None:
    duty = duty_of(published, "3", "白石镇")
    reporting.save_draft(duty=duty, text="旁听庭审一次", figures=typed(duty), by=liaison)
    prove(duty, liaison)
    reporting.submit(duty=duty, by=liaison)
    assert reporting.confirm(duty=duty, by=head).state == "office"


@pytest.mark.parametrize(("text", "message"), [("", "完成情况"), ("  \n", "完成情况")])
def test_nothing_said_is_nothing_reported(duty: Duty, liaison: Member, text: str, message: str) -> None:
    reporting.save_draft(duty=duty, text=text, figures={}, by=liaison)
    with pytest.raises(Refused, match=message) as refusal:
        reporting.submit(duty=duty, by=liaison)
    assert refusal.value.code == "missing"


def test_every_target_wants_its_figure_or_a_reason(published: Plan, of_unit: Find) -> None:
    duty = duty_of(published, "2", "县人社局")
    by = of_unit("县人社局", Role.LIAISON_OFFICER)
    figures = typed(duty)
    assert len(figures) > 1
    first = min(figures)
    reporting.save_draft(duty=duty, text="学时已登记", figures={first: figures[first]}, by=by)
    with pytest.raises(Refused, match=f"{len(figures) - 1} 个目标的完成数"):
        reporting.submit(duty=duty, by=by)
    with pytest.raises(Refused, match="理由"):
        reporting.save_draft(duty=duty, text="x", figures={first: Typed(not_applicable=True)}, by=by)
    none = {pk: Typed(not_applicable=True, note="本单位没有这类人员") for pk in figures}
    reporting.save_draft(duty=duty, text="学时已登记", figures=none, by=by)
    prove(duty, by)
    assert reporting.submit(duty=duty, by=by).state == "head"


def test_the_targets_of_another_task_are_refused(published: Plan, duty: Duty, liaison: Member) -> None:
    foreign = typed(duty_of(published, "2", "县人社局"))
    with pytest.raises(Refused) as refusal:
        reporting.save_draft(duty=duty, text="x", figures=foreign, by=liaison)
    assert refusal.value.code == "target"
    assert not Report.objects.exists()


def test_it_can_be_recalled_until_somebody_looks(submitted: Duty, liaison: Member, head: Member) -> None:
    recalled = reporting.recall(duty=submitted, by=liaison)
    assert (recalled.state, recalled.submitted_at) == ("run", None)
    prove(recalled, liaison)
    reporting.submit(duty=recalled, by=liaison)
    reporting.look(duty=Duty.objects.get(pk=recalled.pk), by=liaison)
    assert Duty.objects.get(pk=recalled.pk).looked_at is None
    reporting.look(duty=Duty.objects.get(pk=recalled.pk), by=head)
    with pytest.raises(Refused, match="开始审看"):
        reporting.recall(duty=recalled, by=liaison)


def test_a_recalled_report_is_a_new_one_that_names_the_old(submitted: Duty, liaison: Member) -> None:
    reporting.recall(duty=submitted, by=liaison)
    old, new = submitted.reports.order_by("number")
    assert (new.replaces, new.text, new.submitted_at) == (old, "一季度学法一次", None)
    assert list(new.figures.values_list("value", flat=True)) == list(old.figures.values_list("value", flat=True))


def test_sent_back_with_a_reason_and_reported_again(submitted: Duty, liaison: Member, head: Member) -> None:
    with pytest.raises(Refused, match="理由"):
        reporting.send_back(duty=submitted, by=head, reason="")
    back = reporting.send_back(duty=submitted, by=head, reason="缺签到表")
    assert (back.state, back.submitted_at) == ("back", None)
    reporting.save_draft(duty=back, text="补了签到表", figures=typed(back), by=liaison)
    prove(back, liaison)
    assert reporting.submit(duty=back, by=liaison).state == "head"
    assert [one.text for one in back.reports.order_by("number")] == ["一季度学法一次", "补了签到表"]


def test_what_is_closed_is_corrected_by_a_linked_report(
    submitted: Duty, liaison: Member, head: Member, lead: Member, clerk: Member
) -> None:
    reporting.confirm(duty=submitted, by=head)
    reporting.accept(duty=Duty.objects.get(pk=submitted.pk), by=lead)
    done = reporting.accept(duty=Duty.objects.get(pk=submitted.pk), by=clerk)
    with pytest.raises(Refused, match="理由"):
        reporting.revise(duty=done, by=liaison, reason="")
    again = reporting.revise(duty=done, by=liaison, reason="次数写错了")
    assert (again.state, again.done_on) == ("run", None)
    draft = again.reports.get(submitted_at=None)
    assert draft.replaces is not None
    assert (draft.number, draft.reason) == (2, "次数写错了")


def test_nobody_does_what_is_not_theirs(
    submitted: Duty, duty: Duty, liaison: Member, head: Member, clerk: Member, of_unit: Find
) -> None:
    stranger = of_unit("青塘镇", Role.LIAISON_OFFICER)
    for step in (reporting.confirm, reporting.accept):
        for person in (liaison, clerk, stranger):
            with pytest.raises(Refused):
                step(duty=submitted, by=person)
    for person in (head, clerk, stranger):
        with pytest.raises(Refused):
            reporting.save_draft(duty=duty, text="x", figures={}, by=person)


def test_a_stale_page_is_refused(duty: Duty, liaison: Member) -> None:
    seen = duty.version
    reporting.save_draft(duty=duty, text="先存的", figures={}, by=liaison, version=seen)
    with pytest.raises(Refused) as refusal:
        reporting.save_draft(duty=duty, text="后存的", figures={}, by=liaison, version=seen)
    assert refusal.value.code == "stale"
    assert duty.reports.get().text == "先存的"


def test_the_office_pauses_resumes_and_cancels(duty: Duty, clerk: Member, liaison: Member) -> None:
    assert reporting.put_off(duty=duty, action="pause", by=clerk, reason="等省里的办法").state == "paused"
    with pytest.raises(Refused):
        reporting.save_draft(duty=duty, text="x", figures={}, by=liaison)
    assert reporting.put_off(duty=duty, action="resume", by=clerk).state == "run"
    assert reporting.put_off(duty=duty, action="cancel", by=clerk, reason="不再要求").state == "cancelled"
    assert Duty.objects.get(pk=duty.pk).assignment.total == 3


def test_the_office_moves_a_date_with_a_reason(duty: Duty, clerk: Member, head: Member) -> None:
    with pytest.raises(Refused):
        reporting.move_due(duty=duty, due=date(2026, 4, 10), by=clerk, reason="")
    with pytest.raises(Refused):
        reporting.move_due(duty=duty, due=date(2026, 4, 10), by=head, reason="来不及")
    for slip in (date(26, 4, 10), duty.begins - timedelta(days=1), date(2032, 1, 1), date.max):
        with pytest.raises(Refused, match=f"应当在 {duty.begins} 到 2031-12-31 之间"):
            reporting.move_due(duty=duty, due=slip, by=clerk, reason="系统切换")
    reporting.move_due(duty=duty, due=date(2026, 4, 10), by=clerk, reason="系统切换")
    moved = Duty.objects.get(pk=duty.pk)
    assert (moved.due, moved.occurrence.due, moved.assignment.due) == (
        date(2026, 4, 10), date(2026, 3, 31), date(2026, 4, 10),
    )  # fmt: skip


def test_figures_are_decimals(submitted: Duty) -> None:
    assert all(isinstance(value, Decimal) for value in submitted.reports.get().figures.values_list("value", flat=True))


def test_units_are_those_of_the_plan(published: Plan) -> None:
    assert not Duty.objects.exclude(unit__in=Unit.objects.filter(valid_to=None)).exists()


def test_targets_want_proof(published: Plan, of_unit: Find) -> None:
    duty = duty_of(published, "2", "县人社局")
    by = of_unit("县人社局", Role.LIAISON_OFFICER)
    reporting.save_draft(duty=duty, text="学时够了", figures=typed(duty), by=by)
    with pytest.raises(Refused, match="佐证材料"):
        reporting.submit(duty=duty, by=by)


def test_proof_comes_along_when_sent_back_and_can_be_taken_off_the_draft_only(
    submitted: Duty, liaison: Member, head: Member
) -> None:
    old = submitted.reports.get()
    back = reporting.send_back(duty=submitted, by=head, reason="日期不清")
    new = back.reports.get(submitted_at=None)
    held = of([ref_of_report(old.pk), ref_of_report(new.pk)])
    assert [[use.evidence.name for use in uses] for uses in held.values()] == [["签到表.txt"], ["签到表.txt"]]
    with pytest.raises(Refused):
        reporting.drop_evidence(duty=back, use=held[ref_of_report(old.pk)][0], by=liaison)
    reporting.drop_evidence(duty=back, use=held[ref_of_report(new.pk)][0], by=liaison)
    assert of([ref_of_report(new.pk)]) == {ref_of_report(new.pk): []}


@pytest.fixture
def both(duty: Duty, liaison: Member) -> Member:
    """The liaison officer of 白石镇, who is its head as well, beside the one whom it has."""
    grant_role(member=liaison, role=Role.UNIT_HEAD, scope=duty.unit, day=date(2026, 1, 1), by=SYSTEM)
    return Member.objects.select_related("person", "unit").get(pk=liaison.pk)


def test_whoever_submitted_does_not_confirm_but_is_told_who_does(both: Member, submitted: Duty, head: Member) -> None:
    reporting.look(duty=submitted, by=both)
    assert Duty.objects.get(pk=submitted.pk).looked_at is None, "they may still recall it"
    with pytest.raises(Refused, match=f"你自己上报的，请本单位负责人{head.full_name}确认"):
        reporting.confirm(duty=submitted, by=both)
    (step,) = (one for one in FLOW.open_to(submitted, both) if one.action == "confirm")
    assert head.full_name in step.missing(submitted, both)[0]
    assert step.missing(submitted, head) == []
    assert reporting.confirm(duty=submitted, by=head).state == "lead"


@pytest.mark.parametrize("gone", ["disabled", "expired", "ended"])
def test_the_only_head_may_confirm_what_they_submitted_and_it_says_so(
    both: Member, submitted: Duty, head: Member, gone: str
) -> None:
    if gone == "disabled":
        Member.objects.filter(pk=head.pk).update(is_active=False)
    elif gone == "expired":
        Account.objects.update_or_create(member=head, defaults={"expires_on": now.today()})
    else:
        head.roles.filter(role=Role.UNIT_HEAD).update(valid_from=date(2020, 1, 1), valid_to=now.today())
    assert reporting.confirm(duty=submitted, by=both, note="属实").state == "lead"
    said = submitted.reports.get().opinions.get()
    assert said.reason == "（本人上报、本人确认，本单位没有别的负责人）属实"


def test_a_report_is_of_whoever_submits_it(both: Member, duty: Duty, lead: Member, head: Member) -> None:
    """Two liaison officers: what one typed and the other submitted, the other does not confirm."""
    second = actions.add_member(username="luqiuyan", name="陆秋雁", unit=duty.unit, by=SYSTEM)
    grant_role(member=second, role=Role.LIAISON_OFFICER, scope=duty.unit, day=date(2026, 1, 1), by=SYSTEM)
    reporting.save_draft(duty=duty, text="一季度学法一次", figures=typed(duty), by=second)
    prove(duty, second)
    handed = reporting.submit(duty=duty, by=both)
    assert handed.reports.get().author_id == both.pk
    with pytest.raises(Refused, match="你自己上报的"):
        reporting.confirm(duty=handed, by=both)
    back = reporting.send_back(duty=handed, by=head, reason="缺签到表")
    handed = reporting.submit(duty=back, by=second)
    assert handed.reports.order_by("-number")[0].author_id == second.pk, "not the head's, who sent it back"
    assert reporting.confirm(duty=handed, by=both).state == "lead"


def test_what_they_may_not_confirm_does_not_wait_for_them(both: Member, submitted: Duty, head: Member) -> None:
    def piles(who: Member) -> tuple[int, int]:
        piles = desk.answer(Question(who, date(2026, 1, 1))).piles
        return piles["mine"], piles["handed"]

    before = piles(both)
    assert before[1] == 1
    Duty.objects.filter(pk=submitted.pk).update(state="lead")
    assert piles(both) == before, "with the head or with the lead unit, it is theirs no more"
    Duty.objects.filter(pk=submitted.pk).update(state="head")
    assert piles(head)[0] == 1
    Member.objects.filter(pk=head.pk).update(is_active=False)
    assert piles(both) == (before[0] + 1, 0)
