"""The journal and the access log."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Entries, blocks, mentions, blankings, accesses and their seals; the triggers come after every migration."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AccessSeal",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="编号")),
                ("rows", models.IntegerField(verbose_name="行数")),
                ("algorithm", models.CharField(max_length=8, verbose_name="摘要算法")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
            ],
            options={
                "verbose_name": "访问日志封条",
                "verbose_name_plural": "访问日志封条",
            },
        ),
        migrations.CreateModel(
            name="Blanking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.BigIntegerField(unique=True, verbose_name="变动编号")),
                ("digest", models.CharField(max_length=64, verbose_name="原摘要")),
                ("second_id", models.BigIntegerField(verbose_name="复核人编号")),
                ("second_name", models.CharField(max_length=64, verbose_name="复核人")),
            ],
            options={
                "verbose_name": "清除内容",
                "verbose_name_plural": "清除内容",
            },
        ),
        migrations.CreateModel(
            name="Access",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sign_in", "登录"),
                            ("sign_in_refused", "登录未成功"),
                            ("sign_out", "退出"),
                            ("unmask", "查看脱敏内容"),
                            ("export", "导出"),
                            ("print", "打印"),
                            ("refusal", "越权被拒"),
                            ("view", "查看"),
                        ],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("actor_id", models.BigIntegerField(null=True, verbose_name="成员编号")),
                ("actor_name", models.CharField(max_length=64, verbose_name="姓名")),
                ("unit_name", models.CharField(max_length=100, verbose_name="单位")),
                ("username", models.CharField(max_length=150, verbose_name="用户名")),
                ("address", models.CharField(max_length=64, verbose_name="来源地址")),
                ("ref_kind", models.CharField(max_length=64, verbose_name="对象类别")),
                ("ref_key", models.CharField(max_length=64, verbose_name="对象")),
                ("ref_label", models.CharField(max_length=200, verbose_name="对象当日名称")),
                ("detail", models.TextField(verbose_name="说明")),
                ("seal", models.BigIntegerField(null=True, verbose_name="封条")),
            ],
            options={
                "verbose_name": "访问日志",
                "verbose_name_plural": "访问日志",
                "indexes": [
                    models.Index(fields=["at"], name="journal_access_at"),
                    models.Index(fields=["actor_id", "id"], name="journal_access_actor"),
                    models.Index(fields=["seal", "id"], name="journal_access_seal"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="序号")),
                ("mark", models.BigIntegerField(unique=True, verbose_name="标记")),
                (
                    "source",
                    models.CharField(
                        choices=[("change", "正常操作"), ("unknown", "来源不明"), ("upgrade", "数据库升级")],
                        max_length=8,
                        verbose_name="来源",
                    ),
                ),
                ("actor_id", models.BigIntegerField(null=True, verbose_name="成员编号")),
                ("actor_name", models.CharField(max_length=64, verbose_name="经办人")),
                ("unit_id", models.BigIntegerField(null=True, verbose_name="单位编号")),
                ("unit_name", models.CharField(max_length=100, verbose_name="单位")),
                ("action", models.CharField(max_length=64, verbose_name="操作")),
                ("reason", models.TextField(verbose_name="理由")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("entries", models.IntegerField(verbose_name="变动行数")),
                ("entries_digest", models.CharField(max_length=64, verbose_name="变动摘要")),
                ("mentions_digest", models.CharField(max_length=64, verbose_name="涉及摘要")),
                ("algorithm", models.CharField(max_length=8, verbose_name="摘要算法")),
                ("previous", models.CharField(max_length=64, verbose_name="上一块摘要")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
            ],
            options={
                "verbose_name": "日志块",
                "verbose_name_plural": "日志块",
                "indexes": [
                    models.Index(fields=["at"], name="journal_block_at"),
                    models.Index(fields=["actor_id", "number"], name="journal_block_actor"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(db_column="table_name", max_length=64, verbose_name="表")),
                ("key", models.CharField(db_column="row_key", max_length=64, verbose_name="行")),
                (
                    "operation",
                    models.CharField(
                        choices=[("I", "新增"), ("U", "修改"), ("D", "删除"), ("S", "升级后的样子")],
                        max_length=1,
                        verbose_name="操作",
                    ),
                ),
                ("before", models.TextField(verbose_name="变动前")),
                ("after", models.TextField(verbose_name="变动后")),
                ("mark", models.BigIntegerField(null=True, verbose_name="标记")),
                ("origin", models.CharField(max_length=200, verbose_name="来源")),
                ("at", models.DateTimeField(verbose_name="写入时间")),
            ],
            options={
                "verbose_name": "变动",
                "verbose_name_plural": "变动",
                "indexes": [
                    models.Index(fields=["table", "key", "id"], name="journal_entry_row"),
                    models.Index(fields=["mark", "id"], name="journal_entry_mark"),
                    models.Index(condition=models.Q(("mark__isnull", True)), fields=["id"], name="journal_entry_stray"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=64, verbose_name="类别")),
                ("key", models.CharField(max_length=64, verbose_name="记录")),
                ("label", models.CharField(max_length=200, verbose_name="当日名称")),
                ("action", models.CharField(max_length=64, verbose_name="操作")),
                ("reason", models.TextField(verbose_name="理由")),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to="journal.block",
                        verbose_name="日志块",
                    ),
                ),
            ],
            options={
                "verbose_name": "日志涉及的记录",
                "verbose_name_plural": "日志涉及的记录",
                "indexes": [models.Index(fields=["kind", "key", "block"], name="journal_mention_record")],
            },
        ),
    ]
