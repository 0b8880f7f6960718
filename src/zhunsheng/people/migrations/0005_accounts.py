"""What belongs to a member's way in, and the clock of the demo."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Accounts, former passwords, second factors, recovery codes, the simulated clock."""

    dependencies = [
        ("people", "0004_role_proposals"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="account",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="成员",
                    ),
                ),
                ("must_change", models.BooleanField(default=True, verbose_name="下次登录要改口令")),
                ("password_set_at", models.DateTimeField(blank=True, null=True, verbose_name="口令设定时间")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="账号失效日期")),
                ("large", models.BooleanField(default=False, verbose_name="大字")),
                ("dark", models.BooleanField(default=False, verbose_name="深色")),
            ],
            options={
                "verbose_name": "账号",
                "verbose_name_plural": "账号",
            },
        ),
        migrations.CreateModel(
            name="SecondFactor",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="second_factor",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="成员",
                    ),
                ),
                ("secret", models.CharField(max_length=255, verbose_name="密钥（加密）")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="启用时间")),
                ("last_step", models.BigIntegerField(default=0, verbose_name="最近用过的时间步")),
            ],
            options={
                "verbose_name": "动态口令",
                "verbose_name_plural": "动态口令",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("secret", ""), _negated=True),
                        name="secondfactor_secret_filled",
                        violation_error_message="不能为空。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SimulatedClock",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False, verbose_name="编号"),
                ),
                ("days", models.IntegerField(default=0, verbose_name="快几天")),
            ],
            options={
                "verbose_name": "演示的时钟",
                "verbose_name_plural": "演示的时钟",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)),
                        name="simulatedclock_only_one",
                        violation_error_message="只有一个时钟。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", -3660), ("days__lte", 3660)),
                        name="simulatedclock_within_ten_years",
                        violation_error_message="时钟最多拨前或者拨后十年。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerPassword",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="口令（散列）")),
                ("set_at", models.DateTimeField(verbose_name="设定时间")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_passwords",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="成员",
                    ),
                ),
            ],
            options={
                "verbose_name": "用过的口令",
                "verbose_name_plural": "用过的口令",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("password", ""), _negated=True),
                        name="formerpassword_password_filled",
                        violation_error_message="不能为空。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, verbose_name="恢复码（散列）")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="用掉的时间")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recovery_codes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="成员",
                    ),
                ),
            ],
            options={
                "verbose_name": "恢复码",
                "verbose_name_plural": "恢复码",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("member", "digest"), name="recoverycode_once", violation_error_message="恢复码重复。"
                    )
                ],
            },
        ),
    ]
