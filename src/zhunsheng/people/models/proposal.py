"""A role that the system administrator asks for 角色申请 and the security administrator gives or refuses."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from zhunsheng.people.models import checks
from zhunsheng.people.models.division import Division
from zhunsheng.people.models.member import ADMINISTRATORS, UNIT_ROLES, Member, Role
from zhunsheng.people.models.unit import Unit


class Decision(models.TextChoices):
    """What became of a proposal."""

    OPEN = "open", "待批"
    APPROVED = "approved", "批准"
    REFUSED = "refused", "不批"


class RoleProposal(models.Model):
    """A business role for a member, proposed by whoever entered the account; it gives no right until approved."""

    member = models.ForeignKey(Member, verbose_name="成员", on_delete=models.PROTECT, related_name="role_proposals")
    role = models.CharField("角色", max_length=32, choices=Role.choices)
    unit = models.ForeignKey(
        Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="role_proposals", null=True, blank=True
    )
    division = models.ForeignKey(
        Division, verbose_name="区划", on_delete=models.PROTECT, related_name="role_proposals", null=True, blank=True
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="申请人",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    proposed_on = models.DateField("申请日期")
    decision = models.CharField("结果", max_length=16, choices=Decision.choices, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="批准人",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    decided_on = models.DateField("批准日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "角色申请"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role__in=[role for role in Role if role not in ADMINISTRATORS]),
                name="roleproposal_role_is_business",
                violation_error_message="只能申请业务角色，三员由安全管理员直接设立。",
            ),
            checks.one_of("decision", Decision, "roleproposal_decision_known"),
            models.CheckConstraint(
                condition=Q(role__in=UNIT_ROLES, unit__isnull=False, division__isnull=True)
                | ~Q(role__in=UNIT_ROLES) & Q(unit__isnull=True, division__isnull=False),
                name="roleproposal_scope_fits",
                violation_error_message="联络员、单位负责人对应一个单位，其他角色对应一个区划。",
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.OPEN, decided_by__isnull=True, decided_on__isnull=True)
                | ~Q(decision=Decision.OPEN) & Q(decided_by__isnull=False, decided_on__isnull=False),
                name="roleproposal_decision_complete",
                violation_error_message="批准或者不批的，应当写明由谁在哪一天决定。",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(proposed_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="roleproposal_two_persons",
                violation_error_message="申请和批准不能是同一个人。",
            ),
            models.UniqueConstraint(
                fields=["member", "role", "unit"],
                condition=Q(decision=Decision.OPEN, unit__isnull=False),
                name="roleproposal_unit_role_once",
                violation_error_message="这项角色已在申请中。",
            ),
            models.UniqueConstraint(
                fields=["member", "role", "division"],
                condition=Q(decision=Decision.OPEN, division__isnull=False),
                name="roleproposal_division_role_once",
                violation_error_message="这项角色已在申请中。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.get_role_display()}"
