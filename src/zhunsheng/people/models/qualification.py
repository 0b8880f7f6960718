"""What a person is qualified for 资格, and what posts they hold 任职, each for a time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zhunsheng.people.models import checks
from zhunsheng.people.models.dated import Dated
from zhunsheng.people.models.division import Division
from zhunsheng.people.models.member import Person
from zhunsheng.people.models.unit import Unit


class Qualification(Dated):
    """A certificate of a person: enforcement card, legal qualification, public lawyer's licence.

    ``kind`` is an id of the pack ``qualifications``. ``revoked_on`` is the first day on which it no longer counts
    although its term runs on (吊销、收回、注销).
    """

    person = models.ForeignKey(Person, verbose_name="人员", on_delete=models.PROTECT, related_name="qualifications")
    kind = models.CharField("种类", max_length=40)
    number = models.CharField("证号", max_length=40)
    issuer = models.CharField("发证机关", max_length=100)
    revoked_on = models.DateField("收回日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "资格"
        constraints: ClassVar = [
            checks.filled("kind", "qualification_kind_filled"),
            checks.filled("number", "qualification_number_filled"),
            checks.filled("issuer", "qualification_issuer_filled"),
            checks.ordered("qualification_dates_ordered"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=False),
                name="qualification_begins",
                violation_error_message="资格应当有生效日期。",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | Q(revoked_on__gte=F("valid_from")),
                name="qualification_revoked_after_it_began",
                violation_error_message="收回日期不能早于生效日期。",
            ),
            models.UniqueConstraint(
                fields=["kind", "number", "valid_from"],
                name="qualification_number_once",
                violation_error_message="同一种证件的这个证号在这一天已经登记过。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.number}"


class Appointment(Dated):
    """A person in a post of a body, for a time.

    The body is a unit, or a named body without a seat of its own in the list of units (领导小组, 行政复议委员会), and then
    of one division.
    """

    person = models.ForeignKey(Person, verbose_name="人员", on_delete=models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(
        Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="appointments", null=True, blank=True
    )
    division = models.ForeignKey(
        Division, verbose_name="区划", on_delete=models.PROTECT, related_name="appointments", null=True, blank=True
    )
    body = models.CharField("机构名称", max_length=100, blank=True, default="")
    post = models.CharField("职务", max_length=50)

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        constraints: ClassVar = [
            checks.filled("post", "appointment_post_filled"),
            checks.ordered("appointment_dates_ordered"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=False),
                name="appointment_begins",
                violation_error_message="任职应当有开始日期。",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, division__isnull=True, body="")
                | Q(unit__isnull=True, division__isnull=False) & ~Q(body=""),
                name="appointment_in_one_body",
                violation_error_message="任职要么在一个单位，要么在某个区划的一个写明名称的机构。",
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "post"],
                condition=Q(valid_to__isnull=True, unit__isnull=False),
                name="appointment_in_unit_once",
                violation_error_message="这个人在这个单位已任此职。",
            ),
            models.UniqueConstraint(
                fields=["person", "division", "body", "post"],
                condition=Q(valid_to__isnull=True, division__isnull=False),
                name="appointment_in_named_body_once",
                violation_error_message="这个人在这个机构已任此职。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_name}{self.post} {self.person}"

    @property
    def body_name(self) -> str:
        """The unit's short name, or the name of the body."""
        return self.unit.short_name if self.unit else self.body
