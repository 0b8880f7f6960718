"""What each assignment shows at a glance: the state and date of the duty that counts now, repeated beside it.

Called inside the action that changed duties, so that lists and the matrix never look at them one by one.
"""

from __future__ import annotations

from django.db.models import Case, Count, DateField, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from zhunsheng.programmes.plans.models import Assignment, Duty
from zhunsheng.programmes.plans.states import OPEN, WITH_UNIT


def refresh(assignments: QuerySet[Assignment]) -> None:
    """Set what they repeat, in one statement for all.

    The duty that counts is the open one that is due first; then one that is paused; where all are over, they are done,
    or cancelled if none was done. A report that waits for the office may hide a later one that the unit owes: the
    earliest date of what the unit owes stands apart (``owed``), so that what is late shows late.
    """
    mine = Duty.objects.filter(assignment=OuterRef("pk"))
    first = mine.filter(state__in=[*OPEN, "paused"]).order_by(
        Case(When(state="paused", then=1), default=0), F("due").asc(nulls_last=True), "begins", "pk"
    )
    owed = mine.filter(state__in=WITH_UNIT, due__isnull=False).order_by("due")
    done = mine.filter(state="done").order_by()
    live = mine.exclude(state="cancelled").order_by()
    over = Case(When(Exists(done), then=Value("done")), default=Value("cancelled"))
    assignments.update(
        state=Coalesce(Subquery(first.values("state")[:1]), over),
        due=Subquery(first.values("due")[:1], output_field=DateField()),
        owed=Subquery(owed.values("due")[:1], output_field=DateField()),
        begins=Subquery(first.values("begins")[:1], output_field=DateField()),
        done=_count(done),
        total=_count(live),
    )


def _count(rows: QuerySet[Duty]) -> Coalesce:
    counted = rows.values("assignment").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
