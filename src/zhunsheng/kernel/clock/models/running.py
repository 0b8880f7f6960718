"""Clocks 时钟: time limits that have started for one case."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from zhunsheng.kernel.refs import Ref


class ClockState(models.TextChoices):
    """Whether a clock runs; that it is late follows from its date."""

    RUNNING = "running", "在走"
    SUSPENDED = "suspended", "中止"
    DONE = "done", "办结"
    CANCELLED = "cancelled", "取消"


OPEN = (ClockState.RUNNING, ClockState.SUSPENDED)


class Clock(models.Model):
    """One started time limit. ``rule_from`` and ``rule_digest`` say which version of the rule it was computed with.

    ``span_from`` and ``span_to`` are the days of the calendar that the date rests on, both ``NULL`` where on none.
    """

    rule = models.CharField("期限编号", max_length=8)
    rule_from = models.DateField("规则自何日起", null=True, blank=True)
    rule_digest = models.CharField("规则摘要", max_length=16)
    acted_on = models.DateField("行为日期")
    region = models.CharField("地区", max_length=12, blank=True, default="")
    subject_kind = models.CharField("对象类别", max_length=60)
    subject_key = models.CharField("对象编号", max_length=60)
    subject_label = models.CharField("对象名称", max_length=200)
    unit = models.ForeignKey(
        settings.UNIT_MODEL, verbose_name="单位", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    trigger = models.DateField("起算日")
    trigger_at = models.DateTimeField("起算时刻", null=True, blank=True)
    due = models.DateField("到期日", null=True, blank=True)
    due_at = models.DateTimeField("到期时刻", null=True, blank=True)
    steps = models.JSONField("算式", default=list)
    provisional = models.BooleanField("暂定", default=False)
    span_from = models.DateField("用到的日历从", null=True, blank=True)
    span_to = models.DateField("用到的日历到", null=True, blank=True)
    done_on = models.DateField("办结日", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=ClockState.choices, default=ClockState.RUNNING)

    class Meta:
        verbose_name = verbose_name_plural = "时钟"
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_key"], name="clock_subject"),
            models.Index(fields=["state", "due"], name="clock_state_due"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=ClockState.values),
                name="clock_state_known",
                violation_error_message="取值不在规定的范围内。",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClockState.RUNNING) | Q(due__isnull=False),
                name="clock_running_has_date",
                violation_error_message="在走的时钟应当有到期日。",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClockState.SUSPENDED) | Q(due__isnull=True),
                name="clock_suspended_has_no_date",
                violation_error_message="中止的时钟没有到期日，恢复后重算。",
            ),
            models.CheckConstraint(
                condition=Q(state=ClockState.DONE, done_on__isnull=False)
                | (~Q(state=ClockState.DONE) & Q(done_on__isnull=True)),
                name="clock_done_has_day",
                violation_error_message="办结的时钟应当写办结日，没有办结的不写。",
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(due__isnull=False, trigger_at__isnull=False),
                name="clock_hours_complete",
                violation_error_message="按小时计算的，应当有起算时刻和到期日。",
            ),
            models.CheckConstraint(
                condition=Q(span_from__isnull=True, span_to__isnull=True) | Q(span_to__gte=F("span_from")),
                name="clock_span_ordered",
                violation_error_message="用到的日历，止日不早于起日。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.subject_label}"


class Suspension(models.Model):
    """Days that do not count 中止: from ``start`` to ``end``, both included; ``NULL``: still open."""

    clock = models.ForeignKey(Clock, verbose_name="时钟", on_delete=models.CASCADE, related_name="suspensions")
    start = models.DateField("中止日")
    end = models.DateField("最后一个不计的日子", null=True, blank=True)
    reason = models.CharField("事由", max_length=200)
    document = models.CharField("中止通知", max_length=200)
    end_document = models.CharField("恢复通知", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "中止"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="suspension_dates_ordered",
                violation_error_message="恢复应当在中止当日或者以后。",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(document=""),
                name="suspension_reason_filled",
                violation_error_message="中止要写事由和书面通知。",
            ),
            models.UniqueConstraint(
                fields=["clock"],
                condition=Q(end__isnull=True),
                name="suspension_one_open",
                violation_error_message="已经在中止之中。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}—{self.end or ''} {self.reason}"


class Extension(models.Model):
    """More time 延长, by the approver whom the law names."""

    clock = models.ForeignKey(Clock, verbose_name="时钟", on_delete=models.CASCADE, related_name="extensions")
    n = models.PositiveSmallIntegerField("延长")
    unit = models.CharField("单位", max_length=4)
    approver = models.CharField("批准人", max_length=100)
    document = models.CharField("批准文件", max_length=200, blank=True, default="")
    granted_on = models.DateField("批准日期")

    class Meta:
        verbose_name = verbose_name_plural = "延长"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(approver="") & Q(n__gte=1),
                name="extension_approved",
                violation_error_message="延长要写批准人，至少延长一日。",
            ),
            models.CheckConstraint(
                condition=Q(unit__in=["wd", "d", "m", "y"]),
                name="extension_unit_known",
                violation_error_message="取值不在规定的范围内。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.n}{self.unit} {self.approver}"


class ClockMove(models.Model):
    """A date that moved because the calendar or the rules changed: of a clock, or of a record that counts days itself.

    ``what`` says which date of the record, ``batch`` which job moved it; whoever is told is told once for each job.
    """

    batch = models.UUIDField("哪一次", default=uuid.uuid4)
    clock = models.ForeignKey(
        Clock, verbose_name="时钟", on_delete=models.CASCADE, related_name="moves", null=True, blank=True
    )
    subject_kind = models.CharField("对象类别", max_length=60, default="")
    subject_key = models.CharField("对象编号", max_length=60, default="")
    subject_label = models.CharField("对象名称", max_length=300, default="")
    what = models.CharField("什么日期", max_length=200, default="")
    unit = models.ForeignKey(
        settings.UNIT_MODEL, verbose_name="单位", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    old = models.DateField("原到期日")
    new = models.DateField("新到期日")
    why = models.CharField("原因", max_length=200)
    at = models.DateTimeField("何时")

    class Meta:
        verbose_name = verbose_name_plural = "到期日的移动"
        indexes: ClassVar = [models.Index(fields=["at"], name="clockmove_at")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(old=F("new")), name="clockmove_moved", violation_error_message="日期没有变。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    @property
    def subject(self) -> Ref:
        """The record whose date it is."""
        return Ref(self.subject_kind, self.subject_key, self.subject_label)
