"""Units 单位: who is given a task, who reports, who is assessed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zhunsheng.people.models import checks
from zhunsheng.people.models.dated import Dated
from zhunsheng.people.models.division import Division


class UnitKind(models.TextChoices):
    """What a unit is, as plans and assessments group units."""

    GOVERNMENT = "government", "县级人民政府"
    TOWNSHIP = "township", "乡镇"
    SUB_DISTRICT = "sub_district", "街道"
    ENFORCING_DEPARTMENT = "enforcing_department", "行政执法部门"
    DEPARTMENT = "department", "其他部门"
    VERTICAL = "vertical", "垂直管理单位"
    VILLAGE = "village", "村（居）民委员会"
    OFFICE = "office", "议事协调机构的办事机构"


class Leadership(models.TextChoices):
    """Who leads a unit: the place 块, the line 条, or both 双重."""

    PLACE = "place", "属地管理"
    LINE = "line", "垂直管理"
    BOTH = "both", "双重管理"


class Ending(models.TextChoices):
    """How a unit ceased: under a new name, inside another unit, or altogether."""

    RENAMED = "renamed", "更名"
    MERGED = "merged", "并入"
    ABOLISHED = "abolished", "撤销"


class Unit(Dated):
    """A unit in a division.

    ``superior`` is ``NULL`` directly under the government of the place, or where the superior lies outside this
    installation. ``assessed_by`` is the unit that assesses it, ``NULL`` if none here does. A unit that has
    ended keeps its rows and points at its successor; a mere change of name is a ``UnitAlias``.
    """

    division = models.ForeignKey(Division, verbose_name="区划", on_delete=models.PROTECT, related_name="units")
    superior = models.ForeignKey(
        "self", verbose_name="上级单位", on_delete=models.PROTECT, related_name="subordinates", null=True, blank=True
    )
    kind = models.CharField("类别", max_length=24, choices=UnitKind.choices)
    led_by = models.CharField("领导关系", max_length=8, choices=Leadership.choices, default=Leadership.PLACE)
    name = models.CharField("全称", max_length=100)
    short_name = models.CharField("简称", max_length=50)
    assessed_by = models.ForeignKey(
        "self", verbose_name="考核单位", on_delete=models.PROTECT, related_name="assesses", null=True, blank=True
    )
    ending = models.CharField("终止方式", max_length=16, choices=Ending.choices, blank=True, default="")
    successor = models.ForeignKey(
        "self", verbose_name="承接单位", on_delete=models.PROTECT, related_name="predecessors", null=True, blank=True
    )

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        # The kernel points at units by ``settings.UNIT_MODEL`` alone; this makes its migrations do the same.
        swappable = "UNIT_MODEL"
        constraints: ClassVar = [
            checks.one_of("kind", UnitKind, "unit_kind_known"),
            checks.one_of("led_by", Leadership, "unit_led_by_known"),
            checks.filled("name", "unit_name_filled"),
            checks.filled("short_name", "unit_short_name_filled"),
            checks.ordered("unit_dates_ordered"),
            models.CheckConstraint(
                condition=~Q(kind=UnitKind.VERTICAL) | ~Q(led_by=Leadership.PLACE),
                name="unit_vertical_is_led_by_line",
                violation_error_message="垂直管理单位的领导关系应当是垂直管理或者双重管理。",
            ),
            models.CheckConstraint(
                condition=Q(ending="", valid_to__isnull=True, successor__isnull=True)
                | Q(ending=Ending.ABOLISHED, valid_to__isnull=False, successor__isnull=True)
                | Q(ending__in=[Ending.RENAMED, Ending.MERGED], valid_to__isnull=False, successor__isnull=False),
                name="unit_ending_complete",
                violation_error_message="单位终止的，应当写明日期和方式；更名、并入的，还应当写明承接单位。",
            ),
            models.CheckConstraint(
                condition=(Q(superior__isnull=True) | ~Q(superior=F("id")))
                & (Q(successor__isnull=True) | ~Q(successor=F("id"))),
                name="unit_not_its_own_superior_or_successor",
                violation_error_message="单位不能是自己的上级或者承接单位。",
            ),
            models.UniqueConstraint(
                fields=["division", "name"],
                condition=Q(valid_to__isnull=True),
                name="unit_name_unique_while_live",
                violation_error_message="同一区划内已有同名单位。",
            ),
            models.UniqueConstraint(
                fields=["division", "short_name"],
                condition=Q(valid_to__isnull=True),
                name="unit_short_name_unique_while_live",
                violation_error_message="同一区划内已有单位使用这个简称。",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class UnitAlias(Dated):
    """Another name by which documents call a unit: a shorter form, a former name, a habit."""

    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField("别名", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "单位别名"
        constraints: ClassVar = [
            checks.filled("name", "unitalias_name_filled"),
            checks.ordered("unitalias_dates_ordered"),
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="unitalias_unique_per_unit",
                violation_error_message="这个单位已有同样的别名。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
