"""口令: what a password must be, judged by the policy in force; one Django validator, so that no way leads past it."""

from __future__ import annotations

import secrets
import string
from typing import Final, cast

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from zhunsheng.people import policy
from zhunsheng.people.models import Member
from zhunsheng.people.models.account import FormerPassword
from zhunsheng.people.policy import Policy

SYMBOLS: Final = "!#%+-=?@_"
# Without letters and digits that are taken for each other when read from paper.
READABLE: Final = (
    "".join(set(string.ascii_lowercase) - set("lo")),
    "".join(set(string.ascii_uppercase) - set("IO")),
    "".join(set(string.digits) - set("01")),
    SYMBOLS,
)


def kinds(password: str) -> int:
    """How many of the four kinds occur: small letters, capitals, digits, anything else."""
    small = any(c in string.ascii_lowercase for c in password)
    capital = any(c in string.ascii_uppercase for c in password)
    digit = any(c in string.digits for c in password)
    other = any(c not in string.ascii_letters + string.digits for c in password)
    return small + capital + digit + other


def pieces(username: str, length: int) -> set[str]:
    """Every run of so many characters of a user name, in lower case."""
    name = username.lower()
    return {name[i : i + length] for i in range(len(name) - length + 1)}


def problems(password: str, username: str, rules: Policy) -> list[str]:
    """What is wrong with a password, each as a Chinese sentence; none if it may be used."""
    found = []
    if len(password) < rules.min_length:
        found.append(f"太短，至少 {rules.min_length} 个字符。")
    if kinds(password) < rules.kinds:
        found.append(f"大写字母、小写字母、数字、其他符号四类里至少要有 {rules.kinds} 类。")
    if any(piece in password.lower() for piece in pieces(username, rules.name_piece)):
        found.append(f"不能含有账号里连续 {rules.name_piece} 个字符。")
    return found


class PolicyValidator:
    """For ``AUTH_PASSWORD_VALIDATORS``: the policy's rules, and that the last few passwords are not used again."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ``ValidationError`` with one sentence for each rule that is broken."""
        rules = policy.current()
        member = user if isinstance(user, Member) else None
        found = problems(password, member.username if member else "", rules)
        if member is not None and not found and used_before(password, member, rules.remembered):
            found.append(f"不能与最近 {rules.remembered} 次用过的口令相同。")
        if found:
            raise ValidationError([ValidationError(text, code="password_policy") for text in found])

    def get_help_text(self) -> str:
        """The rules in one sentence, for forms."""
        return wording(policy.current())


def wording(rules: Policy) -> str:
    """The rules in one sentence."""
    return (
        f"至少 {rules.min_length} 个字符，大写字母、小写字母、数字、其他符号至少 {rules.kinds} 类，"
        f"不含账号里连续 {rules.name_piece} 个字符，不与最近 {rules.remembered} 次用过的相同"
    )


def used_before(password: str, member: Member, count: int) -> bool:
    """Whether the member's present password or one of the last ``count`` is this one."""
    if cast("int | None", member.pk) is None:
        return False
    former = FormerPassword.objects.filter(member=member).order_by("-pk").values_list("password", flat=True)[:count]
    return any(check_password(password, encoded) for encoded in {*former, member.password})


def one_time(username: str) -> str:
    """A random password that the policy admits, easy to read aloud; to be changed when it is first used."""
    rules = policy.current()
    while True:
        made = "".join(secrets.choice("".join(READABLE)) for _ in range(max(rules.min_length, 12)))
        if kinds(made) == 4 and not problems(made, username, rules):
            return made
