"""Series of numbers, and the register of the numbers taken."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Series(models.Model):
    """One series: of one kind of document, of one organ, in one year. ``last`` is the highest number taken."""

    series = models.CharField("种类", max_length=40)
    organ = models.CharField("机关", max_length=100)
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编号序列"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["series", "organ", "year"],
                name="series_once",
                violation_error_message="同一机关同一年度同一种类只有一个编号序列。",
            ),
            models.CheckConstraint(
                condition=~Q(series="") & ~Q(organ="") & Q(year__gte=1949),
                name="series_named",
                violation_error_message="编号序列要写明种类、机关和年度。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.series} {self.year}"


class Taken(models.Model):
    """A number that was given out, and the record that has it. Never deleted: a cancelled document keeps its number."""

    series = models.ForeignKey(Series, verbose_name="编号序列", on_delete=models.PROTECT, related_name="taken")
    number = models.PositiveIntegerField("编号")
    kind = models.CharField("记录种类", max_length=60)
    key = models.CharField("记录编码", max_length=60)
    label = models.CharField("记录名称", max_length=300)
    at = models.DateTimeField("取号时间")

    class Meta:
        verbose_name = verbose_name_plural = "已用编号"
        ordering: ClassVar = ["series", "number"]
        indexes: ClassVar = [models.Index(fields=["kind", "key"], name="taken_by_record")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["series", "number"], name="taken_once", violation_error_message="这个编号已经用过。"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="taken_from_one", violation_error_message="编号从 1 开始。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.number}"
