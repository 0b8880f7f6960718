"""How reports are referred to: their evidence hangs on these links."""

from __future__ import annotations

from collections.abc import Collection

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.refs import Ref
from zhunsheng.programmes.plans import visible
from zhunsheng.programmes.plans.models import Report

REPORT = "plans.report"


def ref_of_report(pk: int, label: str = "") -> Ref:
    """The link to a report."""
    return Ref(REPORT, str(pk), label)


def readable(keys: Collection[str], actor: Actor) -> set[str]:
    """The reports whose evidence a person may read: those on duties that they may see. One query."""
    found = Report.objects.filter(pk__in=keys, duty__in=visible.duties(actor).values("pk"))
    return {str(pk) for pk in found.values_list("pk", flat=True)}
