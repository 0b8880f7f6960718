"""Matters, what they come from, answers, steps and proposals."""

import django.db.models.deletion
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
            name="Matter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="种类")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟稿"),
                            ("issued", "待签收"),
                            ("signed", "办理中"),
                            ("answered", "待核查"),
                            ("returned", "退回重办"),
                            ("closed", "已销号"),
                            ("cancelled", "已撤销"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("demands", models.TextField(blank=True, default="", verbose_name="办理要求")),
                ("basis", models.CharField(blank=True, default="", max_length=300, verbose_name="依据")),
                ("unit_name", models.CharField(blank=True, default="", max_length=100, verbose_name="承办单位全称")),
                ("issuer_name", models.CharField(blank=True, default="", max_length=100, verbose_name="发文机关")),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="年度")),
                ("number", models.PositiveIntegerField(blank=True, null=True, verbose_name="序号")),
                ("document_number", models.CharField(blank=True, default="", max_length=60, verbose_name="文号")),
                ("drafted_at", models.DateTimeField(verbose_name="拟稿时间")),
                ("issued_at", models.DateTimeField(blank=True, null=True, verbose_name="签发时间")),
                ("sign_by", models.DateField(blank=True, null=True, verbose_name="签收期限")),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="签收时间")),
                ("due", models.DateField(blank=True, null=True, verbose_name="办结期限")),
                ("due_provisional", models.BooleanField(default=False, verbose_name="期限暂定")),
                ("arithmetic", models.CharField(blank=True, default="", max_length=300, verbose_name="期限算式")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="销号时间")),
                (
                    "escalated",
                    models.CharField(
                        blank=True,
                        choices=[("", "无"), ("talk", "约谈"), ("notice", "通报"), ("transfer", "移送")],
                        default="",
                        max_length=12,
                        verbose_name="已经升级到",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, verbose_name="改动次数")),
                (
                    "drafted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拟稿人",
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.UNIT_MODEL,
                        verbose_name="交办单位",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.UNIT_MODEL,
                        verbose_name="承办单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "交办事项",
                "verbose_name_plural": "交办事项",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="MatterAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField(verbose_name="第几次")),
                ("text", models.TextField(verbose_name="办理情况")),
                ("by_name", models.CharField(max_length=50, verbose_name="填报人姓名")),
                ("at", models.DateTimeField(verbose_name="答复时间")),
                ("due", models.DateField(verbose_name="当时的期限")),
                ("in_time", models.BooleanField(verbose_name="按期")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("closed", "销号"), ("returned", "退回")],
                        default="",
                        max_length=8,
                        verbose_name="核查结论",
                    ),
                ),
                ("opinion", models.CharField(blank=True, default="", max_length=1000, verbose_name="核查意见")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填报人",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="matter.matter",
                        verbose_name="交办事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "办理情况",
                "verbose_name_plural": "办理情况",
                "ordering": ["matter", "version"],
            },
        ),
        migrations.CreateModel(
            name="MatterOrigin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60, verbose_name="记录种类")),
                ("key", models.CharField(max_length=60, verbose_name="记录编码")),
                ("label", models.CharField(max_length=300, verbose_name="记录名称")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="origins",
                        to="matter.matter",
                        verbose_name="交办事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "交办来源",
                "verbose_name_plural": "交办来源",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="MatterStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("action", models.CharField(max_length=20, verbose_name="步骤")),
                ("label", models.CharField(max_length=40, verbose_name="步骤名称")),
                ("by_name", models.CharField(max_length=50, verbose_name="姓名")),
                ("by_unit", models.CharField(blank=True, default="", max_length=100, verbose_name="单位")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("reason", models.CharField(blank=True, default="", max_length=1000, verbose_name="理由")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="matter.matter",
                        verbose_name="交办事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "办理步骤",
                "verbose_name_plural": "办理步骤",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[("extend", "延长期限"), ("talk", "约谈"), ("notice", "通报"), ("transfer", "移送")],
                        max_length=12,
                        verbose_name="事项",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待批准"),
                            ("approved", "已批准"),
                            ("rejected", "未批准"),
                            ("withdrawn", "已收回"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("reason", models.TextField(verbose_name="理由")),
                ("where", models.CharField(blank=True, default="", max_length=200, verbose_name="时间和地点")),
                ("old_due", models.DateField(blank=True, null=True, verbose_name="原期限")),
                ("new_due", models.DateField(blank=True, null=True, verbose_name="新期限")),
                ("proposer", models.CharField(max_length=50, verbose_name="提请人姓名")),
                ("proposed_at", models.DateTimeField(verbose_name="提请时间")),
                ("decider", models.CharField(blank=True, default="", max_length=50, verbose_name="批准人姓名")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="决定时间")),
                ("opinion", models.CharField(blank=True, default="", max_length=1000, verbose_name="意见")),
                ("document_number", models.CharField(blank=True, default="", max_length=60, verbose_name="文号")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="matter.matter",
                        verbose_name="交办事项",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提请人",
                    ),
                ),
            ],
            options={
                "verbose_name": "提请",
                "verbose_name_plural": "提请",
                "ordering": ["pk"],
            },
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["unit", "state"], name="matter_by_unit"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["issuer", "state"], name="matter_by_issuer"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["state", "due"], name="matter_by_due"),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["answered", "cancelled", "closed", "draft", "issued", "returned", "signed"])
                ),
                name="matter_state_known",
                violation_error_message="状态不在规定的范围内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("kind", ""), _negated=True)),
                name="matter_named",
                violation_error_message="交办事项要有种类和标题。",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number__isnull", True), ("year__isnull", True)),
                    models.Q(("number__gte", 1), ("number__isnull", False), ("year__isnull", False)),
                    _connector="OR",
                ),
                name="matter_number_whole",
                violation_error_message="文号的年度和序号要一起填。",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "cancelled"]),
                    models.Q(
                        ("due__isnull", False),
                        ("issued_at__isnull", False),
                        models.Q(("demands", ""), _negated=True),
                        models.Q(("document_number", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="matter_issued_whole",
                violation_error_message="发出的交办事项要有文号、办理要求、签发时间和办结期限。",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["signed", "answered", "returned", "closed"]), _negated=True),
                    ("signed_at__isnull", False),
                    _connector="OR",
                ),
                name="matter_signed_first",
                violation_error_message="先签收，再答复。",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["answered", "closed"]), _negated=True),
                    ("answered_at__isnull", False),
                    _connector="OR",
                ),
                name="matter_answered_first",
                violation_error_message="先答复，再核查。",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("state", "closed")),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at__isnull", True)),
                    _connector="OR",
                ),
                name="matter_closed_dated",
                violation_error_message="销号要有时间。",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number__isnull", False)),
                fields=("kind", "issuer", "year", "number"),
                name="matter_number_once",
                violation_error_message="这个文号已经用过。",
            ),
        ),
        migrations.AddConstraint(
            model_name="matteranswer",
            constraint=models.UniqueConstraint(
                fields=("matter", "version"),
                name="matteranswer_version_once",
                violation_error_message="同一次办理情况只有一份。",
            ),
        ),
        migrations.AddConstraint(
            model_name="matteranswer",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), ("version__gte", 1)),
                name="matteranswer_filled",
                violation_error_message="办理情况不能为空。",
            ),
        ),
        migrations.AddConstraint(
            model_name="matteranswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("opinion", ""), ("verdict", "")),
                    models.Q(("verdict__in", ["closed", "returned"]), models.Q(("opinion", ""), _negated=True)),
                    _connector="OR",
                ),
                name="matteranswer_verdict_whole",
                violation_error_message="核查要有结论和意见。",
            ),
        ),
        migrations.AddIndex(
            model_name="matterorigin",
            index=models.Index(fields=["kind", "key"], name="matterorigin_by_record"),
        ),
        migrations.AddConstraint(
            model_name="matterorigin",
            constraint=models.UniqueConstraint(
                fields=("matter", "kind", "key"), name="matterorigin_once", violation_error_message="同一来源只写一次。"
            ),
        ),
        migrations.AddIndex(
            model_name="matterstep",
            index=models.Index(fields=["by", "at"], name="matterstep_by_member"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["approved", "open", "rejected", "withdrawn"])),
                name="proposal_state_known",
                violation_error_message="状态不在规定的范围内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("what__in", ["extend", "talk", "notice", "transfer"]), models.Q(("reason", ""), _negated=True)
                ),
                name="proposal_filled",
                violation_error_message="提请要写明事项和理由。",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("new_due__gt", models.F("old_due")),
                        ("new_due__isnull", False),
                        ("old_due__isnull", False),
                        ("what", "extend"),
                    ),
                    models.Q(models.Q(("what", "extend"), _negated=True), ("new_due__isnull", True)),
                    _connector="OR",
                ),
                name="proposal_extends",
                violation_error_message="延长后的期限要晚于原期限。",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    ("proposed_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    ("state", "withdrawn"),
                    _connector="OR",
                ),
                name="proposal_two_people",
                violation_error_message="提请的人不能自己批准，请换一人。",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="proposal_decided_dated",
                violation_error_message="决定要有时间。",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("matter", "what"),
                name="proposal_one_open",
                violation_error_message="同样的提请正等着批准，不用再提。",
            ),
        ),
    ]
