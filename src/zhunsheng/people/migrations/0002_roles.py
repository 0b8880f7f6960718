"""Aliases, roles, and the installation."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables that nothing on other floors needs to refer to."""

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnitAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="生效日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="失效日期")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="people.unit",
                        verbose_name="单位",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="别名")),
            ],
            options={
                "verbose_name": "单位别名",
                "verbose_name_plural": "单位别名",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="unitalias_name_filled",
                        violation_error_message="不能为空。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="unitalias_dates_ordered",
                        violation_error_message="失效日期应当晚于生效日期。",
                    ),
                    models.UniqueConstraint(
                        fields=("unit", "name"),
                        name="unitalias_unique_per_unit",
                        violation_error_message="这个单位已有同样的别名。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="生效日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="失效日期")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roles",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="成员",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("liaison_officer", "联络员"),
                            ("unit_head", "单位负责人"),
                            ("office_clerk", "依法治县办经办"),
                            ("office_head", "依法治县办负责人"),
                            ("reviewer", "评审"),
                            ("supervisor", "监督员"),
                            ("leading_group_member", "领导小组成员"),
                            ("system_administrator", "系统管理员"),
                            ("security_administrator", "安全管理员"),
                            ("audit_administrator", "审计管理员"),
                        ],
                        max_length=32,
                        verbose_name="角色",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roles",
                        to="people.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roles",
                        to="people.division",
                        verbose_name="区划",
                    ),
                ),
            ],
            options={
                "verbose_name": "成员角色",
                "verbose_name_plural": "成员角色",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "liaison_officer",
                                    "unit_head",
                                    "office_clerk",
                                    "office_head",
                                    "reviewer",
                                    "supervisor",
                                    "leading_group_member",
                                    "system_administrator",
                                    "security_administrator",
                                    "audit_administrator",
                                ],
                            )
                        ),
                        name="memberrole_role_known",
                        violation_error_message="取值不在规定的范围内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="memberrole_dates_ordered",
                        violation_error_message="失效日期应当晚于生效日期。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__isnull", False)),
                        name="memberrole_begins",
                        violation_error_message="角色应当有开始日期。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("division__isnull", True),
                                ("role__in", ("liaison_officer", "unit_head")),
                                ("unit__isnull", False),
                            ),
                            models.Q(
                                models.Q(("role__in", ("liaison_officer", "unit_head")), _negated=True),
                                ("division__isnull", False),
                                ("unit__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="memberrole_scope_fits",
                        violation_error_message="联络员、单位负责人对应一个单位，其他角色对应一个区划。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", False), ("valid_to__isnull", True)),
                        fields=("member", "role", "unit"),
                        name="memberrole_unit_role_once",
                        violation_error_message="这名成员在这个单位已有这个角色。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("division__isnull", False), ("valid_to__isnull", True)),
                        fields=("member", "role", "division"),
                        name="memberrole_division_role_once",
                        violation_error_message="这名成员在这个区划已有这个角色。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("role__in", ("system_administrator", "security_administrator", "audit_administrator")),
                            ("valid_to__isnull", True),
                        ),
                        fields=("member",),
                        name="memberrole_one_administrator_role",
                        violation_error_message="系统、安全、审计管理员不得由同一人兼任。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Installation",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False, verbose_name="编号"),
                ),
                (
                    "division",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="installation",
                        to="people.division",
                        verbose_name="区划",
                    ),
                ),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示")),
                ("founded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="建立时间")),
            ],
            options={
                "verbose_name": "本系统",
                "verbose_name_plural": "本系统",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)),
                        name="installation_only_one",
                        violation_error_message="一套系统只服务一个县或者市。",
                    )
                ],
            },
        ),
    ]
