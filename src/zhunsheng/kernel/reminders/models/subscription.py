"""Where a person wants reminders sent, beside the application itself."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhunsheng.kernel.now import now


class Channel(models.TextChoices):
    """The ways out of the house."""

    MAIL = "mail", "电子邮件"
    WECOM = "wecom", "企业微信机器人"
    DINGTALK = "dingtalk", "钉钉机器人"


class Mode(models.TextChoices):
    """All lines of a day in one message, or each at once."""

    DIGEST = "digest", "每天一封"
    IMMEDIATE = "immediate", "随到随发"


class Subscription(models.Model):
    """推送设置: one channel of one member. ``address`` is a mail address, or the whole webhook address with its key.

    ``secret`` signs what goes to 钉钉; ``plain`` asks a robot for text instead of markdown.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="成员", on_delete=models.PROTECT, related_name="subscriptions"
    )
    channel = models.CharField("渠道", max_length=16, choices=Channel.choices)
    address = models.CharField("地址", max_length=500)
    secret = models.CharField("加签密钥", max_length=200, blank=True)
    mode = models.CharField("方式", max_length=16, choices=Mode.choices, default=Mode.DIGEST)
    plain = models.BooleanField("只发纯文字", default=False)
    is_on = models.BooleanField("开启", default=True)
    created_at = models.DateTimeField("设置时间", default=now)

    # A robot's address carries its key.
    journal_redacted: ClassVar = ("address", "secret")

    class Meta:
        verbose_name = verbose_name_plural = "推送设置"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values),
                name="subscription_channel_known",
                violation_error_message="渠道不在规定的范围内。",
            ),
            models.CheckConstraint(
                condition=Q(mode__in=Mode.values),
                name="subscription_mode_known",
                violation_error_message="方式不在规定的范围内。",
            ),
            models.CheckConstraint(
                condition=~Q(address=""), name="subscription_address_filled", violation_error_message="不能为空。"
            ),
            models.UniqueConstraint(
                fields=["member", "channel", "address"],
                name="subscription_once",
                violation_error_message="这个地址已经设置过。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.shown_address}"

    @property
    def shown_address(self) -> str:
        """The address for the screen: the key of a robot stays hidden."""
        if self.channel == Channel.MAIL:
            return self.address
        head, _, key = self.address.rpartition("=")
        return f"{head}=…{key[-4:]}"
