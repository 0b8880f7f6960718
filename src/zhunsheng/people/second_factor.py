"""动态口令: a second step at sign-in by an authenticator (RFC 6238), with recovery codes for a lost one."""

from __future__ import annotations

import base64
import secrets
from typing import Final

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal import change
from zhunsheng.kernel.now import now, unmoved
from zhunsheng.people.accounts import member_ref
from zhunsheng.people.models import Member, RecoveryCode, SecondFactor

STEP: Final = 30
"""Seconds for which a code stands."""
TOLERANCE: Final = 1
"""Steps by which the authenticator's clock may differ."""
CODES: Final = 10
ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"


def enabled(member: Member) -> bool:
    """Whether the member signs in with a second step."""
    return SecondFactor.objects.filter(member=member, confirmed_at__isnull=False).exists()


def prepare(*, by: Actor, member: Member) -> str:
    """Make a new secret, not in force until a code confirms it; the address (``otpauth:``) that the QR code carries."""
    with change(by, "准备动态口令", about=[member_ref(member)]):
        if enabled(member):
            raise Refused("second_factor_on", "动态口令已经启用。要换手机，请安全管理员先停用。")
        secret = pyotp.random_base32()
        SecondFactor.objects.update_or_create(
            member=member, defaults={"secret": _box().encrypt(secret.encode()).decode(), "last_step": 0}
        )
    return provisioning(member)


def provisioning(member: Member) -> str:
    """The address of the secret that has been prepared, "" where there is none to show."""
    factor = SecondFactor.objects.filter(member=member, confirmed_at__isnull=True).first()
    secret = _secret(factor) if factor else ""
    return pyotp.TOTP(secret).provisioning_uri(name=member.username, issuer_name="准绳") if secret else ""


def confirm(*, by: Actor, member: Member, code: str) -> list[str]:
    """Put the prepared secret into force with a first code; the recovery codes, which are shown this once.

    Raises ``Refused("code")`` for a code that does not fit.
    """
    with change(by, "启用动态口令", about=[member_ref(member)]):
        factor = SecondFactor.objects.select_for_update().filter(member=member, confirmed_at__isnull=True).first()
        step = _step(factor, code) if factor else None
        if factor is None or step is None:
            raise Refused("code", "动态口令对不上。请看手机上现在的六位数，手机的时间也要准。")
        factor.confirmed_at, factor.last_step = now(), step
        factor.save(update_fields=["confirmed_at", "last_step"])
        return _recovery_codes(member)


def verify(*, by: Actor, member: Member, code: str) -> bool:
    """Whether a code lets the member in: the authenticator's, each once, or a recovery code not used before."""
    with change(by, "核对动态口令", about=[member_ref(member)]):
        factor = SecondFactor.objects.select_for_update().filter(member=member, confirmed_at__isnull=False).first()
        if factor is None:
            return False
        step = _step(factor, code)
        if step is None:
            return _use_recovery_code(member, code)
        factor.last_step = step
        factor.save(update_fields=["last_step"])
        return True


def disable(*, by: Actor, member: Member) -> None:
    """停用: forget secret and recovery codes (a lost telephone); the member may enrol again."""
    with change(by, "停用动态口令", about=[member_ref(member)]):
        RecoveryCode.objects.filter(member=member).delete()
        SecondFactor.objects.filter(member=member).delete()


def codes_left(member: Member) -> int:
    """Recovery codes not used yet."""
    return RecoveryCode.objects.filter(member=member, used_at__isnull=True).count()


def _step(factor: SecondFactor, code: str) -> int | None:
    """The time step that a code stands for, if it is later than the last one used: no code is taken twice."""
    secret, typed = _secret(factor), "".join(code.split())
    if not secret or len(typed) != 6:
        return None
    present = int(unmoved().timestamp()) // STEP
    for step in range(present - TOLERANCE, present + TOLERANCE + 1):
        if step > factor.last_step and constant_time_compare(pyotp.HOTP(secret).at(step), typed):
            return step
    return None


def _recovery_codes(member: Member) -> list[str]:
    RecoveryCode.objects.filter(member=member).delete()
    made = ["".join(secrets.choice(ALPHABET) for _ in range(10)) for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(member=member, digest=_digest(member, code)) for code in made)
    return [f"{code[:5]}-{code[5:]}" for code in made]


def _use_recovery_code(member: Member, code: str) -> bool:
    digest = _digest(member, "".join(c for c in code.lower() if c in ALPHABET))
    unused = RecoveryCode.objects.select_for_update().filter(member=member, digest=digest, used_at__isnull=True)
    found = unused.first()
    if found is None:
        return False
    found.used_at = now()
    found.save(update_fields=["used_at"])
    return True


def _digest(member: Member, code: str) -> str:
    """A keyed digest: 49 random bits under a key that is not in the database need no slow hash."""
    return salted_hmac("zhunsheng.recovery", f"{member.pk}:{code}", algorithm="sha256").hexdigest()


def _secret(factor: SecondFactor) -> str:
    """The secret in clear, "" where SECRET_KEY is no longer the one that it was stored under."""
    try:
        return _box().decrypt(factor.secret.encode()).decode()
    except InvalidToken:
        return ""


def _box() -> Fernet:
    """The cipher under a key derived from SECRET_KEY, for this use alone."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"zhunsheng.second_factor").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(key))
