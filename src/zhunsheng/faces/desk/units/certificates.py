"""资格到期: certificates that have run out or soon will, for whoever reads business of the unit; and as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict

from zhunsheng.faces.desk import typed
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.paging import paged
from zhunsheng.faces.desk.units.reach import Reach, crumbs, reach_of
from zhunsheng.faces.guard import member, permitted
from zhunsheng.faces.sheets import Column, Value, workbook
from zhunsheng.kernel.now import today
from zhunsheng.people.models import Qualification, Unit
from zhunsheng.people.qualifications import kinds, running_out

DAY: Final = timedelta(days=1)
WITHIN: Final = (("30", "30 日内"), ("90", "90 日内"), ("180", "180 日内"), ("365", "一年内"), ("0", "已经过期"))
USUAL: Final = "90"
NEAR: Final = 30
"""Days before the end from which a certificate is urgent."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; "" for any kind or unit. ``days`` is one of ``WITHIN``."""

    kind: str
    unit: str
    days: str

    @property
    def query(self) -> str:
        """As written into an address, without the page."""
        made = QueryDict(mutable=True)
        made.update({"kind": self.kind, "unit": self.unit, "days": self.days})
        return made.urlencode()


@dataclass(frozen=True, slots=True)
class Line:
    """A certificate, its kind in words, its last day, and how many days are left (below 0: since it ran out)."""

    held: Qualification
    kind: str
    last: date
    left: int

    @property
    def shape(self) -> str:
        """The badge."""
        return "late" if self.left < 0 else "near" if self.left <= NEAR else "soon"

    @property
    def words(self) -> str:
        """How many days, in words."""
        if self.left < 0:
            return f"过期 {-self.left} 日"
        return f"还有 {self.left} 日" if self.left else "今天到期"


def filters(request: HttpRequest) -> Filters:
    """What an address asks for; nonsense narrows nothing."""
    kind, days = request.GET.get("kind", ""), request.GET.get("days", "")
    return Filters(
        kind=kind if kind in kinds() else "",
        unit=str(typed.number(request.GET.get("unit")) or ""),
        days=days if days in dict(WITHIN) else USUAL,
    )


def found(reach: Reach, wanted: Filters) -> QuerySet[Qualification]:
    """Certificates within reach that the filters leave, the earliest end first, so those that have run out."""
    days = int(wanted.days)
    # The day after the last is the first on which it no longer counts.
    held = running_out(today() + (days + 1 if days else 0) * DAY, today()).filter(
        reach.reads.units("person__member__unit__")
    )
    if wanted.kind:
        held = held.filter(kind=wanted.kind)
    if wanted.unit:
        held = held.filter(person__member__unit=int(wanted.unit))
    return held.select_related("person__member__unit")


def lines(held: Iterable[Qualification]) -> Iterator[Line]:
    """As shown."""
    known, day = kinds(), today()
    for one in held:
        if one.valid_to is not None:
            last = one.valid_to - DAY
            yield Line(one, known[one.kind].name if one.kind in known else one.kind, last, (last - day).days)


@permitted
def show(request: HttpRequest) -> HttpResponse:
    """The list."""
    reach, wanted = reach_of(member(request)), filters(request)
    page = paged(request, found(reach, wanted))
    holds = Qualification.objects.filter(person__member__unit=OuterRef("pk"), valid_to__isnull=False)
    units = Unit.objects.filter(Exists(holds), reach.reads.units()).order_by("division__path", "pk")
    context = {
        "wanted": wanted,
        "page": page,
        "lines": list(lines(page)),
        "kinds": [("", "全部种类"), *((one.id, one.name) for one in kinds().values() if one.has_term)],
        "units": [("", "全部单位"), *((one.pk, one.short_name) for one in units)],
        "within": WITHIN,
        "oversees": not reach.oversees.empty,
    }
    return desk_page(request, "desk/units/certificates.html", context, crumbs=crumbs())


COLUMNS: Final = (
    Column("姓名", 12), Column("单位", 22), Column("种类", 20), Column("证号", 20), Column("发证机关", 20),
    Column("有效期至", 12), Column("剩余天数", 10), Column("状态", 14),
)  # fmt: skip


@permitted
def export(request: HttpRequest) -> HttpResponse:
    """The same list, all of it; days left are below 0 for what has run out."""
    rows: Iterator[tuple[Value, ...]] = (
        (
            one.held.person.name, one.held.person.member.unit.short_name, one.kind, one.held.number, one.held.issuer,
            one.last, one.left, one.words,
        )
        for one in lines(found(reach_of(member(request)), filters(request)))
    )  # fmt: skip
    return workbook(request, f"资格到期-{today()}", COLUMNS, rows)
