"""What a published plan asks of each unit, period by period."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from zhunsheng.kernel.flow import choices, within
from zhunsheng.people.models import Unit
from zhunsheng.programmes.plans.models.task import Task
from zhunsheng.programmes.plans.states import CLOSED, DUTY


class Role(models.TextChoices):
    """What a unit is for a task."""

    LEAD = "lead", "牵头"
    RESPONSIBLE = "responsible", "责任"


class Assignment(models.Model):
    """A unit's part in a task, from one edition on until another ends it.

    ``state``, ``begins`` and ``due`` repeat those of the duty that counts now (see ``counting``), so that a matrix of all units by
    all tasks is one scan.
    """

    task = models.ForeignKey(Task, verbose_name="任务", on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField("角色", max_length=12, choices=Role.choices)
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="联系人",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    ended = models.BooleanField("已终止", default=False)
    state = models.CharField("状态", max_length=16, choices=choices(DUTY), default="new")
    begins = models.DateField("本期起", null=True, blank=True)
    due = models.DateField("期限", null=True, blank=True)
    owed = models.DateField("最早的欠报期限", null=True, blank=True)
    done = models.PositiveSmallIntegerField("已办结期数", default=0)
    total = models.PositiveSmallIntegerField("期数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "任务分工"
        constraints: ClassVar = [
            within(DUTY, "assignment_state_known"),
            models.UniqueConstraint(fields=["task", "unit"], name="assignment_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="assignment_role_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "ended", "due"], name="assignment_by_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_role_display()} {self.task}"


class Occurrence(models.Model):
    """One period of a task 一期: all units report on it by ``due``; ``NULL`` where the plan gives no ground for a date."""

    task = models.ForeignKey(Task, verbose_name="任务", on_delete=models.PROTECT, related_name="occurrences")
    number = models.PositiveSmallIntegerField("期次")
    label = models.CharField("期", max_length=40)
    begins = models.DateField("起")
    ends = models.DateField("止")
    due = models.DateField("期限", null=True, blank=True)
    basis = models.CharField("期限依据", max_length=200, blank=True, default="")
    ended = models.BooleanField("已终止", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "任务期次"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "number"], name="occurrence_number_unique"),
            models.CheckConstraint(
                condition=Q(ends__gte=F("begins")),
                name="occurrence_dates_ordered",
                violation_error_message="一期的止日不早于起日。",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Duty(models.Model):
    """What one unit owes for one period of a task 办理事项. ``due`` may be moved by the office, with a reason.

    ``dropped``: an edition that no longer asks for it cancelled it, and one that asks again revives it.
    ``looked_at`` is when somebody who confirms first opened what was submitted: from then on it cannot be recalled.
    """

    assignment = models.ForeignKey(Assignment, verbose_name="分工", on_delete=models.PROTECT, related_name="duties")
    occurrence = models.ForeignKey(Occurrence, verbose_name="期次", on_delete=models.PROTECT, related_name="duties")
    task = models.ForeignKey(Task, verbose_name="任务", on_delete=models.PROTECT, related_name="duties")
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="duties")
    state = models.CharField("状态", max_length=16, choices=choices(DUTY), default="new")
    begins = models.DateField("起")
    due = models.DateField("期限", null=True, blank=True)
    version = models.PositiveIntegerField("修改次数", default=0)
    submitted_at = models.DateTimeField("上报时间", null=True, blank=True)
    looked_at = models.DateTimeField("开始审看时间", null=True, blank=True)
    done_on = models.DateField("办结日期", null=True, blank=True)
    dropped = models.BooleanField("由新版取消", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "办理事项"
        constraints: ClassVar = [
            within(DUTY, "duty_state_known"),
            models.UniqueConstraint(fields=["assignment", "occurrence"], name="duty_once"),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) | ~Q(state="done") & Q(done_on__isnull=True),
                name="duty_done_on_a_day",
                violation_error_message="办结的应当有办结日期，没有办结的不应当有。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["head", "lead", "office"]) | Q(submitted_at__isnull=False),
                name="duty_submitted_at_a_time",
                violation_error_message="上报的应当有上报时间。",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "due"], name="duty_by_unit"),
            models.Index(fields=["state", "due"], name="duty_by_state"),
            models.Index(fields=["task", "occurrence"], name="duty_by_task"),
            models.Index(fields=["due"], condition=~Q(state__in=CLOSED), name="duty_open_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.task} {self.occurrence}"
