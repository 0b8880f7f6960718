"""What of accounts and roles waits for an administrator, for the desk (``kernel.waiting``)."""

from __future__ import annotations

from collections import Counter
from typing import Final

from django.db.models import QuerySet

from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import today
from zhunsheng.kernel.waiting import Answer, Question, Waiting
from zhunsheng.people.accounts import member_ref
from zhunsheng.people.held import held
from zhunsheng.people.models import Decision, RoleProposal
from zhunsheng.people.scope import GRANTS, Purpose, scope

GROUP: Final = "角色申请"


def answer(question: Question) -> Answer:
    """Roles that somebody else has asked for, for who may give them; three queries at most."""
    if question.pile != "mine" or not any(Purpose.MANAGE_RIGHTS in GRANTS[one.role] for one in held(question.actor)):
        return Answer()
    within = scope(question.actor, Purpose.MANAGE_RIGHTS, today())
    rows = _open(question).filter(within.units("member__unit__"))
    count = rows.count()
    found = Answer(groups=Counter({GROUP: count}), piles=Counter({"mine": count}))
    if question.group in {"", GROUP} and count:
        found.nearness = Counter({"undated": count})
        found.items = [_waiting(one) for one in rows[: question.limit]]
    return found


def _open(question: Question) -> QuerySet[RoleProposal]:
    rows = RoleProposal.objects.filter(decision=Decision.OPEN).exclude(proposed_by_id=question.actor.pk)
    if question.unit is not None:
        rows = rows.filter(member__unit_id=question.unit)
    return rows.select_related("member__person", "member__unit", "unit", "division").order_by("pk")


def _waiting(one: RoleProposal) -> Waiting:
    place = one.unit.short_name if one.unit else one.division.name if one.division else ""
    return Waiting(
        ref=member_ref(one.member),
        to_do=f"申请角色：{one.get_role_display()}（{place}）",
        verb="批",
        url=reverse("desk:account_of", args=[one.member_id]),
        group=GROUP,
        origin=one.member.unit_name,
        due=None,
    )
