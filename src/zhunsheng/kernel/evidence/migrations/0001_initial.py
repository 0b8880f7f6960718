"""Stored files, evidence and its uses."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of the engine."""

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.UNIT_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="摘要（SM3）")),
                ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "PDF 文件"),
                            ("ofd", "OFD 版式文件"),
                            ("docx", "Word 文档"),
                            ("xlsx", "电子表格"),
                            ("pptx", "演示文稿"),
                            ("doc", "旧版 Word 或 WPS 文档"),
                            ("xls", "旧版电子表格"),
                            ("png", "PNG 图片"),
                            ("jpg", "JPEG 图片"),
                            ("txt", "文本文件"),
                            ("csv", "逗号分隔的表"),
                        ],
                        max_length=8,
                        verbose_name="文件种类",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="存入时间")),
            ],
            options={
                "verbose_name": "存入的文件",
                "verbose_name_plural": "存入的文件",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("digest"), 64)
                        ),
                        name="storedfile_digest",
                        violation_error_message="摘要应当是 64 位十六进制数。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1)),
                        name="storedfile_not_empty",
                        violation_error_message="文件不能是空的。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["csv", "doc", "docx", "jpg", "ofd", "pdf", "png", "pptx", "txt", "xls", "xlsx"],
                            )
                        ),
                        name="storedfile_kind_known",
                        violation_error_message="不收这一种文件。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="名称")),
                ("period_from", models.DateField(blank=True, null=True, verbose_name="证明期间起")),
                ("period_to", models.DateField(blank=True, null=True, verbose_name="证明期间止")),
                ("uploader", models.CharField(max_length=50, verbose_name="上传人姓名")),
                ("at", models.DateTimeField(verbose_name="上传时间")),
                ("note", models.CharField(blank=True, default="", max_length=300, verbose_name="说明")),
                ("not_secret", models.BooleanField(default=False, verbose_name="已确认不涉密")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="作废时间")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.UNIT_MODEL,
                        verbose_name="单位",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="evidence.storedfile",
                        verbose_name="文件",
                    ),
                ),
            ],
            options={
                "verbose_name": "佐证材料",
                "verbose_name_plural": "佐证材料",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="EvidenceUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60, verbose_name="记录种类")),
                ("key", models.CharField(max_length=60, verbose_name="记录编码")),
                ("label", models.CharField(max_length=300, verbose_name="记录名称")),
                ("since", models.DateTimeField(verbose_name="引用时间")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="取下时间")),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="evidence.evidence",
                        verbose_name="佐证材料",
                    ),
                ),
            ],
            options={
                "verbose_name": "佐证引用",
                "verbose_name_plural": "佐证引用",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["kind", "key"], name="evidenceuse_by_record")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("evidence", "kind", "key"),
                        name="evidenceuse_once",
                        violation_error_message="这份材料已经附在这里了。",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(fields=["unit", "-at"], name="evidence_by_unit"),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="evidence_named",
                violation_error_message="材料要有名称。",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("period_from__isnull", True), ("period_to__isnull", True)),
                    models.Q(
                        ("period_from__isnull", False),
                        ("period_to__gte", models.F("period_from")),
                        ("period_to__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="evidence_period_whole",
                violation_error_message="证明期间要么两头都填，要么都不填；止日不能早于起日。",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("not_secret", True)),
                name="evidence_not_secret",
                violation_error_message="本系统不得存放涉密材料：请先确认这份材料不涉密，再上传。",
            ),
        ),
    ]
