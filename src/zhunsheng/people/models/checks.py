"""Short forms of the database constraints that several models need."""

from __future__ import annotations

from django.db.models import CheckConstraint, Choices, F, Q


def one_of(field: str, choices: type[Choices], name: str) -> CheckConstraint:
    """The column holds one of the values of ``choices`` and nothing else."""
    condition = Q(**{f"{field}__in": choices.values})
    return CheckConstraint(condition=condition, name=name, violation_error_message="取值不在规定的范围内。")


def filled(field: str, name: str) -> CheckConstraint:
    """The text column is not empty."""
    return CheckConstraint(condition=~Q(**{field: ""}), name=name, violation_error_message="不能为空。")


def ordered(name: str) -> CheckConstraint:
    """``valid_to`` comes after ``valid_from``; either may be open."""
    condition = Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))
    return CheckConstraint(condition=condition, name=name, violation_error_message="失效日期应当晚于生效日期。")
