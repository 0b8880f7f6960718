"""What holds for a time only."""

from __future__ import annotations

from django.db import models


class Dated(models.Model):
    """Valid from ``valid_from`` until the day before ``valid_to``.

    Half-open, so that one row ends on the very day on which its follower begins. ``NULL`` means open:
    an unknown beginning, or no end in sight. Each model adds ``checks.ordered`` to its constraints.
    """

    valid_from = models.DateField("生效日期", null=True, blank=True)
    valid_to = models.DateField("失效日期", null=True, blank=True)

    class Meta:
        abstract = True
