"""Editions of a plan, the documents they were read from, and what a person must settle before one is published."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhunsheng.kernel.flow import choices, within
from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans.models.plan import Plan
from zhunsheng.programmes.plans.states import EDITION


class Source(models.Model):
    """A document as it was handed in and read. ``sha256`` names the text, ``tables`` are cells as spans of it."""

    sha256 = models.CharField("摘要", max_length=64, unique=True)
    name = models.CharField("文件名", max_length=255)
    kind = models.CharField("种类", max_length=8)
    text = models.TextField("文字")
    tables = models.JSONField("表格", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "方案原文"

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One edition 版 of a plan. Published ones never change; ``digest`` (SM3) covers all that was published."""

    plan = models.ForeignKey(Plan, verbose_name="方案", on_delete=models.PROTECT, related_name="editions")
    source = models.ForeignKey(Source, verbose_name="原文", on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField("版次")
    state = models.CharField("状态", max_length=16, choices=choices(EDITION), default="draft")
    version = models.PositiveIntegerField("修改次数", default=0)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="核对人",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    prepared_at = models.DateTimeField("送复核时间", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="复核人",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    digest = models.CharField("发布内容摘要", max_length=64, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "方案版次"
        constraints: ClassVar = [
            within(EDITION, "edition_state_known"),
            models.UniqueConstraint(fields=["plan", "number"], name="edition_number_unique"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state="published"),
                name="edition_one_published",
                violation_error_message="这份方案已有一版在执行。",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state__in=["draft", "consulting", "ready"]),
                name="edition_one_in_preparation",
                violation_error_message="这份方案已有一版在核对，请先办完或者放弃。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "superseded"])
                | Q(published_at__isnull=False, published_by__isnull=False) & ~Q(digest=""),
                name="edition_published_completely",
                violation_error_message="发布应当写明复核人、时间和摘要。",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True)
                | Q(prepared_by__isnull=True)
                | ~Q(published_by=models.F("prepared_by")),
                name="edition_two_persons",
                violation_error_message="核对和复核应当由两个人办。",
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 版"


class Name(models.Model):
    """A unit or group as printed in an edition, once for all tasks that use it, and the units that it stands for.

    ``settled`` says who decided: the reader by name (name), the groups of the county (group), a person (person),
    or nobody yet ("").
    """

    edition = models.ForeignKey(Edition, verbose_name="版次", on_delete=models.CASCADE, related_name="names")
    printed = models.CharField("称谓", max_length=200)
    collective = models.BooleanField("泛指", default=False)
    settled = models.CharField(
        "由谁确定",
        max_length=8,
        blank=True,
        default="",
        choices=[("", "未定"), ("name", "按名称"), ("group", "按范围"), ("person", "由人指定"), ("none", "不指单位")],
    )
    units = models.ManyToManyField(Unit, verbose_name="单位", related_name="+", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位称谓"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "printed"], name="name_once_per_edition"),
            models.CheckConstraint(
                condition=Q(settled__in=["", "name", "group", "person", "none"]), name="name_settled_known"
            ),
        ]

    def __str__(self) -> str:
        return self.printed


class Query(models.Model):
    """A doubt 存疑 of the reader in an edition, and how a person settled it."""

    edition = models.ForeignKey(Edition, verbose_name="版次", on_delete=models.CASCADE, related_name="queries")
    code = models.CharField("代码", max_length=32)
    message = models.CharField("说明", max_length=500)
    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="确定人",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    answer = models.CharField("怎样定的", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "存疑"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True, answer="") | Q(settled_by__isnull=False) & ~Q(answer=""),
                name="query_settled_completely",
                violation_error_message="定了的存疑应当写明是谁、怎样定的。",
            )
        ]

    def __str__(self) -> str:
        return self.message


class Goal(models.Model):
    """A target that stands outside the tasks, with the dates it is set for. The figure beside it is in ``Figure``."""

    edition = models.ForeignKey(Edition, verbose_name="版次", on_delete=models.CASCADE, related_name="goals")
    quantity = models.CharField("指标", max_length=200, blank=True, default="")
    op = models.CharField("比较", max_length=8)
    low = models.DecimalField("值", max_digits=18, decimal_places=4, null=True, blank=True)
    high = models.DecimalField("上限", max_digits=18, decimal_places=4, null=True, blank=True)
    words = models.CharField("值（文字）", max_length=100, blank=True, default="")
    unit = models.CharField("计量单位", max_length=32, blank=True, default="")
    printed = models.CharField("原文", max_length=300)
    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")
    dues = models.JSONField("年度", default=list)
    measure = models.CharField("绑定的指标值", max_length=32, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "总目标"

    def __str__(self) -> str:
        return self.printed
