"""Tasks of a plan, and how each edition words them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zhunsheng.programmes.plans.models.edition import Edition, Name
from zhunsheng.programmes.plans.models.plan import Plan


class Task(models.Model):
    """A duty of a plan through all its editions: what is done for it stays, whatever the words become.

    ``wording`` is that of the published edition; ``NULL`` before the first publication and after an edition that
    no longer has the task.
    """

    plan = models.ForeignKey(Plan, verbose_name="方案", on_delete=models.PROTECT, related_name="tasks")
    wording = models.OneToOneField(
        "plans.Wording", verbose_name="现行文字", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = verbose_name_plural = "任务"

    def __str__(self) -> str:
        return str(self.wording) if self.wording else f"任务 {self.pk}"


class Wording(models.Model):
    """A task as one edition words it: a span of the edition's text. Fixed once the edition is published.

    ``change`` is what became of it against the edition before: new, same, changed.
    """

    edition = models.ForeignKey(Edition, verbose_name="版次", on_delete=models.CASCADE, related_name="wordings")
    task = models.ForeignKey(Task, verbose_name="任务", on_delete=models.PROTECT, related_name="wordings")
    order = models.PositiveIntegerField("次序")
    number = models.CharField("编号", max_length=32, blank=True, default="")
    section = models.CharField("章节", max_length=200, blank=True, default="")
    title = models.CharField("任务", max_length=200)
    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")
    open_ended = models.BooleanField("未列全", default=False)
    role_label = models.CharField("角色用语", max_length=32, blank=True, default="")
    product = models.CharField("成果形式", max_length=200, blank=True, default="")
    change = models.CharField(
        "与上一版比",
        max_length=8,
        default="new",
        choices=[("new", "新增"), ("same", "未变"), ("changed", "有改动")],
    )
    edited = models.BooleanField("人工改过", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "任务文字"
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "task"], name="wording_once_per_edition"),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")),
                name="wording_span_ordered",
                violation_error_message="任务至少要有一个字。",
            ),
            models.CheckConstraint(
                condition=~Q(title=""), name="wording_title_filled", violation_error_message="任务名称不能为空。"
            ),
            models.CheckConstraint(condition=Q(change__in=["new", "same", "changed"]), name="wording_change_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["edition", "order"], name="wording_by_order")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Mention(models.Model):
    """A name in a task's wording, with the role given to it. ``start`` is ``NULL`` where a person added it."""

    wording = models.ForeignKey(Wording, verbose_name="任务文字", on_delete=models.CASCADE, related_name="mentions")
    name = models.ForeignKey(Name, verbose_name="称谓", on_delete=models.CASCADE, related_name="mentions")
    role = models.CharField("角色", max_length=12, choices=[("lead", "牵头"), ("responsible", "责任")])
    start = models.PositiveIntegerField("起", null=True, blank=True)
    end = models.PositiveIntegerField("止", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任务单位"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wording", "name"], name="mention_once_per_wording"),
            models.CheckConstraint(condition=Q(role__in=["lead", "responsible"]), name="mention_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.name}"


class WordedDue(models.Model):
    """A due date in a wording. ``date`` is the last day that meets it; ``recurs`` the period of one that comes again."""

    wording = models.ForeignKey(Wording, verbose_name="任务文字", on_delete=models.CASCADE, related_name="dues")
    printed = models.CharField("原文", max_length=200, blank=True, default="")
    start = models.PositiveIntegerField("起", null=True, blank=True)
    end = models.PositiveIntegerField("止", null=True, blank=True)
    date = models.DateField("期限", null=True, blank=True)
    recurs = models.CharField("周期", max_length=16, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "任务期限"

    def __str__(self) -> str:
        return self.printed


class WordedFrequency(models.Model):
    """How often a wording asks for something. ``spread`` is how within the period, as printed."""

    wording = models.ForeignKey(Wording, verbose_name="任务文字", on_delete=models.CASCADE, related_name="frequencies")
    printed = models.CharField("原文", max_length=200, blank=True, default="")
    start = models.PositiveIntegerField("起", null=True, blank=True)
    end = models.PositiveIntegerField("止", null=True, blank=True)
    count = models.DecimalField("次数", max_digits=9, decimal_places=2)
    op = models.CharField("比较", max_length=8, default="=")
    per = models.CharField("周期", max_length=16)
    spread = models.CharField("分布", max_length=100, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "任务频次"

    def __str__(self) -> str:
        return self.printed


class Target(models.Model):
    """A demand on a quantity in a wording. ``measure`` names the figure that it is read from, "" while typed by hand."""

    wording = models.ForeignKey(Wording, verbose_name="任务文字", on_delete=models.CASCADE, related_name="targets")
    quantity = models.CharField("指标", max_length=200, blank=True, default="")
    op = models.CharField("比较", max_length=8)
    low = models.DecimalField("值", max_digits=18, decimal_places=4, null=True, blank=True)
    high = models.DecimalField("上限", max_digits=18, decimal_places=4, null=True, blank=True)
    words = models.CharField("值（文字）", max_length=100, blank=True, default="")
    unit = models.CharField("计量单位", max_length=32, blank=True, default="")
    printed = models.CharField("原文", max_length=300)
    start = models.PositiveIntegerField("起", null=True, blank=True)
    end = models.PositiveIntegerField("止", null=True, blank=True)
    measure = models.CharField("绑定的指标值", max_length=32, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "任务目标"

    def __str__(self) -> str:
        return self.printed
