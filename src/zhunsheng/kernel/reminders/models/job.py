"""The jobs of the worker: who runs each now, and for which turn it was last done."""

from __future__ import annotations

from django.db import models


class Job(models.Model):
    """定时任务: ``done_slot`` is the turn that was last finished, ``slot`` the one in hand; ``token`` is the claim."""

    name = models.CharField("名称", max_length=64, unique=True)
    slot = models.CharField("在办的一轮", max_length=32, blank=True)
    done_slot = models.CharField("办完的一轮", max_length=32, blank=True)
    token = models.UUIDField("领取凭据", null=True, blank=True)
    leased_by = models.CharField("由谁在办", max_length=100, blank=True)
    leased_until = models.DateTimeField("领取到", null=True, blank=True)
    started_at = models.DateTimeField("最近开始", null=True, blank=True)
    ended_at = models.DateTimeField("最近办完", null=True, blank=True)
    problem = models.CharField("最近的问题", max_length=300, blank=True)

    journal_exempt = "what the worker is doing, not a record"

    class Meta:
        verbose_name = verbose_name_plural = "定时任务"

    def __str__(self) -> str:
        return self.name
