"""账号: what a member changes of their own account, and what the sign-in asks about it."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ObjectDoesNotExist, ValidationError

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import now
from zhunsheng.kernel.refs import Ref
from zhunsheng.people import policy
from zhunsheng.people.models import Account, FormerPassword, Member

FIRST = "first"
EXPIRED = "expired"


def member_ref(member: Member) -> Ref:
    """A link to a member."""
    return Ref("people.member", str(member.pk), member.full_name)


def canonical(username: str) -> str:
    """A user name as typed, as it is stored: half width, lower case, no blanks; what cannot be one is cut short."""
    return unicodedata.normalize("NFKC", username.replace("\0", "")).strip().lower()[:64].rstrip()


def account_of(member: Member) -> Account:
    """The member's account, or an unsaved one with the defaults."""
    try:
        return member.account
    except ObjectDoesNotExist:
        return Account(member=member)


def locked_account(member: Member) -> Account:
    """The member's account, stored, and locked until the transaction ends."""
    Account.objects.get_or_create(member=member)
    return Account.objects.select_for_update().get(member=member)


def why_change(member: Member) -> str:
    """Why the password must be changed before anything else: ``FIRST`` (new or reset), ``EXPIRED``, or ""."""
    account = account_of(member)
    if account.must_change or account.password_set_at is None:
        return FIRST
    oldest = now() - timedelta(days=policy.current().max_age_days)
    return EXPIRED if account.password_set_at < oldest else ""


def change_password(*, by: Actor, member: Member, new: str) -> None:
    """Set the member's own new password; the caller has checked the old one. Raises ``Refused("password")``."""
    try:
        validate_password(new, member)
    except ValidationError as error:
        raise Refused("password", "新口令" + "".join(error.messages)) from error
    with change(by, "改口令", about=[member_ref(member)]):
        store_password(member, new, must_change=False)


def store_password(member: Member, new: str, *, must_change: bool) -> None:
    """Store a password that has been checked, and remember the one that it replaces. Inside a change only."""
    account = locked_account(member)
    stored = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if stored.has_usable_password():
        FormerPassword.objects.create(member=stored, password=stored.password, set_at=account.password_set_at or now())
    _forget(stored, keep=policy.current().remembered)
    member.set_password(new)
    member.save(update_fields=["password"])
    account.must_change, account.password_set_at = must_change, now()
    account.save(update_fields=["must_change", "password_set_at"])
    member.account = account


def _forget(member: Member, keep: int) -> None:
    """Only as many former passwords as the policy compares are kept."""
    kept = FormerPassword.objects.filter(member=member).order_by("-pk").values_list("pk", flat=True)[:keep]
    FormerPassword.objects.filter(member=member).exclude(pk__in=list(kept)).delete()


def show(*, by: Actor, member: Member, large: bool, dark: bool) -> None:
    """Keep how the member wants the pages to look: 大字, 深色."""
    with change(by, "改显示方式", about=[member_ref(member)]):
        account = locked_account(member)
        account.large, account.dark = large, dark
        account.save(update_fields=["large", "dark"])
