"""区划: the tree as a list, a form for a new one, and another code from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.http import urlencode

from zhunsheng.faces.desk import typed
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.paging import paged
from zhunsheng.faces.desk.units.reach import Reach, crumbs, indented, kept_divisions, reach_of
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import today
from zhunsheng.people import actions
from zhunsheng.people.conditions import in_force
from zhunsheng.people.models import Division, DivisionCode, DivisionKind

NEW: Final = ("parent", "kind", "name", "code", "day")
DONE: Final = {"added": "区划已新增。", "code": "代码已变更，原来的代码留在历史里。"}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; "" for any."""

    q: str
    kind: str

    @property
    def query(self) -> str:
        """As written into an address, without the page."""
        made = QueryDict(mutable=True)
        made.update({name: value for name, value in (("q", self.q), ("kind", self.kind)) if value})
        return made.urlencode()


def filters(request: HttpRequest) -> Filters:
    """What an address asks for; nonsense narrows nothing."""
    kind = request.GET.get("kind", "")
    return Filters(q=typed.words(request.GET.get("q")), kind=kind if kind in DivisionKind.values else "")


def found(reach: Reach, wanted: Filters) -> QuerySet[Division]:
    """Divisions that the person keeps and the filters leave, each above what lies below it."""
    divisions = kept_divisions(reach)
    if wanted.q:
        coded = DivisionCode.objects.filter(in_force(today()), code__startswith=wanted.q)
        divisions = divisions.filter(Q(name__icontains=wanted.q) | Q(pk__in=coded.values("division")))
    return divisions.filter(kind=wanted.kind) if wanted.kind else divisions


@permitted
def show(request: HttpRequest) -> HttpResponse:
    """The list."""
    return _page(request, reach_of(member(request)))


def _page(request: HttpRequest, reach: Reach, error: str = "", given: Mapping[str, str] | None = None) -> HttpResponse:
    """The list; with ``error`` the code that was refused stands as it was typed."""
    wanted = filters(request)
    codes = DivisionCode.objects.filter(in_force(today()))
    rows = found(reach, wanted).annotate(living=Count("units", Q(units__ending="")))
    rows = rows.select_related("parent").prefetch_related(Prefetch("codes", codes, to_attr="current"))
    context = {
        "wanted": wanted,
        "page": paged(request, rows),
        "kinds": [("", "全部层级"), *DivisionKind.choices],
        "typed": {"division": "", "code": "", "day": str(today()), **(given or {})},
        "error": error,
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return desk_page(request, "desk/units/divisions.html", context, crumbs=crumbs(), status=422 if error else 200)


@permitted
def new(request: HttpRequest) -> HttpResponse:
    """新增区划, below one that the person keeps."""
    reach = reach_of(member(request))
    given = {name: request.POST.get(name, "").strip() for name in NEW}
    if request.method != "POST":
        return _form(request, reach, given)
    try:
        made = actions.add_division(
            parent=_parent(reach, given["parent"]),
            kind=_kind(given["kind"]),
            name=_name(given["name"]),
            code=given["code"],
            day=typed.day(given["day"]),
            by=member(request),
        )
    except Refused as error:
        return _form(request, reach, given, str(error))
    return _done("added", made)


def _form(request: HttpRequest, reach: Reach, given: Mapping[str, str], error: str = "") -> HttpResponse:
    above = kept_divisions(reach).exclude(kind=DivisionKind.VILLAGE)
    context = {
        "typed": given,
        "error": error,
        "parents": [("", "请选"), *indented(above)],
        "kinds": [("", "请选"), *(one for one in DivisionKind.choices if one[0] != DivisionKind.PREFECTURE)],
    }
    status = 422 if error else 200
    where = [*crumbs(), ("区划", reverse("desk:divisions"))]
    return desk_page(request, "desk/units/division_new.html", context, crumbs=where, status=status)


@permitted
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """变更代码, from a day on."""
    reach = reach_of(member(request))
    division = kept_divisions(reach).filter(pk=pk).first()
    if division is None:
        raise Http404
    given = {name: request.POST.get(name, "").strip() for name in ("code", "day")}
    try:
        day = typed.needed_day(given["day"], "从哪天起用新代码")
        actions.change_code(division=division, code=given["code"], day=day, by=member(request))
    except Refused as error:
        return _page(request, reach, str(error), {**given, "division": str(pk)})
    return _done("code", division)


def _done(what: str, division: Division) -> HttpResponse:
    """Back to the list, where the division is shown."""
    return HttpResponseRedirect(f"{reverse('desk:divisions')}?{urlencode({'q': division.name[:50], 'done': what})}")


def _parent(reach: Reach, given: str) -> Division:
    """The division that the form names. Raises ``Refused``."""
    found = kept_divisions(reach).filter(pk=typed.number(given) or 0).first()
    if found is None:
        raise Refused("division_parent", "请选上级区划。")
    return found


def _name(given: str) -> str:
    if not given:
        raise Refused("division_name", "请填区划的名称。")
    return given


def _kind(given: str) -> DivisionKind:
    if given not in DivisionKind.values:
        raise Refused("division_kind", "请选层级。")
    return DivisionKind(given)
