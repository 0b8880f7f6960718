"""Persons, the members among them who may sign in, and what each member is there for."""

from __future__ import annotations

from typing import ClassVar, NoReturn

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.management.base import CommandError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from zhunsheng.people.models import checks
from zhunsheng.people.models.dated import Dated
from zhunsheng.people.models.division import Division
from zhunsheng.people.models.unit import Unit

OFFICE_PHONE = "(0[0-9]{2,3}-?)?[0-9]{7,8}(-[0-9]{1,6})?"
"""A number of the fixed network; a mobile number, which is somebody's own, does not satisfy it."""


class Person(models.Model):
    """A human being, one in every book: member, officer, adviser, expert.

    Only what is needed is kept (个人信息保护法 art. 6): the name, and where somebody must be reached the telephone of the
    office, never a private one. The telephone is for colleagues; whatever is published leaves it out.
    """

    name = models.CharField("姓名", max_length=50)
    office_phone = models.CharField(
        "办公电话",
        max_length=20,
        blank=True,
        default="",
        validators=[RegexValidator(rf"^{OFFICE_PHONE}$", "办公电话应当像 0500-5550123 这样写。")],
    )

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        constraints: ClassVar = [checks.filled("name", "person_name_filled")]

    def __str__(self) -> str:
        return self.name


class MemberManager(BaseUserManager["Member"]):
    """Finds members by user name; makes no superuser, for there is none."""

    def create_superuser(self, *_args: object, **_fields: object) -> NoReturn:
        """Refuse Django's ``createsuperuser``: three administrators share what a superuser could do."""
        raise CommandError("准绳没有超级用户。请用 .venv/bin/zhunsheng init 设立系统、安全、审计三名管理员。")


class Member(AbstractBaseUser):
    """An account: a person who signs in for a unit. Carries no rights; these come from ``MemberRole`` alone."""

    username = models.CharField(
        "用户名", max_length=64, unique=True, error_messages={"unique": "这个用户名已有人使用。"}
    )
    person = models.OneToOneField(Person, verbose_name="人员", on_delete=models.PROTECT, related_name="member")
    unit = models.ForeignKey(Unit, verbose_name="所在单位", on_delete=models.PROTECT, related_name="members")
    is_active = models.BooleanField("启用", default=True)

    objects = MemberManager()

    journal_redacted: ClassVar = ("password",)
    journal_ignored: ClassVar = ("last_login",)  # signing in is in the access log

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["person", "unit"]

    class Meta:
        verbose_name = verbose_name_plural = "成员"
        constraints: ClassVar = [
            checks.filled("username", "member_username_filled"),
            models.CheckConstraint(
                condition=Q(username=Lower(F("username"))),
                name="member_username_lower_case",
                violation_error_message="用户名中的字母应当小写。",
            ),
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def full_name(self) -> str:
        """The person's name (``kernel.actor.Actor``)."""
        return self.person.name

    @property
    def unit_name(self) -> str:
        """The short name of the unit that they act for (``kernel.actor.Actor``)."""
        return self.unit.short_name


class Role(models.TextChoices):
    """What a member does here."""

    LIAISON_OFFICER = "liaison_officer", "联络员"
    UNIT_HEAD = "unit_head", "单位负责人"
    OFFICE_CLERK = "office_clerk", "依法治县办经办"
    OFFICE_HEAD = "office_head", "依法治县办负责人"
    REVIEWER = "reviewer", "评审"
    SUPERVISOR = "supervisor", "监督员"
    LEADING_GROUP_MEMBER = "leading_group_member", "领导小组成员"
    SYSTEM_ADMINISTRATOR = "system_administrator", "系统管理员"
    SECURITY_ADMINISTRATOR = "security_administrator", "安全管理员"
    AUDIT_ADMINISTRATOR = "audit_administrator", "审计管理员"


UNIT_ROLES = (Role.LIAISON_OFFICER, Role.UNIT_HEAD)
"""Roles that act for one unit; every other role acts for a division and all that lies below it."""

ADMINISTRATORS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)
"""三员: nobody holds two of them at a time."""


class MemberRole(Dated):
    """A role given to a member for one unit or for one division, for a time."""

    member = models.ForeignKey(Member, verbose_name="成员", on_delete=models.PROTECT, related_name="roles")
    role = models.CharField("角色", max_length=32, choices=Role.choices)
    unit = models.ForeignKey(
        Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="roles", null=True, blank=True
    )
    division = models.ForeignKey(
        Division, verbose_name="区划", on_delete=models.PROTECT, related_name="roles", null=True, blank=True
    )

    class Meta:
        verbose_name = verbose_name_plural = "成员角色"
        constraints: ClassVar = [
            checks.one_of("role", Role, "memberrole_role_known"),
            checks.ordered("memberrole_dates_ordered"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=False),
                name="memberrole_begins",
                violation_error_message="角色应当有开始日期。",
            ),
            models.CheckConstraint(
                condition=Q(role__in=UNIT_ROLES, unit__isnull=False, division__isnull=True)
                | ~Q(role__in=UNIT_ROLES) & Q(unit__isnull=True, division__isnull=False),
                name="memberrole_scope_fits",
                violation_error_message="联络员、单位负责人对应一个单位，其他角色对应一个区划。",
            ),
            models.UniqueConstraint(
                fields=["member", "role", "unit"],
                condition=Q(valid_to__isnull=True, unit__isnull=False),
                name="memberrole_unit_role_once",
                violation_error_message="这名成员在这个单位已有这个角色。",
            ),
            models.UniqueConstraint(
                fields=["member", "role", "division"],
                condition=Q(valid_to__isnull=True, division__isnull=False),
                name="memberrole_division_role_once",
                violation_error_message="这名成员在这个区划已有这个角色。",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(valid_to__isnull=True, role__in=ADMINISTRATORS),
                name="memberrole_one_administrator_role",
                violation_error_message="系统、安全、审计管理员不得由同一人兼任。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.get_role_display()}"
