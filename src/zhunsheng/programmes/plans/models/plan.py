"""A plan 方案: one document of a government for a year or several, through all its editions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zhunsheng.kernel.flow import choices, within
from zhunsheng.people.models import Division, Unit
from zhunsheng.programmes.plans.states import PLAN


class Cycle(models.TextChoices):
    """How often units report on duties that the plan itself does not ask for more often."""

    AS_WRITTEN = "", "按原文"
    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    HALF_YEAR = "half_year", "每半年"
    YEAR = "year", "每年"


UNTITLED = "未写标题的方案"
"""What a plan is called whose document has no title, until the office gives it one (方案要素)."""


class Plan(models.Model):
    """A plan and what holds for all its editions. ``default_due`` is set by the office where the text sets no date."""

    division = models.ForeignKey(Division, verbose_name="区划", on_delete=models.PROTECT, related_name="plans")
    office = models.ForeignKey(Unit, verbose_name="主管单位", on_delete=models.PROTECT, related_name="plans")
    title = models.CharField("标题", max_length=200)
    document_number = models.CharField("文号", max_length=64, blank=True, default="")
    issuer = models.CharField("发文机关", max_length=100, blank=True, default="")
    signed_on = models.DateField("成文日期", null=True, blank=True)
    year_from = models.PositiveSmallIntegerField("起始年度")
    year_to = models.PositiveSmallIntegerField("结束年度")
    cycle = models.CharField("上报周期", max_length=16, choices=Cycle.choices, blank=True, default=Cycle.AS_WRITTEN)
    default_due = models.DateField("未写期限的任务办结期限", null=True, blank=True)
    state = models.CharField("状态", max_length=16, choices=choices(PLAN), default="draft")
    carried_from = models.ForeignKey(
        "self", verbose_name="沿用自", on_delete=models.PROTECT, related_name="carried_to", null=True, blank=True
    )

    class Meta:
        verbose_name = verbose_name_plural = "方案"
        constraints: ClassVar = [
            within(PLAN, "plan_state_known"),
            models.CheckConstraint(
                condition=~Q(title=""), name="plan_title_filled", violation_error_message="标题不能为空。"
            ),
            models.CheckConstraint(
                condition=Q(year_from__gte=2000, year_to__lte=2100, year_to__gte=F("year_from")),
                name="plan_years_ordered",
                violation_error_message="年度应当在 2000 到 2100 之间，结束年度不早于起始年度。",
            ),
            models.CheckConstraint(
                condition=Q(cycle__in=Cycle.values),
                name="plan_cycle_known",
                violation_error_message="上报周期不在规定的范围内。",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["division", "-year_from"], name="plan_by_division_year")]

    def __str__(self) -> str:
        return self.title
