"""授予和终止角色."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from zhunsheng.faces.desk.administration.changes import acted, day_of
from zhunsheng.faces.desk.administration.views import mine, scopes
from zhunsheng.faces.guard import permitted
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.now import today
from zhunsheng.people import administration
from zhunsheng.people.models import Division, Member, Role, Unit


@permitted
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """授予: a role, for what, from which day."""

    def act(by: Member, found: Member) -> None:
        role = request.POST.get("role", "")
        if role not in Role.values:
            raise Refused("role", "没有选角色。请从列表里选一个。")
        administration.grant_role(
            by=by,
            member=found,
            role=Role(role),
            scope=_scope(found, request.POST.get("scope", "")),
            day=day_of(request, "day") or today(),
        )

    return acted(request, pk, act, "granted")


def _scope(found: Member, given: str) -> Unit | Division:
    """The unit or division that a form names, among those offered for this member."""
    if given not in dict(scopes(found)):
        raise Refused("scope", "没有选角色管到哪里。请从列表里选一个。")
    kind, _, key = given.partition("-")
    return found.unit if kind == "unit" else Division.objects.get(path=key)


@permitted
def end(request: HttpRequest, pk: int, role: int) -> HttpResponse:
    """终止, from today or the day given on."""
    held = mine(request, pk).roles.select_related("member__person", "member__unit").filter(pk=role).first()
    if held is None:
        raise Http404
    day = today()
    return acted(request, pk, lambda by, _: administration.end_role(by=by, role=held, day=day), "ended")
