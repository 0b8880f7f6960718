"""Roles asked for by one administrator and given by another."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table; whoever proposes does not approve."""

    dependencies = [
        ("people", "0003_groups_qualifications"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoleProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("proposed_on", models.DateField(verbose_name="申请日期")),
                (
                    "decision",
                    models.CharField(
                        choices=[("open", "待批"), ("approved", "批准"), ("refused", "不批")],
                        default="open",
                        max_length=16,
                        verbose_name="结果",
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="批准日期")),
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
                    "division",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_proposals",
                        to="people.division",
                        verbose_name="区划",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_proposals",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="成员",
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
                        verbose_name="申请人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_proposals",
                        to=settings.UNIT_MODEL,
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "角色申请",
                "verbose_name_plural": "角色申请",
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
                                ],
                            )
                        ),
                        name="roleproposal_role_is_business",
                        violation_error_message="只能申请业务角色，三员由安全管理员直接设立。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["open", "approved", "refused"])),
                        name="roleproposal_decision_known",
                        violation_error_message="取值不在规定的范围内。",
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
                        name="roleproposal_scope_fits",
                        violation_error_message="联络员、单位负责人对应一个单位，其他角色对应一个区划。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by__isnull", True), ("decided_on__isnull", True), ("decision", "open")),
                            models.Q(
                                models.Q(("decision", "open"), _negated=True),
                                ("decided_by__isnull", False),
                                ("decided_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="roleproposal_decision_complete",
                        violation_error_message="批准或者不批的，应当写明由谁在哪一天决定。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            ("proposed_by__isnull", True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="roleproposal_two_persons",
                        violation_error_message="申请和批准不能是同一个人。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decision", "open"), ("unit__isnull", False)),
                        fields=("member", "role", "unit"),
                        name="roleproposal_unit_role_once",
                        violation_error_message="这项角色已在申请中。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decision", "open"), ("division__isnull", False)),
                        fields=("member", "role", "division"),
                        name="roleproposal_division_role_once",
                        violation_error_message="这项角色已在申请中。",
                    ),
                ],
            },
        ),
    ]
