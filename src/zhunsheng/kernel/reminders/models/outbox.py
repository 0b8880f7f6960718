"""What is to be sent, and how far each message has come. docs/decisions/0017-reminders.md explains the states."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhunsheng.kernel.now import now
from zhunsheng.kernel.reminders.models.subscription import Channel, Subscription


class State(models.TextChoices):
    """How far a message has come."""

    WAITING = "waiting", "待发"
    CLAIMED = "claimed", "在发"
    HANDING = "handing", "正在交出"
    SENT = "sent", "已交出"
    DROPPED = "dropped", "无须再发"
    FAILED = "failed", "没有送到"
    UNCERTAIN = "uncertain", "说不准"


class OutboxMessage(models.Model):
    """待发消息: made in the transaction that made its reminders.

    ``claimed``: a worker prepares it, nothing that counts has left. ``handing``: its last bytes may have left.
    ``token`` is the claim: whoever holds another one may not go on. ``dedupe`` names the message to its receiver.
    ``payload``: {"lines": [{"reminder", "level", "text", "url", "due"}]}.
    """

    subscription = models.ForeignKey(
        Subscription, verbose_name="推送设置", on_delete=models.PROTECT, related_name="messages"
    )
    channel = models.CharField("渠道", max_length=16, choices=Channel.choices)
    address = models.CharField("地址", max_length=500)
    payload = models.JSONField("内容")
    day = models.DateField("提醒日期")
    dedupe = models.UUIDField("消息编号", unique=True, default=uuid.uuid4)
    state = models.CharField("状态", max_length=16, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    next_try = models.DateTimeField("下次发送")
    token = models.UUIDField("领取凭据", null=True, blank=True)
    leased_by = models.CharField("由谁在发", max_length=100, blank=True)
    leased_until = models.DateTimeField("领取到", null=True, blank=True)
    created_at = models.DateTimeField("生成时间", default=now)
    sent_at = models.DateTimeField("交出时间", null=True, blank=True)
    problem = models.CharField("问题", max_length=300, blank=True)

    # A robot's address carries its key.
    journal_redacted: ClassVar = ("address",)

    class Meta:
        verbose_name = verbose_name_plural = "待发消息"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="outbox_state_known",
                violation_error_message="状态不在规定的范围内。",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False) | ~Q(state=State.SENT) & Q(sent_at__isnull=True),
                name="outbox_sent_has_its_time",
                violation_error_message="已交出的消息应当有交出时间。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.CLAIMED, State.HANDING])
                | Q(token__isnull=False, leased_until__isnull=False),
                name="outbox_claim_is_held",
                violation_error_message="在发的消息应当有领取凭据。",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try"],
                condition=Q(state__in=[State.WAITING, State.CLAIMED, State.HANDING]),
                name="outbox_to_do",
            ),
            models.Index(fields=["subscription", "day", "state"], name="outbox_of_day"),
            models.Index(fields=["address", "sent_at"], name="outbox_rate"),
            models.Index(
                fields=["created_at"],
                condition=Q(state__in=[State.FAILED, State.UNCERTAIN]),
                name="outbox_to_look_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.dedupe}"
