"""Certificates, posts, decided group phrases, the office telephone, governments as units."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zhunsheng.kernel.now


class Migration(migrations.Migration):
    """What plans and books ask of persons and units beyond accounts."""

    dependencies = [
        ("people", "0002_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="生效日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="失效日期")),
                ("body", models.CharField(blank=True, default="", max_length=100, verbose_name="机构名称")),
                ("post", models.CharField(max_length=50, verbose_name="职务")),
            ],
            options={
                "verbose_name": "任职",
                "verbose_name_plural": "任职",
            },
        ),
        migrations.CreateModel(
            name="GroupMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "泛指的成员",
                "verbose_name_plural": "泛指的成员",
            },
        ),
        migrations.CreateModel(
            name="GroupPhrase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="生效日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="失效日期")),
                ("phrase", models.CharField(max_length=100, verbose_name="泛指")),
                ("key", models.CharField(max_length=100, verbose_name="规整写法")),
                ("decided_on", models.DateField(verbose_name="确定日期")),
            ],
            options={
                "verbose_name": "泛指的确定",
                "verbose_name_plural": "泛指的确定",
            },
        ),
        migrations.CreateModel(
            name="Qualification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="生效日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="失效日期")),
                ("kind", models.CharField(max_length=40, verbose_name="种类")),
                ("number", models.CharField(max_length=40, verbose_name="证号")),
                ("issuer", models.CharField(max_length=100, verbose_name="发证机关")),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="收回日期")),
            ],
            options={
                "verbose_name": "资格",
                "verbose_name_plural": "资格",
            },
        ),
        migrations.RemoveConstraint(
            model_name="unit",
            name="unit_kind_known",
        ),
        migrations.AddField(
            model_name="person",
            name="office_phone",
            field=models.CharField(
                blank=True,
                default="",
                max_length=20,
                validators=[
                    django.core.validators.RegexValidator(
                        "^(0[0-9]{2,3}-?)?[0-9]{7,8}(-[0-9]{1,6})?$", "办公电话应当像 0500-5550123 这样写。"
                    )
                ],
                verbose_name="办公电话",
            ),
        ),
        migrations.AlterField(
            model_name="installation",
            name="founded_at",
            field=models.DateTimeField(default=zhunsheng.kernel.now.now, verbose_name="建立时间"),
        ),
        migrations.AlterField(
            model_name="unit",
            name="kind",
            field=models.CharField(
                choices=[
                    ("government", "县级人民政府"),
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
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "government",
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
        ),
        migrations.AddField(
            model_name="appointment",
            name="division",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appointments",
                to="people.division",
                verbose_name="区划",
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appointments",
                to="people.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appointments",
                to=settings.UNIT_MODEL,
                verbose_name="单位",
            ),
        ),
        migrations.AddField(
            model_name="groupmember",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.UNIT_MODEL,
                verbose_name="单位",
            ),
        ),
        migrations.AddField(
            model_name="groupphrase",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="确定人",
            ),
        ),
        migrations.AddField(
            model_name="groupphrase",
            name="division",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="group_phrases",
                to="people.division",
                verbose_name="区划",
            ),
        ),
        migrations.AddField(
            model_name="groupphrase",
            name="units",
            field=models.ManyToManyField(
                related_name="group_phrases", through="people.GroupMember", to=settings.UNIT_MODEL, verbose_name="单位"
            ),
        ),
        migrations.AddField(
            model_name="groupmember",
            name="phrase",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="members",
                to="people.groupphrase",
                verbose_name="泛指",
            ),
        ),
        migrations.AddField(
            model_name="qualification",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="qualifications",
                to="people.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("post", ""), _negated=True),
                name="appointment_post_filled",
                violation_error_message="不能为空。",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="appointment_dates_ordered",
                violation_error_message="失效日期应当晚于生效日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_from__isnull", False)),
                name="appointment_begins",
                violation_error_message="任职应当有开始日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("body", ""), ("division__isnull", True), ("unit__isnull", False)),
                    models.Q(
                        ("division__isnull", False), ("unit__isnull", True), models.Q(("body", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="appointment_in_one_body",
                violation_error_message="任职要么在一个单位，要么在某个区划的一个写明名称的机构。",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("unit__isnull", False), ("valid_to__isnull", True)),
                fields=("person", "unit", "post"),
                name="appointment_in_unit_once",
                violation_error_message="这个人在这个单位已任此职。",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("division__isnull", False), ("valid_to__isnull", True)),
                fields=("person", "division", "body", "post"),
                name="appointment_in_named_body_once",
                violation_error_message="这个人在这个机构已任此职。",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupphrase",
            constraint=models.CheckConstraint(
                condition=models.Q(("phrase", ""), _negated=True),
                name="groupphrase_phrase_filled",
                violation_error_message="不能为空。",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupphrase",
            constraint=models.CheckConstraint(
                condition=models.Q(("key", ""), _negated=True),
                name="groupphrase_key_filled",
                violation_error_message="不能为空。",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupphrase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="groupphrase_dates_ordered",
                violation_error_message="失效日期应当晚于生效日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupphrase",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("division", "key"),
                name="groupphrase_one_current",
                violation_error_message="这个区划对这个说法已有现行的确定。",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.UniqueConstraint(
                fields=("phrase", "unit"), name="groupmember_once", violation_error_message="这个单位已在其中。"
            ),
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", ""), _negated=True),
                name="qualification_kind_filled",
                violation_error_message="不能为空。",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True),
                name="qualification_number_filled",
                violation_error_message="不能为空。",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.CheckConstraint(
                condition=models.Q(("issuer", ""), _negated=True),
                name="qualification_issuer_filled",
                violation_error_message="不能为空。",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="qualification_dates_ordered",
                violation_error_message="失效日期应当晚于生效日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_from__isnull", False)),
                name="qualification_begins",
                violation_error_message="资格应当有生效日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revoked_on__isnull", True), ("revoked_on__gte", models.F("valid_from")), _connector="OR"
                ),
                name="qualification_revoked_after_it_began",
                violation_error_message="收回日期不能早于生效日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.UniqueConstraint(
                fields=("kind", "number", "valid_from"),
                name="qualification_number_once",
                violation_error_message="同一种证件的这个证号在这一天已经登记过。",
            ),
        ),
    ]
