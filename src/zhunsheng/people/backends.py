"""Who may sign in: members whose account is enabled and has not expired."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from zhunsheng.kernel.now import today
from zhunsheng.kernel.prepared import prepared
from zhunsheng.people.accounts import account_of
from zhunsheng.people.models import Member


class MemberBackend(ModelBackend):
    """User name and password against ``Member``; asked again on every request, so that disabling works at once."""

    def user_can_authenticate(self, user: Member | AnonymousUser | None) -> bool:
        """Enabled, and before the day on which the account expires."""
        return isinstance(user, Member) and usable(user)

    def get_user(self, user_id: int) -> Member | None:
        """The member of a session; ``None`` if they may not be here."""
        return usable_member(user_id)


def usable_member(pk: int) -> Member | None:
    """The member of that number with all that a page needs, in one query; ``None`` whose account does not let them in."""
    found = next(iter(_members(pk)), None)
    return found if found is not None and usable(found) else None


@prepared
def _members(pk: int) -> QuerySet[Member]:
    return Member.objects.select_related("person", "unit__division", "account").filter(pk=pk)


def usable(member: Member) -> bool:
    """Whether the account lets its member in today."""
    expires_on = account_of(member).expires_on
    return member.is_active and (expires_on is None or today() < expires_on)
