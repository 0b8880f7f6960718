"""泛指: phrases that the office decided for its place, and deciding one anew."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode

from zhunsheng.faces.desk import typed
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.paging import paged
from zhunsheng.faces.desk.units.reach import crumbs, reach_of, top
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import today
from zhunsheng.people import actions
from zhunsheng.people.groups import Answer, resolve
from zhunsheng.people.history import units_on
from zhunsheng.people.models import Division, GroupMember, GroupPhrase, Member, Unit, UnitKind
from zhunsheng.people.phrases import key


@permitted
def groups(request: HttpRequest) -> HttpResponse:
    """What was decided, the standing decisions first."""
    reach, words = reach_of(member(request)), typed.words(request.GET.get("q"))
    members = GroupMember.objects.select_related("unit").order_by("unit__division__path", "unit__pk")
    rows = GroupPhrase.objects.filter(reach.reads.divisions("division__")).select_related(
        "division", "decided_by__person"
    )
    if words:
        rows = rows.filter(phrase__contains=words)
    shown = rows.prefetch_related(Prefetch("members", members)).order_by("division__path", "key", "-valid_from", "-pk")
    context = {
        "page": paged(request, shown),
        "q": words,
        "query": urlencode({"q": words}) if words else "",
        "may": not reach.oversees.empty,
        "done": request.GET.get("done", "")[:60],
    }
    return desk_page(request, "desk/units/groups.html", context, crumbs=crumbs())


@permitted
def decide(request: HttpRequest) -> HttpResponse:
    """One phrase: what it means now and by whom, the units to choose among, and the decision."""
    given = request.POST if request.method == "POST" else request.GET
    phrase = " ".join(typed.words(given.get("phrase"), 100).split())
    division = _division(request, typed.number(given.get("division")))
    chosen = {typed.number(one) for one in request.POST.getlist("unit")}
    error = ""
    if request.method == "POST":
        try:
            _decided(member(request), division, phrase, chosen)
        except Refused as refused:
            error = str(refused)
        else:
            return HttpResponseRedirect(f"{reverse('desk:groups')}?{urlencode({'done': phrase})}")
    return _page(request, division, phrase, {one for one in chosen if one}, error)


def _decided(by: Member, division: Division, phrase: str, chosen: Collection[int | None]) -> None:
    """Decide it. Raises ``Refused``."""
    if not key(phrase):
        raise Refused("phrase", "请写要定的说法，例如 县直有关部门。")
    units = [unit for unit in _units(division) if unit.pk in chosen]
    actions.decide_group(division=division, phrase=phrase, units=units, day=today(), by=by)


def _division(request: HttpRequest, wanted: int | None) -> Division:
    """The place for which the office decides."""
    places = top(reach_of(member(request)).oversees)
    found = next((one for one in places if one.pk == wanted), None) or next(iter(places), None)
    if found is None:
        raise Http404
    return found


def _units(division: Division) -> list[Unit]:
    return sorted(
        units_on(today(), division).filter(ending=""),
        key=lambda unit: (UnitKind.values.index(unit.kind), unit.division.path, unit.pk),
    )


def _page(request: HttpRequest, division: Division, phrase: str, chosen: set[int], error: str) -> HttpResponse:
    group = resolve([phrase], division, today())[phrase] if key(phrase) else None
    ticked = chosen or ({unit.pk for unit in group.units} if group and group.answer is not Answer.OPEN else set())
    by_kind = groupby(_units(division), key=lambda unit: unit.kind)
    context = {
        "division": division,
        "phrase": phrase,
        "group": group,
        "answer": ANSWERS[group.answer] if group else "",
        "ticked": ticked,
        "likely": {unit.pk for unit in group.units} if group else set(),
        "kinds": [(UnitKind(kind).label, list(units)) for kind, units in by_kind],
        "places": [(one.pk, one.name) for one in top(reach_of(member(request)).oversees)],
        "error": error,
    }
    above = [*crumbs(), ("泛指", reverse("desk:groups"))]
    return desk_page(request, "desk/units/decide.html", context, crumbs=above, status=422 if error else 200)


ANSWERS = {
    Answer.DECIDED: "以前由人定过，下面勾的就是；改了从今天起算。",
    Answer.RULE: "按规则就能认出，下面勾的就是；这里定了，以这里为准。",
    Answer.OPEN: "规则认不出，要由人定。",
}
