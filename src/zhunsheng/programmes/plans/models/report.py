"""What units report on a duty, what was said to it, and figures typed by hand."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans.models.edition import Goal
from zhunsheng.programmes.plans.models.task import Target
from zhunsheng.programmes.plans.models.tracking import Duty


class Report(models.Model):
    """A report 上报 on a duty. Once submitted it is fixed; a later change is a new one that names it in ``replaces``."""

    duty = models.ForeignKey(Duty, verbose_name="办理事项", on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField("版次")
    text = models.TextField("完成情况", blank=True, default="")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="填报人", on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField("保存时间")
    submitted_at = models.DateTimeField("上报时间", null=True, blank=True)
    replaces = models.OneToOneField(
        "self", verbose_name="代替", on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True
    )
    reason = models.CharField("改动理由", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "上报"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["duty", "number"], name="report_number_unique"),
            models.UniqueConstraint(
                fields=["duty"],
                condition=Q(submitted_at__isnull=True),
                name="report_one_draft",
                violation_error_message="这一期已有一份没有上报的草稿。",
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 次上报"


class ReportFigure(models.Model):
    """A figure in a report, against a target. ``numerator`` and ``denominator`` where the figure is a rate."""

    report = models.ForeignKey(Report, verbose_name="上报", on_delete=models.CASCADE, related_name="figures")
    target = models.ForeignKey(Target, verbose_name="目标", on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField("值", max_digits=18, decimal_places=4, null=True, blank=True)
    not_applicable = models.BooleanField("不适用", default=False)
    note = models.CharField("说明", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "上报数"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "target"], name="reportfigure_once"),
            models.CheckConstraint(
                condition=Q(not_applicable=False) | Q(value__isnull=True) & ~Q(note=""),
                name="reportfigure_na_has_reason",
                violation_error_message="不适用的不填数，写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}：{self.value}"


class Opinion(models.Model):
    """What the head, the lead unit or the office said to a report: accepted, or sent back with a reason."""

    report = models.ForeignKey(Report, verbose_name="上报", on_delete=models.PROTECT, related_name="opinions")
    step = models.CharField(
        "环节", max_length=8, choices=[("head", "单位负责人"), ("lead", "牵头单位"), ("office", "办公室")]
    )
    accepted = models.BooleanField("同意")
    reason = models.CharField("理由", max_length=500, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="经办人", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "确认意见"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(step__in=["head", "lead", "office"]), name="opinion_step_known"),
            models.CheckConstraint(
                condition=Q(accepted=True) | ~Q(reason=""),
                name="opinion_refusal_has_reason",
                violation_error_message="退回要写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}{'同意' if self.accepted else '退回'}"


class Figure(models.Model):
    """A figure for a target or goal, typed by a named reporter and confirmed by a second person: shown as 手工.

    ``unit`` is ``NULL`` for the whole place. A later figure for the same period replaces the earlier one, which stays.
    """

    target = models.ForeignKey(
        Target, verbose_name="目标", on_delete=models.PROTECT, related_name="figures", null=True, blank=True
    )
    goal = models.ForeignKey(
        Goal, verbose_name="总目标", on_delete=models.PROTECT, related_name="figures", null=True, blank=True
    )
    unit = models.ForeignKey(
        Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    begins = models.DateField("期间起")
    ends = models.DateField("期间止")
    value = models.DecimalField("值", max_digits=18, decimal_places=4, null=True, blank=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="填报人", on_delete=models.PROTECT, related_name="+"
    )
    reported_at = models.DateTimeField("填报时间")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="复核人",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    confirmed_at = models.DateTimeField("复核时间", null=True, blank=True)
    source = models.CharField("数据来源", max_length=200)
    replaced = models.BooleanField("已被代替", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "手工指标值"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(target__isnull=False, goal__isnull=True) | Q(target__isnull=True, goal__isnull=False),
                name="figure_for_one_demand",
                violation_error_message="一个数对应一个目标或者一个总目标。",
            ),
            models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="figure_dates_ordered"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("reporter")),
                name="figure_two_persons",
                violation_error_message="填报和复核应当由两个人办。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target or self.goal}：{self.value}"
