from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.programmes.plans.actions.test_reporting import duty_of, prove, typed
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal.reading import history
from zhunsheng.people.models import Member, Role
from zhunsheng.programmes.plans.actions import bulk, reporting
from zhunsheng.programmes.plans.models import Duty, Plan
from zhunsheng.programmes.plans.refs import ref_of_duty

Find = Callable[[str, Role], Member]


def versions(duties: list[Duty]) -> dict[int, int]:
    """As a preview shows them now."""
    return dict(Duty.objects.filter(pk__in=[one.pk for one in duties]).values_list("pk", "version"))


@pytest.fixture
def waiting(published: Plan, of_unit: Find) -> list[Duty]:
    """任务 3 has no lead: two townships whose heads have confirmed, so that the office has the next move."""
    found = []
    for town in ("白石镇", "青塘镇"):
        duty = duty_of(published, "3", town)
        liaison = of_unit(town, Role.LIAISON_OFFICER)
        reporting.save_draft(duty=duty, text="旁听一次", figures=typed(duty), by=liaison)
        prove(duty, liaison)
        reporting.submit(duty=duty, by=liaison)
        found.append(reporting.confirm(duty=duty, by=of_unit(town, Role.UNIT_HEAD)))
    return found


def test_the_preview_changes_nothing_and_says_what_would(waiting: list[Duty], clerk: Member, published: Plan) -> None:
    idle = duty_of(published, "3", "柳河镇")
    seen = bulk.preview(duties=dict.fromkeys([*(one.pk for one in waiting), idle.pk]), action="accept", by=clerk)
    assert {one.duty.unit.short_name: (one.target, bool(one.refusal)) for one in seen} == {
        "白石镇": ("已办结", False), "青塘镇": ("已办结", False), "柳河镇": ("", True),
    }  # fmt: skip
    assert set(Duty.objects.filter(pk__in=[one.pk for one in waiting]).values_list("state", flat=True)) == {"office"}


def test_all_are_done_and_each_has_its_own_entry(waiting: list[Duty], clerk: Member) -> None:
    done = bulk.carry_out(duties=versions(waiting), action="accept", by=clerk)
    assert {one.state for one in done} == {"done"}
    for duty in done:
        assert history(ref_of_duty(duty))[0].action == "确认"


def test_one_that_cannot_be_done_keeps_all_back(waiting: list[Duty], clerk: Member, published: Plan) -> None:
    idle = duty_of(published, "3", "柳河镇")
    with pytest.raises(Refused, match="没有办任何一件"):
        bulk.carry_out(duties=versions([*waiting, idle]), action="accept", by=clerk)
    assert set(Duty.objects.filter(pk__in=[one.pk for one in waiting]).values_list("state", flat=True)) == {"office"}


def test_pausing_wants_a_reason(waiting: list[Duty], clerk: Member) -> None:
    chosen = versions(waiting)
    with pytest.raises(Refused):
        bulk.carry_out(duties=chosen, action="pause", by=clerk)
    done = bulk.carry_out(duties=chosen, action="pause", by=clerk, reason="等上级文件")
    assert {one.state for one in done} == {"paused"}


@pytest.mark.parametrize(("duties", "action"), [([], "accept"), (list(range(501)), "accept"), ([1], "delete")])
def test_none_too_many_and_unknown_steps_are_refused(
    published: Plan, clerk: Member, duties: list[int], action: str
) -> None:
    with pytest.raises(Refused):
        bulk.preview(duties=dict.fromkeys(duties), action=action, by=clerk)


def test_what_somebody_may_not_see_is_not_even_previewed(waiting: list[Duty], of_unit: Find) -> None:
    stranger = of_unit("柳河镇", Role.LIAISON_OFFICER)
    assert bulk.preview(duties={**versions(waiting)}, action="accept", by=stranger) == []


@pytest.mark.parametrize("action", ["accept", "pause"])
def test_what_was_submitted_anew_since_the_preview_is_not_done_unread(
    waiting: list[Duty], clerk: Member, of_unit: Find, action: str
) -> None:
    shown = versions(waiting)
    changed, other = waiting
    reporting.send_back(duty=changed, by=clerk, reason="缺签到表")
    unit = changed.unit.short_name
    reporting.submit(duty=changed, by=of_unit(unit, Role.LIAISON_OFFICER))
    reporting.confirm(duty=changed, by=of_unit(unit, Role.UNIT_HEAD))
    assert Duty.objects.get(pk=changed.pk).state == "office", "the state alone would not show it"
    with pytest.raises(Refused, match=r"没有办任何一件.*列出来以后又有改动"):
        bulk.carry_out(duties=shown, action=action, by=clerk, reason="等文件")
    assert set(Duty.objects.filter(pk__in=shown).values_list("state", flat=True)) == {"office"}
    again = bulk.preview(duties={**shown}, action=action, by=clerk, reason="等文件")
    assert [one.duty.pk for one in again if not one.refusal] == [other.pk], "the rest can be done"
