"""Supervision orders of the demo: one closed, one escalated to a talk, one that waits to be signed for."""

from __future__ import annotations

from datetime import date, timedelta

from zhunsheng.kernel import now
from zhunsheng.kernel.clock import calendar
from zhunsheng.kernel.evidence.actions import store
from zhunsheng.kernel.matter import actions, proposals
from zhunsheng.kernel.matter.models import Matter
from zhunsheng.people.models import Member, Role
from zhunsheng.programmes.plans.example.year import CLERK, HEAD
from zhunsheng.programmes.plans.models import Duty
from zhunsheng.programmes.plans.refs import owed, ref_of_duty
from zhunsheng.programmes.plans.states import WITH_UNIT

KIND = "supervision_order"


def build(day: date) -> int:
    """Press for units that are late on ``day``; how many orders there are now. Nothing where there are any."""
    late = _late(day)
    if Matter.objects.exists() or not late:
        return Matter.objects.count()
    stories = ((_closed, 45), (_escalated, 30), (_fresh, 1))
    for duty, (story, ago) in zip(late, stories, strict=False):
        story(duty, day - timedelta(days=ago))
    return Matter.objects.count()


def _late(day: date) -> list[Duty]:
    """The longest late duty of each unit that has one and people to answer for it; the office does not press itself."""
    rows = Duty.objects.filter(state__in=WITH_UNIT, due__lt=day, unit__roles__role=Role.LIAISON_OFFICER)
    found: dict[int, Duty] = {}
    rows = rows.exclude(unit=_member(CLERK).unit)
    for duty in rows.select_related("task__wording", "occurrence", "unit").order_by("due", "pk"):
        found.setdefault(duty.unit_id, duty)
    return list(found.values())


def _member(username: str) -> Member:
    return Member.objects.select_related("person", "unit__division").get(username=username)


def _liaison(duty: Duty) -> Member:
    held = Member.objects.select_related("person", "unit").filter(
        roles__unit=duty.unit, roles__role=Role.LIAISON_OFFICER
    )
    return held.order_by("pk")[0]


def _worked(day: date) -> date:
    """The last working day up to ``day``."""
    known = calendar.load()
    return next(one for ago in range(30) if known.works(one := day - timedelta(days=ago)))


def _drafted(duty: Duty, day: date) -> Matter:
    """Drafted on a day; the head has not issued it yet."""
    clerk = _member(CLERK)
    with now.on(_worked(day)):
        return actions.open(
            kind=KIND,
            origins=[ref_of_duty(duty)],
            unit_id=duty.unit_id,
            issuer_id=clerk.unit_id,
            title=f"关于补报“{duty.task.wording.title if duty.task.wording else duty.task}”的督办",
            demands=f"{owed(duty)}请办结后附佐证材料报告。",
            by=clerk,
        )


def _fresh(duty: Duty, day: date) -> Matter:
    """Issued on a day, not signed for yet."""
    matter = _drafted(duty, day)
    with now.on(_worked(day)):
        return actions.issue(matter=matter, by=_member(HEAD))


def _answered(duty: Duty, day: date) -> Matter:
    """Signed for, answered with evidence; the office has to check it."""
    matter, unit = _fresh(duty, day), _liaison(duty)
    with now.on(_worked(day + timedelta(days=2))):
        actions.sign(matter=matter, by=unit)
    with now.on(_worked(day + timedelta(days=6))):
        text = f"{duty.unit}办理情况：已补办并登记台账。\n".encode()
        piece = store(data=text, name="办理情况说明.txt", unit_id=duty.unit_id, not_secret=True, by=unit).evidence
        actions.answer(matter=matter, text="已补办，台账已登记，说明附后。", evidence=[piece], by=unit)
    return Matter.objects.get(pk=matter.pk)


def _closed(duty: Duty, day: date) -> Matter:
    """Signed for, answered with evidence, checked and struck off."""
    matter = _answered(duty, day)
    with now.on(_worked(day + timedelta(days=8))):
        return actions.close(matter=matter, opinion="经核查属实，同意销号。", by=_member(CLERK))


def _escalated(duty: Duty, day: date) -> Matter:
    """Signed for, never answered; the head is called in for a talk."""
    matter = _fresh(duty, day)
    with now.on(_worked(day + timedelta(days=2))):
        actions.sign(matter=matter, by=_liaison(duty))
    with now.on(_worked(day + timedelta(days=25))):
        talk = proposals.propose(
            matter=matter,
            what="talk",
            reason="逾期未报办理情况，催办两次没有回音。",
            where="县委依法治县办三楼会议室，12月1日9时",
            by=_member(CLERK),
        )
        proposals.decide(proposal=talk, decision="approve", by=_member(HEAD))
    return Matter.objects.get(pk=matter.pk)
