"""Secret addresses of calendar feeds. Only the digest is kept: who reads the database cannot subscribe."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhunsheng.kernel.now import now


class FeedToken(models.Model):
    """日历订阅地址 of one member; at most one holds at a time."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="成员", on_delete=models.PROTECT, related_name="feed_tokens"
    )
    digest = models.CharField("地址摘要", max_length=64, unique=True)
    created_at = models.DateTimeField("生成时间", default=now)
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)

    journal_redacted: ClassVar = ("digest",)

    class Meta:
        verbose_name = verbose_name_plural = "日历订阅地址"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(revoked_at__isnull=True),
                name="feedtoken_one_at_a_time",
                violation_error_message="已有一个在用的订阅地址。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.created_at:%Y-%m-%d}"
