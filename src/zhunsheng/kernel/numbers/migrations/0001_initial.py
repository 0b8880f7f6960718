"""Series of numbers and their register."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of the engine."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("series", models.CharField(max_length=40, verbose_name="种类")),
                ("organ", models.CharField(max_length=100, verbose_name="机关")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="已用到")),
            ],
            options={
                "verbose_name": "编号序列",
                "verbose_name_plural": "编号序列",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("series", "organ", "year"),
                        name="series_once",
                        violation_error_message="同一机关同一年度同一种类只有一个编号序列。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("series", ""), _negated=True),
                            models.Q(("organ", ""), _negated=True),
                            ("year__gte", 1949),
                        ),
                        name="series_named",
                        violation_error_message="编号序列要写明种类、机关和年度。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Taken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="编号")),
                ("kind", models.CharField(max_length=60, verbose_name="记录种类")),
                ("key", models.CharField(max_length=60, verbose_name="记录编码")),
                ("label", models.CharField(max_length=300, verbose_name="记录名称")),
                ("at", models.DateTimeField(verbose_name="取号时间")),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken",
                        to="numbers.series",
                        verbose_name="编号序列",
                    ),
                ),
            ],
            options={
                "verbose_name": "已用编号",
                "verbose_name_plural": "已用编号",
                "ordering": ["series", "number"],
                "indexes": [models.Index(fields=["kind", "key"], name="taken_by_record")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("series", "number"), name="taken_once", violation_error_message="这个编号已经用过。"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="taken_from_one",
                        violation_error_message="编号从 1 开始。",
                    ),
                ],
            },
        ),
    ]
