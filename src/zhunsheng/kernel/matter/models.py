"""Matters, where they come from, what units answered, what was done, what two people decided."""

from __future__ import annotations

from typing import ClassVar, cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from zhunsheng.kernel.matter.flow import DECISION, FLOW, WITH_UNIT
from zhunsheng.kernel.matter.kinds import Count, Span
from zhunsheng.kernel.now import today
from zhunsheng.kernel.refs import Ref

ESCALATIONS = [("", "无"), ("talk", "约谈"), ("notice", "通报"), ("transfer", "移送")]
COUNTS = [("working", "工作日"), ("calendar", "自然日")]


class Matter(models.Model):
    """交办事项: something found is given to a unit.

    ``issuer`` is the unit that gives it, also where it passes on what came from outside; ``issuer_name`` and
    ``unit_name`` are the names as printed on the day of issue. ``due`` and ``arithmetic`` are as of now (an extension, a
    return or a change of the calendar moves them); ``due_from``, ``due_days`` and ``due_count`` say what a counted date
    rests on, and are empty where somebody set the date. ``version`` counts changes, so that a stale form is recognised.
    """

    kind = models.CharField("种类", max_length=40)
    state = models.CharField("状态", max_length=12, choices=FLOW.choices(), default="draft")
    title = models.CharField("标题", max_length=200)
    demands = models.TextField("办理要求", blank=True, default="")
    basis = models.CharField("依据", max_length=300, blank=True, default="")
    unit = models.ForeignKey(settings.UNIT_MODEL, verbose_name="承办单位", on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField("承办单位全称", max_length=100, blank=True, default="")
    issuer = models.ForeignKey(settings.UNIT_MODEL, verbose_name="交办单位", on_delete=models.PROTECT, related_name="+")
    issuer_name = models.CharField("发文机关", max_length=100, blank=True, default="")
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    number = models.PositiveIntegerField("序号", null=True, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True, default="")
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="拟稿人",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    drafted_at = models.DateTimeField("拟稿时间")
    issued_at = models.DateTimeField("签发时间", null=True, blank=True)
    sign_by = models.DateField("签收期限", null=True, blank=True)
    sign_days = models.PositiveSmallIntegerField("签收天数", null=True, blank=True)
    sign_count = models.CharField("签收天数怎样算", max_length=8, choices=COUNTS, blank=True, default="")
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)
    due = models.DateField("办结期限", null=True, blank=True)
    due_provisional = models.BooleanField("期限暂定", default=False)
    due_from = models.DateField("期限自何日的次日起", null=True, blank=True)
    due_days = models.PositiveSmallIntegerField("期限天数", null=True, blank=True)
    due_count = models.CharField("期限天数怎样算", max_length=8, choices=COUNTS, blank=True, default="")
    arithmetic = models.CharField("期限算式", max_length=300, blank=True, default="")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    closed_at = models.DateTimeField("销号时间", null=True, blank=True)
    escalated = models.CharField("已经升级到", max_length=12, choices=ESCALATIONS, blank=True, default="")
    version = models.PositiveIntegerField("改动次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "交办事项"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state"], name="matter_by_unit"),
            models.Index(fields=["issuer", "state"], name="matter_by_issuer"),
            models.Index(fields=["state", "due"], name="matter_by_due"),
        ]
        constraints: ClassVar = [
            FLOW.constraint("matter_state_known"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(kind=""),
                name="matter_named",
                violation_error_message="交办事项要有种类和标题。",
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True, number__isnull=True)
                | Q(year__isnull=False, number__isnull=False, number__gte=1),
                name="matter_number_whole",
                violation_error_message="文号的年度和序号要一起填。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"])
                | Q(issued_at__isnull=False, due__isnull=False) & ~Q(demands="") & ~Q(document_number=""),
                name="matter_issued_whole",
                violation_error_message="发出的交办事项要有文号、办理要求、签发时间和办结期限。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "answered", "returned", "closed"]) | Q(signed_at__isnull=False),
                name="matter_signed_first",
                violation_error_message="先签收，再答复。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "closed"]) | Q(answered_at__isnull=False),
                name="matter_answered_first",
                violation_error_message="先答复，再核查。",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | ~Q(state="closed") & Q(closed_at__isnull=True),
                name="matter_closed_dated",
                violation_error_message="销号要有时间。",
            ),
            models.CheckConstraint(
                condition=Q(due_from__isnull=True, due_days__isnull=True, due_count="")
                | Q(due_from__isnull=False, due__isnull=False, due_days__gte=1, due_count__in=["working", "calendar"]),
                name="matter_counted_whole",
                violation_error_message="算出来的期限要有起算日、天数和算法。",
            ),
            models.CheckConstraint(
                condition=Q(sign_days__isnull=True, sign_count="")
                | Q(sign_by__isnull=False, sign_days__gte=1, sign_count__in=["working", "calendar"]),
                name="matter_signing_whole",
                violation_error_message="签收期限要有天数和算法。",
            ),
            models.UniqueConstraint(
                fields=["kind", "issuer", "year", "number"],
                condition=Q(number__isnull=False),
                name="matter_number_once",
                violation_error_message="这个文号已经用过。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_number}{self.title}"

    @property
    def ref(self) -> Ref:
        """The link to it."""
        return Ref("matter.matter", str(self.pk), str(self))

    @property
    def due_span(self) -> Span | None:
        """The days that its date was counted from; ``None`` where somebody set it."""
        return Span(self.due_days, cast("Count", self.due_count)) if self.due_days else None

    @property
    def sign_span(self) -> Span | None:
        """The days within which it is to be signed for."""
        return Span(self.sign_days, cast("Count", self.sign_count)) if self.sign_days else None

    @property
    def late(self) -> bool:
        """Whether the unit has let its date pass."""
        return self.state in WITH_UNIT and self.due is not None and self.due < today()


class MatterOrigin(models.Model):
    """A record from which a matter comes; one matter may gather several."""

    matter = models.ForeignKey(Matter, verbose_name="交办事项", on_delete=models.CASCADE, related_name="origins")
    kind = models.CharField("记录种类", max_length=60)
    key = models.CharField("记录编码", max_length=60)
    label = models.CharField("记录名称", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "交办来源"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["kind", "key"], name="matterorigin_by_record")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter", "kind", "key"],
                name="matterorigin_once",
                violation_error_message="同一来源只写一次。",
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def ref(self) -> Ref:
        """The link to the record."""
        return Ref(self.kind, self.key, self.label)


class MatterAnswer(models.Model):
    """What the unit answered; each new one is a version. ``due`` is the date that it answered to."""

    matter = models.ForeignKey(Matter, verbose_name="交办事项", on_delete=models.PROTECT, related_name="answers")
    version = models.PositiveSmallIntegerField("第几次")
    text = models.TextField("办理情况")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="填报人",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    by_name = models.CharField("填报人姓名", max_length=50)
    at = models.DateTimeField("答复时间")
    due = models.DateField("当时的期限")
    in_time = models.BooleanField("按期")
    verdict = models.CharField(
        "核查结论", max_length=8, blank=True, default="", choices=[("closed", "销号"), ("returned", "退回")]
    )
    opinion = models.CharField("核查意见", max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "办理情况"
        ordering: ClassVar = ["matter", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter", "version"],
                name="matteranswer_version_once",
                violation_error_message="同一次办理情况只有一份。",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & Q(version__gte=1),
                name="matteranswer_filled",
                violation_error_message="办理情况不能为空。",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", opinion="") | Q(verdict__in=["closed", "returned"]) & ~Q(opinion=""),
                name="matteranswer_verdict_whole",
                violation_error_message="核查要有结论和意见。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter}：第 {self.version} 次办理情况"

    @property
    def ref(self) -> Ref:
        """The link to it, to which its evidence is attached."""
        return Ref("matter.answer", str(self.pk), str(self))


class MatterStep(models.Model):
    """One step that was taken: the matter's own history, and who signed when for measures. Written once."""

    matter = models.ForeignKey(Matter, verbose_name="交办事项", on_delete=models.PROTECT, related_name="steps")
    action = models.CharField("步骤", max_length=20)
    label = models.CharField("步骤名称", max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="经办人",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    by_name = models.CharField("姓名", max_length=50)
    by_unit = models.CharField("单位", max_length=100, blank=True, default="")
    at = models.DateTimeField("时间")
    reason = models.CharField("理由", max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "办理步骤"
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [models.Index(fields=["by", "at"], name="matterstep_by_member")]

    def __str__(self) -> str:
        return f"{self.by_name}{self.label}"


class Proposal(models.Model):
    """提请: an extension, a talk, a notice or a transfer, proposed by one person and decided by another."""

    WHAT: ClassVar = [("extend", "延长期限"), ("talk", "约谈"), ("notice", "通报"), ("transfer", "移送")]

    matter = models.ForeignKey(Matter, verbose_name="交办事项", on_delete=models.PROTECT, related_name="proposals")
    what = models.CharField("事项", max_length=12, choices=WHAT)
    state = models.CharField("状态", max_length=12, choices=DECISION.choices(), default="open")
    reason = models.TextField("理由")
    where = models.CharField("时间和地点", max_length=200, blank=True, default="")
    old_due = models.DateField("原期限", null=True, blank=True)
    new_due = models.DateField("新期限", null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="提请人",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    proposer = models.CharField("提请人姓名", max_length=50)
    proposed_at = models.DateTimeField("提请时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="批准人",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    decider = models.CharField("批准人姓名", max_length=50, blank=True, default="")
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    opinion = models.CharField("意见", max_length=1000, blank=True, default="")
    document_number = models.CharField("文号", max_length=60, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "提请"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            DECISION.constraint("proposal_state_known"),
            models.CheckConstraint(
                condition=Q(what__in=["extend", "talk", "notice", "transfer"]) & ~Q(reason=""),
                name="proposal_filled",
                violation_error_message="提请要写明事项和理由。",
            ),
            models.CheckConstraint(
                condition=Q(what="extend", old_due__isnull=False, new_due__isnull=False, new_due__gt=F("old_due"))
                | ~Q(what="extend") & Q(new_due__isnull=True),
                name="proposal_extends",
                violation_error_message="延长后的期限要晚于原期限。",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(decided_by=F("proposed_by"))
                | Q(state="withdrawn"),
                name="proposal_two_people",
                violation_error_message="提请的人不能自己批准，请换一人。",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True) | ~Q(state="open") & Q(decided_at__isnull=False),
                name="proposal_decided_dated",
                violation_error_message="决定要有时间。",
            ),
            models.UniqueConstraint(
                fields=["matter", "what"],
                condition=Q(state="open"),
                name="proposal_one_open",
                violation_error_message="同样的提请正等着批准，不用再提。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_number}{self.get_what_display()}：{self.matter}"

    @property
    def ref(self) -> Ref:
        """The link to it."""
        return Ref("matter.proposal", str(self.pk), str(self))
