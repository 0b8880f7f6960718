"""The permission table, applied: a view answers only as its entry says. Deny unless granted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from typing import Any, Concatenate, Final, ParamSpec, cast
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.module_loading import import_string

from zhunsheng.faces.access import Entry
from zhunsheng.faces.errors import method_not_allowed
from zhunsheng.kernel.links import reverse
from zhunsheng.people.held import held
from zhunsheng.people.models import Member, Role

P = ParamSpec("P")
LARGEST: Final = 2**63 - 1
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def permitted(view: View[P]) -> View[P]:
    """Refuse (405) a method that the address's entry does not name, and (sign-in, 403) whom it does not name.

    An address without an entry is a ``KeyError``.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        match = request.resolver_match
        entry = _table()[match.view_name if match else ""]
        if request.method not in entry.methods:
            return method_not_allowed(request, sorted(entry.methods))
        _without_nul(request)
        return _admitted(request, entry) or view(request, *args, **_numbered(kwargs))

    return cast("View[P]", guarded)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Entry]:
    """The whole table, by name: it is composed of faces that import this module and do not know each other."""
    table: Mapping[str, Entry] = import_string("zhunsheng.faces.permissions.TABLE")
    return table


def entry_of(request: HttpRequest) -> Entry | None:
    """The entry of the address that a request asks for; ``None`` for files and unknown addresses."""
    match = request.resolver_match
    return entry_for(match.view_name) if match else None


def entry_for(name: str) -> Entry | None:
    """The entry of an address by its name; ``None`` for a name that does not exist."""
    return _table().get(name)


def _without_nul(request: HttpRequest) -> None:
    """Leave out NUL, which nobody types and PostgreSQL does not take, from whatever an address or a form brings."""
    for name in ("GET", "POST"):
        given: QueryDict = getattr(request, name)
        if any("\0" in value for _, values in given.lists() for value in values):
            clean = QueryDict(mutable=True)
            for key, values in given.lists():
                clean.setlist(key, [value.replace("\0", "") for value in values])
            setattr(request, name, clean)


def _numbered(given: Any) -> Any:
    """The arguments of an address. Raises ``Http404`` for the number of a record that no database can have given."""
    if any(isinstance(one, int) and one > LARGEST for one in given.values()):
        raise Http404
    return given


def _admitted(request: HttpRequest, entry: Entry) -> HttpResponse | None:
    """``None`` where the person may enter; otherwise the way to the sign-in page. Raises ``PermissionDenied``."""
    if entry.who == "everyone":
        return None
    if not request.user.is_authenticated:
        where = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
        return HttpResponseRedirect(f"{reverse('desk:sign_in')}?{where}".rstrip("?"))
    if entry.who == "member" or roles_of(request) & entry.who:
        return None
    raise PermissionDenied


def member(request: HttpRequest) -> Member:
    """Who has signed in; only for views whose entry demands it."""
    if not isinstance(request.user, Member):
        raise PermissionDenied
    return request.user


def roles_of(request: HttpRequest) -> frozenset[Role]:
    """The roles that the person who has signed in holds today."""
    return frozenset(one.role for one in held(member(request)))
