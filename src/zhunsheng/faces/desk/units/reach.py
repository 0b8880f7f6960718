"""Which units a person may see here, and what they may do to them: by the roles of today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from zhunsheng.faces.desk.pages import Crumb
from zhunsheng.faces.guard import member
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import today
from zhunsheng.people.models import Division, Member, Unit
from zhunsheng.people.models.division import STEP
from zhunsheng.people.scope import Purpose, Scope, scope


@dataclass(frozen=True, slots=True)
class Reach:
    """What a person reaches: business (``reads``), the list of units (``keeps``), the office's work (``oversees``)."""

    reads: Scope
    keeps: Scope
    oversees: Scope

    def units(self, prefix: str = "") -> Q:
        """Units that the person sees, ended ones included."""
        return self.reads.units(prefix) | self.keeps.units(prefix)

    def divisions(self) -> Q:
        """Divisions that the person sees."""
        return self.reads.divisions() | self.keeps.divisions()

    def sees(self, unit: Unit) -> bool:
        """Whether one unit is within."""
        return self.reads.allows(unit) or self.keeps.allows(unit)


def reach_of(by: Member) -> Reach:
    """Three queries."""
    day = today()
    return Reach(*(scope(by, one, day) for one in (Purpose.READ, Purpose.MANAGE_UNITS, Purpose.OVERSEE)))


def unit_or_404(request: HttpRequest, pk: int, *, keeping: bool = False) -> tuple[Unit, Reach]:
    """The unit, if the person sees it (``keeping``: if they keep the list that it stands in)."""
    reach = reach_of(member(request))
    condition = reach.keeps.units() if keeping else reach.units()
    found = Unit.objects.select_related("division", "superior", "assessed_by", "successor").filter(condition, pk=pk)
    unit = found.first()
    if unit is None:
        raise Http404
    return unit, reach


def kept_divisions(reach: Reach) -> QuerySet[Division]:
    """Divisions in which the person may enter units."""
    return Division.objects.filter(reach.keeps.divisions()).order_by("path")


def indented(divisions: Iterable[Division]) -> list[tuple[int, str]]:
    """Divisions to choose from, each set in below the one that it lies in."""
    return [(one.pk, f"{'　' * (len(one.path) // STEP - 1)}{one.name}") for one in divisions]


def top(found: Scope) -> list[Division]:
    """The outermost divisions of a scope, in order."""
    return list(Division.objects.filter(path__in=found.paths).order_by("path"))


def crumbs(unit: Unit | None = None) -> list[Crumb]:
    """The places above a page."""
    above = [("单位与人员", reverse("desk:units"))]
    return [*above, (unit.short_name, reverse("desk:unit", args=[unit.pk]))] if unit else above
