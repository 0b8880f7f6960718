"""Whom this database serves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhunsheng.kernel.now import now
from zhunsheng.people.models.division import Division


class Installation(models.Model):
    """The one row that says which county or prefecture this database serves, and whether it is the demo's."""

    id = models.PositiveSmallIntegerField("编号", primary_key=True, default=1)
    division = models.OneToOneField(
        Division, verbose_name="区划", on_delete=models.PROTECT, related_name="installation"
    )
    is_demo = models.BooleanField("演示", default=False)
    founded_at = models.DateTimeField("建立时间", default=now)

    class Meta:
        verbose_name = verbose_name_plural = "本系统"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(id=1), name="installation_only_one", violation_error_message="一套系统只服务一个县或者市。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division}（演示）" if self.is_demo else str(self.division)
