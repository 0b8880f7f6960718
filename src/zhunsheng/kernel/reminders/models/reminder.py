"""One reminder to one person about one thing at one level. A row that is there is never made again."""

from __future__ import annotations

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhunsheng.kernel.now import now
from zhunsheng.kernel.refs import Ref


class Level(models.TextChoices):
    """How pressing it is; each level is a step up from the one before."""

    NOTICE = "notice", "提示"
    YELLOW = "yellow", "黄"
    ORANGE = "orange", "橙"
    RED = "red", "红"
    ESCALATED = "escalated", "升级"


LEVEL_ORDER: Final = {level: order for order, level in enumerate(Level.values)}


class Reminder(models.Model):
    """催办: stored, shown in the application until it is seen, and the source of what the outbox sends.

    ``due`` is the day that it speaks of, ``raised_on`` the day on which it was made, ``batch`` the run that made it.
    ``done_at``: the thing is settled, or a higher level took its place; nothing more is sent for it.
    """

    key = models.CharField("唯一标识", max_length=255, unique=True)
    kind = models.CharField("种类", max_length=64)
    subject_kind = models.CharField("事项类别", max_length=64)
    subject_key = models.CharField("事项编号", max_length=64)
    subject_label = models.CharField("事项名称", max_length=300)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提醒谁", on_delete=models.PROTECT, related_name="reminders"
    )
    level = models.CharField("级别", max_length=16, choices=Level.choices)
    text = models.CharField("内容", max_length=500)
    url = models.CharField("打开", max_length=300)
    due = models.DateField("截止日期")
    raised_on = models.DateField("提醒日期")
    batch = models.UUIDField("生成批次")
    created_at = models.DateTimeField("生成时间", default=now)
    seen_at = models.DateTimeField("看过时间", null=True, blank=True)
    done_at = models.DateTimeField("了结时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "催办"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(level__in=Level.values),
                name="reminder_level_known",
                violation_error_message="级别不在规定的范围内。",
            ),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(text=""), name="reminder_filled", violation_error_message="不能为空。"
            ),
            models.CheckConstraint(
                condition=Q(url__startswith="/") & ~Q(url__startswith="//"),
                name="reminder_url_is_a_path",
                violation_error_message="打开的地址应当是本站的路径。",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["recipient", "-created_at"], name="reminder_of_recipient"),
            models.Index(fields=["subject_kind", "subject_key"], name="reminder_of_subject"),
            models.Index(fields=["batch"], name="reminder_of_batch"),
            models.Index(
                fields=["recipient"], condition=Q(seen_at__isnull=True, done_at__isnull=True), name="reminder_unseen"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def subject(self) -> Ref:
        """The record that it is about, as it was called that day."""
        return Ref(self.subject_kind, self.subject_key, self.subject_label)
