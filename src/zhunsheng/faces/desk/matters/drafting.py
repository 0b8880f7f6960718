"""Drafting a matter, and changing a draft."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from zhunsheng.faces.desk.matters.common import address, crumbs, matter_or_404, seat, typed_day, typed_number
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.guard import permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.matter import actions
from zhunsheng.kernel.matter.kinds import kinds
from zhunsheng.kernel.matter.models import Matter
from zhunsheng.kernel.matter.rights import Seated
from zhunsheng.kernel.refs import Ref, cards
from zhunsheng.people.models import Unit


@dataclass(slots=True)
class Draft:
    """What was typed. ``origin`` is the record that it comes from, as "kind key label" with spaces, from another page."""

    kind: str = "supervision_order"
    unit: str = ""
    title: str = ""
    demands: str = ""
    basis: str = ""
    due: str = ""
    organ: str = ""
    number: str = ""
    origin: str = ""
    seen: int | None = None


FIELDS = ("kind", "unit", "title", "demands", "basis", "due", "organ", "number", "origin")


@permitted
def new(request: HttpRequest) -> HttpResponse:
    """A new draft; the address may bring what another page knows already."""
    who = seat(request)
    brought = request.POST if request.method == "POST" else request.GET
    draft = _typed(brought)
    error = ""
    if request.method == "POST":
        try:
            made = _open(draft, who)
        except Refused as refused:
            error = str(refused)
        else:
            return HttpResponseRedirect(address(made))
    return _form(request, who, draft, None, error)


def _typed(brought: QueryDict) -> Draft:
    """What a form or an address brings."""
    draft = Draft(seen=typed_number(brought.get("seen")))
    for name in FIELDS:
        setattr(draft, name, brought.get(name, getattr(draft, name)))
    return draft


def _open(draft: Draft, who: Seated) -> Matter:
    unit = typed_number(draft.unit)
    if unit is None:
        raise Refused("unit", "还没有选承办单位。请选一个。")
    if not draft.title.strip():
        raise Refused("title", "还没有写标题。请写明交办什么，例如“关于报送三季度备案台账”。")
    return actions.open(
        kind=draft.kind, origins=_seen(_origins(draft.origin), who), unit_id=unit, issuer_id=who.unit_id or 0, title=draft.title,
        demands=draft.demands, basis=draft.basis, due=typed_day(draft.due), outside=(draft.organ, draft.number), by=who,
    )  # fmt: skip


def _origins(text: str) -> list[Ref]:
    """The record that another page named."""
    parts = text.split(" ", 2)
    key = typed_number(parts[1]) if len(parts) == 3 else None
    return [Ref(parts[0][:60], str(key), parts[2][:300])] if key is not None else []


def _seen(origins: list[Ref], who: Seated) -> list[Ref]:
    """As they are called: an order enters the histories of what it comes from. Raises ``Refused`` for others' records."""
    found = cards(origins, who)
    if set(origins) - set(found):
        raise Refused("origin", "没有这个来源，或者不归你看。请从任务或者办理事项的页面上发督办单。")
    return [Ref(one.kind, one.key, found[one].label) for one in origins]


@permitted
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    who = seat(request)
    matter = matter_or_404(who, pk)
    error = ""
    if request.method == "POST":
        draft = _typed(request.POST)
        try:
            actions.revise(
                matter=matter, title=draft.title, demands=draft.demands, basis=draft.basis, due=typed_day(draft.due),
                outside=(draft.organ, draft.number), by=who, seen=draft.seen,
            )  # fmt: skip
        except Refused as refused:
            error = str(refused)
        else:
            return HttpResponseRedirect(address(matter))
    elif matter.state != "draft":
        return HttpResponseRedirect(address(matter))
    else:
        draft = _of(matter)
    return _form(request, who, draft, matter, error)


def _of(matter: Matter) -> Draft:
    """A draft as it stands."""
    return Draft(
        kind=matter.kind, unit=str(matter.unit_id), title=matter.title, demands=matter.demands, basis=matter.basis,
        due=f"{matter.due:%Y-%m-%d}" if matter.due else "", organ=matter.issuer_name, number=matter.document_number,
        seen=matter.version,
    )  # fmt: skip


def _form(request: HttpRequest, who: Seated, draft: Draft, matter: Matter | None, error: str) -> HttpResponse:
    context = {
        "draft": draft,
        "matter": matter,
        "kinds": list(kinds().values()),
        "units": Unit.objects.filter(who.standing.units(""), valid_to=None).order_by("kind", "pk"),
        "origins": _origins(draft.origin),
        "error": error,
    }
    status = 422 if error else 200
    return desk_page(request, "desk/matters/draft.html", context, crumbs=crumbs(matter), status=status)
