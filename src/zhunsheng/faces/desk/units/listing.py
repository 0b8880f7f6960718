"""单位与人员 as a list: filters that live in the address, and the same as workbooks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.http import content_disposition_header

from zhunsheng.faces.desk import typed
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.paging import paged
from zhunsheng.faces.desk.units.reach import Reach, indented, reach_of, top, unit_or_404
from zhunsheng.faces.guard import member, permitted
from zhunsheng.faces.sheets import KIND
from zhunsheng.kernel.now import today
from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import Division, DivisionKind, Leadership, Member, Unit, UnitKind
from zhunsheng.people.sheets import export, member_list, unit_list

STATES: Final = (("", "现有"), ("ended", "已终止"), ("all", "全部"))
NAMES: Final = ("q", "kind", "led", "division", "state")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; "" for any (of ``state``: the living)."""

    q: str
    kind: str
    led: str
    division: str
    state: str

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return any(getattr(self, name) for name in NAMES)

    @property
    def query(self) -> str:
        """As written into an address, without the page."""
        made = QueryDict(mutable=True)
        made.update({name: getattr(self, name) for name in NAMES if getattr(self, name)})
        return made.urlencode()


def filters(request: HttpRequest) -> Filters:
    """What an address asks for; what it may not ask for is left out."""
    get = request.GET.get
    return Filters(
        q=typed.words(get("q")),
        kind=get("kind", "") if get("kind") in UnitKind.values else "",
        led=get("led", "") if get("led") in Leadership.values else "",
        division=str(typed.number(get("division")) or ""),
        state=get("state", "") if get("state") in dict(STATES) else "",
    )


def found(reach: Reach, wanted: Filters) -> QuerySet[Unit]:
    """The units that the filters leave, by place and then by kind."""
    units = Unit.objects.filter(reach.units())
    if wanted.q:
        names = Q(name__icontains=wanted.q) | Q(short_name__icontains=wanted.q)
        units = units.filter(names | Q(pk__in=_called(wanted.q)))
    if wanted.kind:
        units = units.filter(kind=wanted.kind)
    if wanted.led:
        units = units.filter(led_by=wanted.led)
    if wanted.division:
        above = Division.objects.filter(pk=int(wanted.division)).values_list("path", flat=True).first()
        units = units.filter(division__path__startswith=above) if above else units.none()
    if wanted.state != "all":
        living = in_force(today())
        units = units.filter(~living if wanted.state == "ended" else living)
    return units.order_by("division__path", "pk")


def _called(words: str) -> QuerySet[Unit, int]:
    """The numbers of units that documents call so."""
    return Unit.objects.filter(aliases__name__icontains=words).values_list("pk", flat=True)


@permitted
def units(request: HttpRequest) -> HttpResponse:
    """The units that the person sees."""
    reach, wanted = reach_of(member(request)), filters(request)
    active = Count("members", Q(members__is_active=True), distinct=True)
    page = paged(
        request, found(reach, wanted).select_related("division", "superior", "successor").annotate(active=active)
    )
    places = Division.objects.filter(reach.divisions()).exclude(kind=DivisionKind.VILLAGE).order_by("path")
    context = {
        "wanted": wanted,
        "page": page,
        "kinds": [("", "全部类别"), *UnitKind.choices],
        "leaderships": [("", "全部"), *Leadership.choices],
        "divisions": [("", "全部区划"), *indented(places)],
        "states": STATES,
        "keeps": not reach.keeps.empty,
        "oversees": not reach.oversees.empty,
    }
    return desk_page(request, "desk/units/units.html", context)


@permitted
def plain(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, to read."""
    return file(unit_list(found(reach_of(member(request)), filters(request))), f"单位名录-{today()}.xlsx")


@permitted
def whole(request: HttpRequest) -> HttpResponse:
    """Everything that the template can hold, to be changed and imported again."""
    places = top(reach_of(member(request)).keeps)
    if not places:
        raise Http404
    return file(export(places[0], today()), f"{places[0].name}-单位和成员-{today()}.xlsx")


@permitted
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """The members of one unit."""
    unit, _ = unit_or_404(request, pk)
    rows = Member.objects.filter(unit=unit).order_by("pk")
    return file(member_list(rows, today()), f"{unit.short_name}-成员-{today()}.xlsx")


def file(content: bytes, name: str) -> HttpResponse:
    """A workbook to keep."""
    response = HttpResponse(content, content_type=KIND)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "no-store"
    return response
