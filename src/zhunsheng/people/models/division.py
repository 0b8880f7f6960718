"""Administrative divisions 行政区划, from the prefecture down to the village."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left, Length
from django.db.models.lookups import Exact, In

from zhunsheng.people.models import checks
from zhunsheng.people.models.dated import Dated

STEP = 4
"""Characters of the path that each level adds."""


def paths_to(path: str) -> list[str]:
    """The paths of a division and of those above it, the highest first."""
    return [path[:end] for end in range(STEP, len(path) + 1, STEP)]


class DivisionKind(models.TextChoices):
    """Levels of the division tree, highest first."""

    PREFECTURE = "prefecture", "地市"
    COUNTY = "county", "县区"
    TOWNSHIP = "township", "乡镇街道"
    VILLAGE = "village", "村社区"


class Division(models.Model):
    """One node of the division tree.

    ``path`` is the parent's path and four more digits (``0001`` › ``00010007`` › ``000100070012``), so that
    everything below a division is one condition on it. The parent is referred to by its path and not by
    its number: only thus can the database itself check that path and parent agree.
    """

    path = models.CharField("路径", max_length=32, unique=True)
    parent = models.ForeignKey(
        "self",
        verbose_name="上级区划",
        on_delete=models.PROTECT,
        to_field="path",
        db_column="parent_path",
        related_name="children",
        null=True,
        blank=True,
    )
    kind = models.CharField("层级", max_length=16, choices=DivisionKind.choices)
    name = models.CharField("名称", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "区划"
        ordering: ClassVar = ["path"]
        constraints: ClassVar = [
            checks.one_of("kind", DivisionKind, "division_kind_known"),
            checks.filled("name", "division_name_filled"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) & Q(Exact(Length("path"), STEP))
                | Q(parent__isnull=False) & Q(parent=Left("path", Length("path") - STEP)),
                name="division_path_continues_parent",
                violation_error_message="区划路径应当由上级路径加四位数字组成。",
            ),
            models.UniqueConstraint(
                fields=["parent", "name"],
                condition=Q(parent__isnull=False),
                name="division_name_unique_below_parent",
                violation_error_message="同一上级区划下已有同名区划。",
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(parent__isnull=True),
                name="division_name_unique_at_top",
                violation_error_message="已有同名的最高一级区划。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DivisionCode(Dated):
    """The code of a division for a time: 6 digits (GB/T 2260), 9 for a township, 12 for a village (GB/T 10114).

    Codes change and development zones have none; nothing else refers to a division by its code.
    """

    division = models.ForeignKey(Division, verbose_name="区划", on_delete=models.PROTECT, related_name="codes")
    code = models.CharField("代码", max_length=12)

    class Meta:
        verbose_name = verbose_name_plural = "区划代码"
        constraints: ClassVar = [
            checks.ordered("divisioncode_dates_ordered"),
            models.CheckConstraint(
                condition=Q(In(Length(F("code")), [6, 9, 12])),
                name="divisioncode_length_known",
                violation_error_message="区划代码应当为 6 位、9 位或者 12 位数字。",
            ),
            models.UniqueConstraint(
                fields=["division"],
                condition=Q(valid_to__isnull=True),
                name="divisioncode_one_current_per_division",
                violation_error_message="这个区划已有现行代码。",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(valid_to__isnull=True),
                name="divisioncode_current_unique",
                violation_error_message="这个代码已由其他区划使用。",
            ),
        ]

    def __str__(self) -> str:
        return self.code
