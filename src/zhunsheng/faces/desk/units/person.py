"""A person: certificates and posts, each for a time; the office enters them, whoever reads business of the unit sees them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from zhunsheng.faces.desk import typed
from zhunsheng.faces.desk.pages import desk_page
from zhunsheng.faces.desk.units.reach import Reach, crumbs, reach_of
from zhunsheng.faces.guard import member, permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.journal.reading import history
from zhunsheng.kernel.links import reverse
from zhunsheng.kernel.now import today
from zhunsheng.people import actions
from zhunsheng.people.models import Person, Qualification
from zhunsheng.people.qualifications import kinds
from zhunsheng.people.references import person_ref

DAY = timedelta(days=1)
SOON = timedelta(days=90)
DONE = {
    "qualified": "资格已登记。",
    "revoked": "资格已收回，从那天起不算数。",
    "appointed": "任职已登记。",
    "dismissed": "任职已终止。",
}
FIELDS = ("kind", "number", "issuer", "valid_from", "until", "post", "body", "day", "reason")


@permitted
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a person."""
    return _page(request, *_person(request, pk))


def _person(request: HttpRequest, pk: int) -> tuple[Person, Reach]:
    """The person, if business of their unit is read by whoever asks."""
    reach = reach_of(member(request))
    found = Person.objects.select_related("member__unit__division").filter(reach.reads.units("member__unit__"), pk=pk)
    person = found.first()
    if person is None:
        raise Http404
    return person, reach


def _page(
    request: HttpRequest, person: Person, reach: Reach, *, error: str = "", given: Mapping[str, str] | None = None
) -> HttpResponse:
    unit, known = person.member.unit, kinds()
    held = person.qualifications.order_by("-valid_from", "pk")
    context = {
        "person": person,
        "unit": unit,
        "qualifications": [(one, known[one.kind].name if one.kind in known else one.kind, *state(one)) for one in held],
        "appointments": person.appointments.select_related("unit", "division").order_by(
            "valid_to", "-valid_from", "pk"
        ),
        "roles": person.member.roles.select_related("unit", "division").order_by("valid_to", "pk"),
        "events": history(person_ref(person), size=20),
        "may": reach.oversees.covers(unit.division),
        "kinds": [("", "请选"), *((one.id, one.name) for one in known.values())],
        "typed": {**dict.fromkeys(FIELDS, ""), "day": str(today()), **(given or {})},
        "error": error,
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return desk_page(request, "desk/units/person.html", context, crumbs=crumbs(unit), status=422 if error else 200)


def state(held: Qualification) -> tuple[str, str]:
    """The kind and the words of the badge of a certificate."""
    day = today()
    if held.revoked_on and held.revoked_on <= day:
        return "back", f"{held.revoked_on} 收回"
    if held.valid_from and held.valid_from > day:
        return "new", "还没有生效"
    if held.valid_to and held.valid_to <= day:
        return "late", "已经过期"
    if held.valid_to and held.valid_to - DAY <= day + SOON:
        return "soon", f"{held.valid_to - DAY} 到期"
    return "done", "有效"


@permitted
def qualify(request: HttpRequest, pk: int) -> HttpResponse:
    """登记资格. ``until`` is the last day printed on the certificate."""

    def act(person: Person, given: Mapping[str, str]) -> str:
        until = typed.day(given["until"])
        actions.add_qualification(
            person=person, kind=given["kind"], number=given["number"], issuer=given["issuer"],
            valid_from=typed.needed_day(given["valid_from"], "从哪天起有效"), valid_to=until + DAY if until else None,
            by=member(request),
        )  # fmt: skip
        return "qualified"

    return _acted(request, pk, act)


@permitted
def revoke(request: HttpRequest, pk: int, held: int) -> HttpResponse:
    """收回资格."""

    def act(person: Person, given: Mapping[str, str]) -> str:
        found = person.qualifications.select_related("person").filter(pk=held).first()
        if found is None:
            raise Http404
        day = typed.needed_day(given["day"], "从哪天起收回")
        actions.revoke_qualification(qualification=found, day=day, reason=given["reason"], by=member(request))
        return "revoked"

    return _acted(request, pk, act)


@permitted
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """登记任职: in the person's unit, or in a named body of its division."""

    def act(person: Person, given: Mapping[str, str]) -> str:
        unit, body = person.member.unit, given["body"]
        actions.appoint(
            person=person, post=given["post"], day=typed.needed_day(given["day"], "从哪天起任职"), by=member(request),
            unit=None if body else unit, body=(unit.division, body) if body else None,
        )  # fmt: skip
        return "appointed"

    return _acted(request, pk, act)


@permitted
def dismiss(request: HttpRequest, pk: int, post: int) -> HttpResponse:
    """终止任职."""

    def act(person: Person, given: Mapping[str, str]) -> str:
        found = person.appointments.select_related("person", "unit__division", "division").filter(pk=post).first()
        if found is None:
            raise Http404
        day = typed.needed_day(given["day"], "从哪天起终止")
        actions.end_appointment(appointment=found, day=day, by=member(request))
        return "dismissed"

    return _acted(request, pk, act)


def _acted(request: HttpRequest, pk: int, act: Callable[[Person, Mapping[str, str]], str]) -> HttpResponse:
    person, reach = _person(request, pk)
    given = {name: request.POST.get(name, "").strip()[:200] for name in FIELDS}
    try:
        what = act(person, given)
    except Refused as error:
        return _page(request, person, reach, error=str(error), given=given)
    return HttpResponseRedirect(f"{reverse('desk:person', args=[pk])}?done={what}")
