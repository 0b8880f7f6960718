"""The working-day calendar 工作日历: what notices and the county say of single days."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q


class CalendarDay(models.Model):
    """One day of which something is said, in a region (a division code; "" for the whole country)."""

    region = models.CharField("地区", max_length=12, blank=True, default="")
    day = models.DateField("日期")
    works = models.BooleanField("上班")
    name = models.CharField("名称", max_length=40)
    source = models.CharField("依据", max_length=120, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "日历的日子"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region", "day"],
                name="calendarday_once",
                violation_error_message="这个地区的这一天已经写过了。",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="calendarday_name_filled",
                violation_error_message="请写明是什么日子，例如 国庆节。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}{'上班' if self.works else '放假'}"


class YearNotice(models.Model):
    """The notice of a year 放假安排通知 has been loaded; without it the year's dates are provisional."""

    region = models.CharField("地区", max_length=12, blank=True, default="")
    year = models.PositiveSmallIntegerField("年份")
    document = models.CharField("文件", max_length=200)
    loaded_on = models.DateField("载入日期")

    class Meta:
        verbose_name = verbose_name_plural = "年度放假安排"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region", "year"], name="yearnotice_once", violation_error_message="这一年的放假安排已经载入。"
            ),
            models.CheckConstraint(
                condition=~Q(document=""),
                name="yearnotice_document_filled",
                violation_error_message="请写明文件名称和文号。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年放假安排"


class CalendarStamp(models.Model):
    """The one row that changes with every change of the calendar, so that each process sees that its copy is old.

    A random value, not a number: a number that was rolled back would come again with other days behind it.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.UUIDField("版本", default=uuid.uuid4)

    class Meta:
        verbose_name = verbose_name_plural = "日历版本"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(id=1), name="calendarstamp_only_one", violation_error_message="日历版本只有一行。"
            ),
        ]

    def __str__(self) -> str:
        return str(self.stamp)
