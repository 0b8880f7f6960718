"""锁定: how often an account may still be tried, and until when it is locked. django-axes counts.

The count is kept for user names, whether such an account exists or not, so that it gives nothing away.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.db.models import Max, Sum
from django.http import HttpRequest

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import unmoved
from zhunsheng.people import policy
from zhunsheng.people.accounts import member_ref
from zhunsheng.people.models import Member


def failures(username: str) -> int:
    """Failed attempts that still count against a user name."""
    counted = AccessAttempt.objects.filter(username=username, attempt_time__range=counting())
    total: int | None = counted.aggregate(total=Sum("failures_since_start"))["total"]
    return total or 0


def left(username: str) -> int:
    """How many attempts are left; 0 for a locked user name."""
    return max(0, policy.current().failures - failures(username))


def locked(usernames: Collection[str] | None = None) -> dict[str, datetime]:
    """Which of the user names (``None``: of all) are locked, and until when; one query."""
    rules = policy.current()
    asked = AccessAttempt.objects.all() if usernames is None else AccessAttempt.objects.filter(username__in=usernames)
    rows = (
        asked.filter(attempt_time__range=counting())
        .order_by()
        .values("username")
        .annotate(total=Sum("failures_since_start"), last=Max("attempt_time"))
        .filter(total__gte=rules.failures)
    )
    return {row["username"]: row["last"] + timedelta(minutes=rules.lock_minutes) for row in rows}


def unlock(*, by: Actor, member: Member) -> None:
    """解锁: forget the failed attempts on a member's account."""
    with change(by, "解锁账号", about=[member_ref(member)]):
        AccessAttempt.objects.filter(username=member.username).delete()


def counting() -> tuple[datetime, datetime]:
    """Between which instants an attempt counts. One further ahead was made by a clock that has been set back since."""
    lock = timedelta(minutes=policy.current().lock_minutes)
    return unmoved() - lock, unmoved() + lock


class Handler(AxesDatabaseHandler):  # type: ignore[misc]
    """django-axes, counting as we do (``AXES_HANDLER``): it would let an attempt of tomorrow lock until the day after."""

    def get_user_attempts(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> list[Any]:
        """Lists of the attempts that count."""
        found = super().get_user_attempts(request, credentials)
        return [attempts.filter(attempt_time__range=counting()) for attempts in found]
