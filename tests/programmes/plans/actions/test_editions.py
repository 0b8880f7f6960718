"""A changed edition of a running plan: what did not change keeps all that was done for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.programmes.plans.actions.test_reporting import duty_of, prove, typed
from tests.programmes.plans.conftest import settle_all
from zhunsheng.kernel import now
from zhunsheng.kernel.documents import read_document
from zhunsheng.people.models import Member, Role, Unit
from zhunsheng.programmes.plans.actions import importing, publishing, reporting
from zhunsheng.programmes.plans.example import EXAMPLE
from zhunsheng.programmes.plans.models import Assignment, Duty, Edition, Plan, Task

Find = Callable[[str, Role], Member]
DAY = date(2026, 5, 10)


def changed(*pairs: tuple[str, str]) -> str:
    """The example plan with some of its words replaced."""
    text = EXAMPLE.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def published_again(text: str, office: Unit, clerk: Member, second: Member) -> Edition:
    with now.on(DAY):
        document = read_document(text.encode(), name="修订.txt")
        found = importing.import_plan(document=document, name="修订.txt", office=office, by=clerk)
        assert found.outcome == "edition"
        settle_all(found.edition, clerk)
        publishing.hand_over(edition=found.edition, by=clerk)
        return publishing.publish(edition=Edition.objects.get(pk=found.edition.pk), by=second)


@pytest.fixture
def reported(published: Plan, of_unit: Find) -> Duty:
    """任务 3, 白石镇, first half-year: handed in."""
    duty = duty_of(published, "3", "白石镇")
    liaison = of_unit("白石镇", Role.LIAISON_OFFICER)
    reporting.save_draft(duty=duty, text="旁听一次", figures=typed(duty), by=liaison)
    prove(duty, liaison)
    return reporting.submit(duty=duty, by=liaison)


def test_the_same_document_is_recognised(published: Plan, office: Unit, clerk: Member) -> None:
    document = read_document(EXAMPLE.read_bytes(), name="again.txt")
    found = importing.import_plan(document=document, name="again.txt", office=office, by=clerk)
    assert (found.outcome, found.edition) == ("known", published.editions.get())
    assert Plan.objects.count() == 1


def test_what_did_not_change_keeps_its_progress(
    reported: Duty, published: Plan, office: Unit, clerk: Member, second: Member
) -> None:
    edition = published_again(changed(("2026年9月底前", "2026年10月底前")), office, clerk, second)
    kinds = dict(edition.wordings.values_list("number", "change"))
    assert kinds.pop("4") == "changed"
    assert set(kinds.values()) == {"same"}
    kept = Duty.objects.get(pk=reported.pk)
    assert (kept.state, kept.reports.count()) == ("head", 1)
    assert Task.objects.filter(plan=published).count() == 24
    assert [one.state for one in published.editions.order_by("number")] == ["superseded", "published"]


def test_a_moved_date_moves_what_is_open(published: Plan, office: Unit, clerk: Member, second: Member) -> None:
    task = published.tasks.get(wording__number="4")
    published_again(changed(("2026年9月底前", "2026年10月底前")), office, clerk, second)
    live = task.duties.exclude(state="cancelled")
    assert set(live.values_list("due", flat=True)) == {date(2026, 10, 31)}
    assert set(task.assignments.values_list("due", flat=True)) == {date(2026, 10, 31)}


def test_a_unit_that_is_no_longer_named_owes_nothing_more(
    published: Plan, office: Unit, clerk: Member, second: Member
) -> None:
    task = published.tasks.get(wording__number="2")
    before = set(task.assignments.values_list("unit__short_name", flat=True))
    assert "县数据局" in before
    text = EXAMPLE.read_text("utf-8")
    line = next(one for one in text.split("\n") if "学法学时台账" in one)
    published_again(text.replace(line, line.replace("、县数据局", "").replace("县数据局、", "")), office, clerk, second)
    gone = Assignment.objects.get(task=task, unit__short_name="县数据局")
    assert gone.ended
    assert set(gone.duties.values_list("state", flat=True)) == {"cancelled"}
    assert not Assignment.objects.filter(task=task, ended=False, unit__short_name="县数据局").exists()


def test_a_task_that_is_left_out_is_asked_for_no_longer(
    published: Plan, office: Unit, clerk: Member, second: Member
) -> None:
    text = EXAMPLE.read_text("utf-8")
    start, end = text.index("24."), text.index("云溪县人民政府", text.index("24."))
    published_again(text[:start] + text[end:], office, clerk, second)
    last = Task.objects.filter(plan=published, wording=None).get()
    assert set(last.duties.values_list("state", flat=True)) == {"cancelled"}
    assert last.wordings.count() == 1, "what it said is still on file"


def test_a_date_that_the_office_moved_stays_moved(published: Plan, office: Unit, clerk: Member, second: Member) -> None:
    task = published.tasks.get(wording__number="4")
    moved = task.duties.order_by("pk")[0]
    reporting.move_due(duty=moved, due=date(2026, 11, 15), by=clerk, reason="等编制文件")
    published_again(changed(("2026年9月底前", "2026年10月底前")), office, clerk, second)
    assert Duty.objects.get(pk=moved.pk).due == date(2026, 11, 15)
    others = task.duties.exclude(pk=moved.pk).exclude(state="cancelled")
    assert set(others.values_list("due", flat=True)) == {date(2026, 10, 31)}


def test_a_unit_that_is_named_again_goes_on_where_it_was(
    published: Plan, office: Unit, clerk: Member, second: Member, of_unit: Find
) -> None:
    task = published.tasks.get(wording__number="2")
    duty = task.duties.get(unit__short_name="县数据局")
    by = of_unit("县数据局", Role.LIAISON_OFFICER)
    reporting.save_draft(duty=duty, text="写了一半", figures={}, by=by)
    text = EXAMPLE.read_text("utf-8")
    line = next(one for one in text.split("\n") if "学法学时台账" in one)
    without = line.replace("、县数据局", "").replace("县数据局、", "")
    published_again(text.replace(line, without), office, clerk, second)
    assert Duty.objects.get(pk=duty.pk).state == "cancelled"
    published_again(text.replace("落实备案审查", "落实好备案审查"), office, clerk, second)
    again = Duty.objects.get(pk=duty.pk)
    assert (again.state, again.dropped, again.reports.get().text) == ("run", False, "写了一半")
