"""Stored files, the evidence that people make of them, and where each piece is used."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from zhunsheng.kernel.documents.refusal import size_words
from zhunsheng.kernel.evidence.content import KINDS
from zhunsheng.kernel.evidence.files import path_of


class StoredFile(models.Model):
    """A content on the disk, once, whoever brought it. Its place follows from its digest (``files.path_of``)."""

    digest = models.CharField("摘要（SM3）", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("字节数")
    kind = models.CharField("文件种类", max_length=8, choices=[(one.name, one.label) for one in KINDS.values()])
    at = models.DateTimeField("存入时间")

    class Meta:
        verbose_name = verbose_name_plural = "存入的文件"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(Exact(Length("digest"), 64)),
                name="storedfile_digest",
                violation_error_message="摘要应当是 64 位十六进制数。",
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1), name="storedfile_not_empty", violation_error_message="文件不能是空的。"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(KINDS)),
                name="storedfile_kind_known",
                violation_error_message="不收这一种文件。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.digest[:12]}… {self.kind}"

    @property
    def path(self) -> str:
        """Where it lies, below ``files/`` of the home."""
        path = path_of(self.digest)
        return f"{path.parent.name}/{path.name}"


class Evidence(models.Model):
    """佐证材料: a file that a unit has handed in, with the period that it speaks for.

    ``uploader`` is the person's name of that day. A piece that was ever used is never removed, only withdrawn.
    """

    file = models.ForeignKey(StoredFile, verbose_name="文件", on_delete=models.PROTECT, related_name="evidence")
    name = models.CharField("名称", max_length=120)
    period_from = models.DateField("证明期间起", null=True, blank=True)
    period_to = models.DateField("证明期间止", null=True, blank=True)
    unit = models.ForeignKey(settings.UNIT_MODEL, verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="上传人",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    uploader = models.CharField("上传人姓名", max_length=50)
    at = models.DateTimeField("上传时间")
    note = models.CharField("说明", max_length=300, blank=True, default="")
    not_secret = models.BooleanField("已确认不涉密", default=False)
    withdrawn_at = models.DateTimeField("作废时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "佐证材料"
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["unit", "-at"], name="evidence_by_unit")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(name=""), name="evidence_named", violation_error_message="材料要有名称。"
            ),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True, period_to__isnull=True)
                | Q(period_from__isnull=False, period_to__isnull=False, period_to__gte=F("period_from")),
                name="evidence_period_whole",
                violation_error_message="证明期间要么两头都填，要么都不填；止日不能早于起日。",
            ),
            models.CheckConstraint(
                condition=Q(not_secret=True),
                name="evidence_not_secret",
                violation_error_message="本系统不得存放涉密材料：请先确认这份材料不涉密，再上传。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def size(self) -> str:
        """Its size as people say it."""
        return size_words(self.file.size)


class EvidenceUse(models.Model):
    """One piece used for one record of some room, from a moment until it was taken off again."""

    evidence = models.ForeignKey(Evidence, verbose_name="佐证材料", on_delete=models.PROTECT, related_name="uses")
    kind = models.CharField("记录种类", max_length=60)
    key = models.CharField("记录编码", max_length=60)
    label = models.CharField("记录名称", max_length=300)
    since = models.DateTimeField("引用时间")
    removed_at = models.DateTimeField("取下时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "佐证引用"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["kind", "key"], name="evidenceuse_by_record")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["evidence", "kind", "key"],
                condition=Q(removed_at__isnull=True),
                name="evidenceuse_once",
                violation_error_message="这份材料已经附在这里了。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence} → {self.label}"
