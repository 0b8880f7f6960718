"""Divisions, units, members."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables that other floors refer to; an app that depends on the user model depends on this one."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Division",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=32, unique=True, verbose_name="路径")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_column="parent_path",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="people.division",
                        to_field="path",
                        verbose_name="上级区划",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("prefecture", "地市"),
                            ("county", "县区"),
                            ("township", "乡镇街道"),
                            ("village", "村社区"),
                        ],
                        max_length=16,
                        verbose_name="层级",
                    ),
                ),
                ("name", models.CharField(max_length=64, verbose_name="名称")),
            ],
            options={
                "verbose_name": "区划",
                "verbose_name_plural": "区划",
                "ordering": ["path"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["prefecture", "county", "township", "village"])),
                        name="division_kind_known",
                        violation_error_message="取值不在规定的范围内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="division_name_filled",
                        violation_error_message="不能为空。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("parent__isnull", True),
                                django.db.models.lookups.Exact(django.db.models.functions.text.Length("path"), 4),
                            ),
                            models.Q(
                                ("parent__isnull", False),
                                (
                                    "parent",
                                    django.db.models.functions.text.Left(
                                        "path",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.functions.text.Length("path"), "-", models.Value(4)
                                        ),
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="division_path_continues_parent",
                        violation_error_message="区划路径应当由上级路径加四位数字组成。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("parent__isnull", False)),
                        fields=("parent", "name"),
                        name="division_name_unique_below_parent",
                        violation_error_message="同一上级区划下已有同名区划。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("parent__isnull", True)),
                        fields=("name",),
                        name="division_name_unique_at_top",
                        violation_error_message="已有同名的最高一级区划。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DivisionCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="生效日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="失效日期")),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="people.division",
                        verbose_name="区划",
                    ),
                ),
                ("code", models.CharField(max_length=12, verbose_name="代码")),
            ],
            options={
                "verbose_name": "区划代码",
                "verbose_name_plural": "区划代码",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="divisioncode_dates_ordered",
                        violation_error_message="失效日期应当晚于生效日期。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length(models.F("code")), [6, 9, 12]
                            )
                        ),
                        name="divisioncode_length_known",
                        violation_error_message="区划代码应当为 6 位、9 位或者 12 位数字。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("division",),
                        name="divisioncode_one_current_per_division",
                        violation_error_message="这个区划已有现行代码。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("code",),
                        name="divisioncode_current_unique",
                        violation_error_message="这个代码已由其他区划使用。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=50, verbose_name="姓名")),
            ],
            options={
                "verbose_name": "人员",
                "verbose_name_plural": "人员",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="person_name_filled",
                        violation_error_message="不能为空。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="生效日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="失效日期")),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="people.division",
                        verbose_name="区划",
                    ),
                ),
                (
                    "superior",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subordinates",
                        to="people.unit",
                        verbose_name="上级单位",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("township", "乡镇"),
                            ("sub_district", "街道"),
                            ("enforcing_department", "行政执法部门"),
                            ("department", "其他部门"),
                            ("vertical", "垂直管理单位"),
                            ("village", "村（居）民委员会"),
                            ("office", "议事协调机构的办事机构"),
                        ],
                        max_length=24,
                        verbose_name="类别",
                    ),
                ),
                (
                    "led_by",
                    models.CharField(
                        choices=[("place", "属地管理"), ("line", "垂直管理"), ("both", "双重管理")],
                        default="place",
                        max_length=8,
                        verbose_name="领导关系",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="全称")),
                ("short_name", models.CharField(max_length=50, verbose_name="简称")),
                (
                    "assessed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assesses",
                        to="people.unit",
                        verbose_name="考核单位",
                    ),
                ),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[("renamed", "更名"), ("merged", "并入"), ("abolished", "撤销")],
                        default="",
                        max_length=16,
                        verbose_name="终止方式",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="people.unit",
                        verbose_name="承接单位",
                    ),
                ),
            ],
            options={
                "swappable": "UNIT_MODEL",
                "verbose_name": "单位",
                "verbose_name_plural": "单位",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "township",
                                    "sub_district",
                                    "enforcing_department",
                                    "department",
                                    "vertical",
                                    "village",
                                    "office",
                                ],
                            )
                        ),
                        name="unit_kind_known",
                        violation_error_message="取值不在规定的范围内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("led_by__in", ["place", "line", "both"])),
                        name="unit_led_by_known",
                        violation_error_message="取值不在规定的范围内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="unit_name_filled",
                        violation_error_message="不能为空。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("short_name", ""), _negated=True),
                        name="unit_short_name_filled",
                        violation_error_message="不能为空。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="unit_dates_ordered",
                        violation_error_message="失效日期应当晚于生效日期。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "vertical"), _negated=True),
                            models.Q(("led_by", "place"), _negated=True),
                            _connector="OR",
                        ),
                        name="unit_vertical_is_led_by_line",
                        violation_error_message="垂直管理单位的领导关系应当是垂直管理或者双重管理。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ending", ""), ("successor__isnull", True), ("valid_to__isnull", True)),
                            models.Q(("ending", "abolished"), ("successor__isnull", True), ("valid_to__isnull", False)),
                            models.Q(
                                ("ending__in", ["renamed", "merged"]),
                                ("successor__isnull", False),
                                ("valid_to__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="unit_ending_complete",
                        violation_error_message="单位终止的，应当写明日期和方式；更名、并入的，还应当写明承接单位。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("superior__isnull", True),
                                models.Q(("superior", models.F("id")), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("successor__isnull", True),
                                models.Q(("successor", models.F("id")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="unit_not_its_own_superior_or_successor",
                        violation_error_message="单位不能是自己的上级或者承接单位。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("division", "name"),
                        name="unit_name_unique_while_live",
                        violation_error_message="同一区划内已有同名单位。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("division", "short_name"),
                        name="unit_short_name_unique_while_live",
                        violation_error_message="同一区划内已有单位使用这个简称。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "这个用户名已有人使用。"},
                        max_length=64,
                        unique=True,
                        verbose_name="用户名",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="member",
                        to="people.person",
                        verbose_name="人员",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="people.unit",
                        verbose_name="所在单位",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
            ],
            options={
                "verbose_name": "成员",
                "verbose_name_plural": "成员",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("username", ""), _negated=True),
                        name="member_username_filled",
                        violation_error_message="不能为空。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("username", django.db.models.functions.text.Lower(models.F("username")))),
                        name="member_username_lower_case",
                        violation_error_message="用户名中的字母应当小写。",
                    ),
                ],
            },
        ),
    ]
