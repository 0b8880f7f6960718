"""工作日历: a year at a glance, and the dates that moved with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from zhunsheng.faces.access import READERS, SYSTEM_ADMINISTRATOR
from zhunsheng.faces.desk import typed
from zhunsheng.faces.desk.calendar.sheets import festivals, year_of
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.paging import paged
from zhunsheng.faces.guard import member, permitted, roles_of
from zhunsheng.kernel.clock.calendar import load
from zhunsheng.kernel.clock.models import CalendarDay, ClockMove, YearNotice
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import today
from zhunsheng.kernel.refs import Card, cards
from zhunsheng.people.models import DivisionCode, Member, Role, Unit
from zhunsheng.people.models.division import paths_to
from zhunsheng.people.scope import Purpose, Scope, scope

FIRST, LAST = 2004, 2100
MOVES: Final = READERS | SYSTEM_ADMINISTRATOR
"""Who may open the list of moved dates (``entries``)."""
DONE: Final = {
    "day": "这一天已经改好。",
    "cleared": "这一天的另作安排已经撤去。",
}


@permitted
def show(request: HttpRequest) -> HttpResponse:
    """One year in one region."""
    return year_page(request)


def year_page(request: HttpRequest, *, error: str = "", typed_in: dict[str, str] | None = None) -> HttpResponse:
    """The year that the address asks for; with ``error`` the form of a single day stands as it was typed."""
    year, region = year_asked(request), region_asked(request)
    calendar, day = load(region), today()
    months = year_of(year, calendar, day)
    empty = {"day": "", "works": "0", "name": "", "source": ""}
    context = {
        "year": year,
        "region": region,
        "regions": regions(member(request)),
        "months": months,
        "total": sum(month.works for month in months),
        "festivals": festivals(year, calendar),
        "notice": YearNotice.objects.filter(year=year, region__in=["", region]).order_by("-region").first(),
        "provisional": calendar.provisional(year),
        "coming": coming(day),
        "single": singles(year, region),
        "may_change": Role.SYSTEM_ADMINISTRATOR in roles_of(request),
        "sees_moves": bool(roles_of(request) & MOVES),
        "error": error,
        "typed": typed_in or empty,
        "done": DONE.get(request.GET.get("done", ""), ""),
        "moved": typed.number(request.GET.get("moved")),
    }
    return desk_page(request, "desk/calendar/year.html", context, status=422 if error else 200)


def year_asked(request: HttpRequest) -> int:
    """The year in the address; this year for nothing or nonsense."""
    year = typed.number(request.GET.get("year")) or today().year
    return year if FIRST <= year <= LAST else today().year


def region_asked(request: HttpRequest) -> str:
    """The region in the address, where it is one of those offered; "" for the whole country."""
    region = request.GET.get("region", "") or request.POST.get("region", "")
    return region if region in dict(regions(member(request))) else ""


def regions(by: Member) -> list[tuple[str, str]]:
    """The whole country, and the places above, at and below the member's own that have a code; one query."""
    path = by.unit.division.path
    own = Q(division__path__in=paths_to(path))
    below = Q(division__path__startswith=path, division__kind__in=["county", "township"])
    codes = DivisionCode.objects.filter(own | below, valid_to=None).select_related("division")
    return [("", "全国"), *((code.code, code.division.name) for code in codes.order_by("division__path"))]


def coming(day: date) -> tuple[int, bool]:
    """The year to come, and whether its notice has been loaded."""
    year = day.year + 1
    return year, YearNotice.objects.filter(year=year, region="").exists() or not load().provisional(year)


def singles(year: int, region: str) -> QuerySet[CalendarDay]:
    """Days of the year of which something is said apart from the notices: with a region, or of another source."""
    notices = YearNotice.objects.filter(region="").values("document")
    found = CalendarDay.objects.filter(day__year=year, region__in={"", region})
    return found.filter(~Q(region="") | ~Q(source__in=notices)).order_by("day", "region")


@dataclass(frozen=True, slots=True)
class Moved:
    """A date that moved, as shown: what it runs for is named only to whoever may see business of the unit."""

    move: ClockMove
    subject: str
    card: Card | None


@permitted
def moves(request: HttpRequest) -> HttpResponse:
    """期限变动: the newest first; of the units that the person reaches."""
    by = member(request)
    reads, keeps = scope(by, Purpose.READ, today()), scope(by, Purpose.MANAGE_UNITS, today())
    found = ClockMove.objects.select_related("unit__division").order_by("-pk")
    words = typed.words(request.GET.get("q"))
    if words:
        found = found.filter(why__contains=words)
    found = found.filter(reads.units("unit__") | keeps.units("unit__"))
    page = paged(request, found)
    seen = cards([move.subject for move in page], by)
    rows = [Moved(move, move.subject_label if _allows(reads, move) else "", seen.get(move.subject)) for move in page]
    context = {
        "page": page,
        "rows": rows,
        "q": words,
        "query": urlencode({"q": words}) if words else "",
        "done": typed.number(request.GET.get("done")),
    }
    return desk_page(request, "desk/calendar/moves.html", context, crumbs=[("工作日历", reverse("desk:calendar"))])


def _allows(reads: Scope, move: ClockMove) -> bool:
    """Whether the person may see business of the unit whose date moved."""
    unit = move.unit
    return isinstance(unit, Unit) and reads.allows(unit)
