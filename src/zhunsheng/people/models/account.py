"""What belongs to a member's way in: the state of the password, earlier ones, the second factor."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from zhunsheng.people.models import checks
from zhunsheng.people.models.member import Member


class Account(models.Model):
    """账号: what the sign-in must know of a member beyond name and password. A missing row means its defaults."""

    member = models.OneToOneField(
        Member, verbose_name="成员", on_delete=models.PROTECT, related_name="account", primary_key=True
    )
    must_change = models.BooleanField("下次登录要改口令", default=True)
    password_set_at = models.DateTimeField("口令设定时间", null=True, blank=True)
    expires_on = models.DateField("账号失效日期", null=True, blank=True)
    large = models.BooleanField("大字", default=False)
    dark = models.BooleanField("深色", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "账号"

    def __str__(self) -> str:
        return str(self.member)


class FormerPassword(models.Model):
    """用过的口令: hashes of the last few passwords, so that none of them is used again."""

    member = models.ForeignKey(Member, verbose_name="成员", on_delete=models.PROTECT, related_name="former_passwords")
    password = models.CharField("口令（散列）", max_length=128)
    set_at = models.DateTimeField("设定时间")

    journal_redacted: ClassVar = ("password",)

    class Meta:
        verbose_name = verbose_name_plural = "用过的口令"
        constraints: ClassVar = [checks.filled("password", "formerpassword_password_filled")]

    def __str__(self) -> str:
        return f"{self.member} {self.set_at:%Y-%m-%d}"


class SecondFactor(models.Model):
    """动态口令: the secret of a member's authenticator, encrypted; it counts once a first code has confirmed it."""

    member = models.OneToOneField(
        Member, verbose_name="成员", on_delete=models.PROTECT, related_name="second_factor", primary_key=True
    )
    secret = models.CharField("密钥（加密）", max_length=255)
    confirmed_at = models.DateTimeField("启用时间", null=True, blank=True)
    last_step = models.BigIntegerField("最近用过的时间步", default=0)

    journal_redacted: ClassVar = ("secret",)

    class Meta:
        verbose_name = verbose_name_plural = "动态口令"
        constraints: ClassVar = [checks.filled("secret", "secondfactor_secret_filled")]

    def __str__(self) -> str:
        return str(self.member)


class RecoveryCode(models.Model):
    """恢复码: the digest of a code that stands in for the authenticator once."""

    member = models.ForeignKey(Member, verbose_name="成员", on_delete=models.PROTECT, related_name="recovery_codes")
    digest = models.CharField("恢复码（散列）", max_length=64)
    used_at = models.DateTimeField("用掉的时间", null=True, blank=True)

    journal_redacted: ClassVar = ("digest",)

    class Meta:
        verbose_name = verbose_name_plural = "恢复码"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member", "digest"], name="recoverycode_once", violation_error_message="恢复码重复。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {'已用' if self.used_at else '未用'}"


class SimulatedClock(models.Model):
    """演示的时钟: by how many days the demo's today is ahead of the real one. One row, in a demo database only."""

    id = models.PositiveSmallIntegerField("编号", primary_key=True, default=1)
    days = models.IntegerField("快几天", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "演示的时钟"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(id=1), name="simulatedclock_only_one", violation_error_message="只有一个时钟。"
            ),
            models.CheckConstraint(
                condition=models.Q(days__gte=-3660, days__lte=3660),
                name="simulatedclock_within_ten_years",
                violation_error_message="时钟最多拨前或者拨后十年。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days:+d} 天"
