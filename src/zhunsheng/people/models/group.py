"""What a person decided that a group phrase 泛指 of plans means (县直有关部门), remembered for the next plan."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhunsheng.people.models import checks
from zhunsheng.people.models.dated import Dated
from zhunsheng.people.models.division import Division
from zhunsheng.people.models.unit import Unit


class GroupPhrase(Dated):
    """A phrase in the plans of one division and the units that it means, as decided; later decisions follow it.

    ``key`` is the phrase as ``groups.key`` spells it, so that 各 乡镇 and 各乡镇 are one.
    """

    division = models.ForeignKey(Division, verbose_name="区划", on_delete=models.PROTECT, related_name="group_phrases")
    phrase = models.CharField("泛指", max_length=100)
    key = models.CharField("规整写法", max_length=100)
    units = models.ManyToManyField(Unit, verbose_name="单位", through="GroupMember", related_name="group_phrases")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="确定人", on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField("确定日期")

    class Meta:
        verbose_name = verbose_name_plural = "泛指的确定"
        constraints: ClassVar = [
            checks.filled("phrase", "groupphrase_phrase_filled"),
            checks.filled("key", "groupphrase_key_filled"),
            checks.ordered("groupphrase_dates_ordered"),
            models.UniqueConstraint(
                fields=["division", "key"],
                condition=Q(valid_to__isnull=True),
                name="groupphrase_one_current",
                violation_error_message="这个区划对这个说法已有现行的确定。",
            ),
        ]

    def __str__(self) -> str:
        return self.phrase


class GroupMember(models.Model):
    """One unit among those that a phrase was decided to mean."""

    phrase = models.ForeignKey(GroupPhrase, verbose_name="泛指", on_delete=models.CASCADE, related_name="members")
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "泛指的成员"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["phrase", "unit"],
                name="groupmember_once",
                violation_error_message="这个单位已在其中。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phrase}：{self.unit}"
