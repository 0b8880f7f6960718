"""The tables of the journal. Nothing in them is ever changed or deleted; triggers see to that (``guards``)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhunsheng.kernel.journal.kinds import AccessKind, Operation, Source


class Entry(models.Model):
    """One changed row, written by the triggers of its table.

    ``before`` and ``after`` are JSON texts as the database made them: the whole row of an insert, a delete or a state,
    the changed columns of an update, "" where there is none. ``mark`` is that of its block; ``NULL`` until swept where
    the row was changed outside of ``change``, and then ``origin`` says by which connection.
    """

    table = models.CharField("表", max_length=64, db_column="table_name")
    key = models.CharField("行", max_length=64, db_column="row_key")
    operation = models.CharField("操作", max_length=1, choices=Operation.choices)
    before = models.TextField("变动前")
    after = models.TextField("变动后")
    mark = models.BigIntegerField("标记", null=True)
    origin = models.CharField("来源", max_length=200)
    at = models.DateTimeField("写入时间")

    class Meta:
        verbose_name = verbose_name_plural = "变动"
        indexes: ClassVar = [
            models.Index(fields=["table", "key", "id"], name="journal_entry_row"),
            models.Index(fields=["mark", "id"], name="journal_entry_mark"),
            models.Index(fields=["id"], name="journal_entry_stray", condition=Q(mark__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"


class Block(models.Model):
    """One transaction, sealed: everything in it and the block before it go into ``digest``.

    Names are those of the day; there is no foreign key, so that nothing can be renamed or removed under them.
    """

    number = models.BigIntegerField("序号", primary_key=True)
    mark = models.BigIntegerField("标记", unique=True)
    source = models.CharField("来源", max_length=8, choices=Source.choices)
    actor_id = models.BigIntegerField("成员编号", null=True)
    actor_name = models.CharField("经办人", max_length=64)
    unit_id = models.BigIntegerField("单位编号", null=True)
    unit_name = models.CharField("单位", max_length=100)
    action = models.CharField("操作", max_length=64)
    reason = models.TextField("理由")
    at = models.DateTimeField("时间")
    entries = models.IntegerField("变动行数")
    entries_digest = models.CharField("变动摘要", max_length=64)
    mentions_digest = models.CharField("涉及摘要", max_length=64)
    algorithm = models.CharField("摘要算法", max_length=8)
    previous = models.CharField("上一块摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "日志块"
        indexes: ClassVar = [
            models.Index(fields=["at"], name="journal_block_at"),
            models.Index(fields=["actor_id", "number"], name="journal_block_actor"),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 块"


class Mention(models.Model):
    """A record in whose history a block appears, and what was done to it there, in whose words."""

    block = models.ForeignKey(Block, verbose_name="日志块", on_delete=models.PROTECT, related_name="mentions")
    kind = models.CharField("类别", max_length=64)
    key = models.CharField("记录", max_length=64)
    label = models.CharField("当日名称", max_length=200)
    action = models.CharField("操作", max_length=64)
    reason = models.TextField("理由")

    class Meta:
        verbose_name = verbose_name_plural = "日志涉及的记录"
        indexes: ClassVar = [models.Index(fields=["kind", "key", "block"], name="journal_mention_record")]

    def __str__(self) -> str:
        return self.label


class Blanking(models.Model):
    """An entry whose content was blanked by two persons; its digest stands in for it from then on."""

    entry = models.BigIntegerField("变动编号", unique=True)
    digest = models.CharField("原摘要", max_length=64)
    second_id = models.BigIntegerField("复核人编号")
    second_name = models.CharField("复核人", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "清除内容"

    def __str__(self) -> str:
        return f"变动 {self.entry}"


class AccessSeal(models.Model):
    """A digest over the access log as far as it went; the row itself stands in the chain."""

    id = models.BigIntegerField("编号", primary_key=True)
    rows = models.IntegerField("行数")
    algorithm = models.CharField("摘要算法", max_length=8)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "访问日志封条"

    def __str__(self) -> str:
        return f"封条 {self.pk}"


class Access(models.Model):
    """One read or attempt that must be known. ``seal`` is the ``AccessSeal`` that covers it, once there is one."""

    kind = models.CharField("类别", max_length=16, choices=AccessKind.choices)
    at = models.DateTimeField("时间")
    actor_id = models.BigIntegerField("成员编号", null=True)
    actor_name = models.CharField("姓名", max_length=64)
    unit_name = models.CharField("单位", max_length=100)
    username = models.CharField("用户名", max_length=150)
    address = models.CharField("来源地址", max_length=64)
    ref_kind = models.CharField("对象类别", max_length=64)
    ref_key = models.CharField("对象", max_length=64)
    ref_label = models.CharField("对象当日名称", max_length=200)
    detail = models.TextField("说明")
    seal = models.BigIntegerField("封条", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "访问日志"
        indexes: ClassVar = [
            models.Index(fields=["at"], name="journal_access_at"),
            models.Index(fields=["actor_id", "id"], name="journal_access_actor"),
            models.Index(fields=["seal", "id"], name="journal_access_seal"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.username}"


class Verification(models.Model):
    """核验, as asked for and as done: how many findings, the first of them, and the newest block that it covers.

    Kept outside of the journal: it only repeats what ``verify`` finds again at any time, and must be storable where the
    journal itself is broken.
    """

    journal_exempt = "the result of a check that can be made again"

    asked_at = models.DateTimeField("提出时间")
    asked_by = models.CharField("提出人", max_length=64)
    ended_at = models.DateTimeField("核验完", null=True, blank=True)
    newest = models.BigIntegerField("核到第几块", default=0)
    bad = models.IntegerField("对不上", default=0)
    notes = models.IntegerField("留意", default=0)
    findings = models.JSONField("结果", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "核验记录"

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d} 核验"
